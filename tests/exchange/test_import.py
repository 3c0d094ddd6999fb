import json
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.imports import undo_import
from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.errors import Missing, Refusal, Told
from cef_desk.exchange.import_people import ImportReport, preview_import, read_people, run_import
from cef_desk.exchange.table_out import export_tables
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.paths import resources
from cef_desk.queries.tables import table_counts
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.store.desk import Desk
from cef_desk.store.journal import broken_at
from tests.conftest import TODAY

TODAY_AT_NINE = datetime(2006, 11, 30, 9)
EXAMPLE = resources() / "demo" / "suivi-cef-2006.csv"
HEAD = "Nom;Prénom;Né(e) le;Ville;Employeur;Type contrat;Début;Fin;H/sem;Rupture\n"


def sheet(folder: Path, text: str, encoding: str = "utf-8", name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def imported(desk: Desk, path: Path) -> ImportReport:
    return run_import(desk, path, TODAY)[0]


def exported(desk: Desk, folder: Path) -> dict[str, bytes]:
    export_tables(desk, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_example_gives_two_people_two_companies_three_contracts_and_one_rupture(desk: Desk) -> None:
    told = imported(desk, EXAMPLE).as_json()
    assert told["created"] == {
        "counsellor": 2, "beneficiary": 2, "pathway": 2, "company": 2, "placement": 2, "contract": 3, "rupture": 1,
    }  # fmt: skip
    assert told["skipped"] == {"blank": 1, "total": 1, "duplicate": 0}
    assert (told["batch"], told["updated"], told["unchanged"], told["rejected"]) == (1, 0, 0, [])
    columns = select(Rupture.day, Rupture.reason_code, Rupture.to_confirm)
    ruptures = desk.see(lambda session: session.execute(columns).all())
    assert [tuple(row) for row in ruptures] == [(date(2006, 4, 28), "ESSAI_EMP", True)]


def test_the_example_is_read_to_the_last_cell(desk: Desk) -> None:
    imported(desk, EXAMPLE)

    def read(session: Session) -> list[tuple[object, ...]]:
        columns = (
            Beneficiary.last_name, Beneficiary.first_name, Beneficiary.birth_date, Beneficiary.postcode,
            Beneficiary.city, Beneficiary.phone, Pathway.entered_on, Contract.kind_code, Contract.signed_on,
            Contract.planned_end_on, Contract.ended_on, Contract.weekly_hours, Contract.placement_id,
        )  # fmt: skip
        joined = select(*columns).join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
        rows = session.execute(joined.join(Contract, Contract.pathway_id == Pathway.id).order_by(Contract.id))
        return [tuple(row) for row in rows]

    dupont = ("DUPONT", "Marie", date(1971, 3, 12), "49000", "ANGERS", "02.41.00.00.01", date(2006, 2, 1))
    le_goff = ("LE GOFF", "Anne-Sophie", date(1980, 11, 5), "49300", "Cholet", "", date(2006, 4, 3))
    assert desk.see(read) == [
        (*dupont, "CIRMA_CDD", date(2006, 2, 1), date(2006, 7, 31), None, 26.5, 1),
        (*le_goff, "CDI", date(2006, 4, 3), None, date(2006, 4, 28), 35.0, 2),
        (*dupont, "CDI", date(2006, 8, 1), None, None, 35.0, 1),
    ]


def test_a_second_import_creates_nothing(desk: Desk, tmp_path: Path) -> None:
    imported(desk, EXAMPLE)
    before = exported(desk, tmp_path / "before")
    again = imported(desk, EXAMPLE)
    assert (again.batch_id, again.plan.unchanged, sum(again.plan.created.values())) == (None, 3, 0)
    assert exported(desk, tmp_path / "after") == before


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk, file: Path) -> None:
    before = file.read_bytes()
    report, _changes = preview_import(desk, EXAMPLE, TODAY)
    assert report.as_json()["dry_run"] is True
    assert file.read_bytes() == before
    real = imported(desk, EXAMPLE)
    assert report.plan.created == real.plan.created
    assert [item.code for item in report.remarks()] == [item.code for item in real.remarks()]


def test_an_import_undone_leaves_the_file_as_it_was(desk: Desk, tmp_path: Path) -> None:
    imported(desk, sheet(tmp_path, HEAD + "DUPONT;Marie;12/03/1971;;;;;;;\n"))
    before = exported(desk, tmp_path / "before")
    report = imported(desk, EXAMPLE)
    assert report.plan.completions == {1: {"postcode": "49000", "city": "ANGERS", "phone": "02.41.00.00.01"}}
    assert "A03" in [item.code for item in report.remarks()]
    assert exported(desk, tmp_path / "between") != before
    assert report.batch_id is not None
    desk.do_for_good("Undo an import", undo_import, report.batch_id)
    assert exported(desk, tmp_path / "after") == before
    assert desk.see(lambda session: broken_at(session.connection())) is None
    with pytest.raises(Missing):
        desk.do_for_good("Undo an import", undo_import, report.batch_id)
    desk.do_for_good("Undo an import", undo_import, 1)
    assert desk.see(table_counts)["beneficiary"] == 0
    assert imported(desk, EXAMPLE).plan.created["contract"] == 3


def test_an_import_whose_rows_were_edited_or_used_since_is_not_undone(desk: Desk, tmp_path: Path) -> None:
    batch = imported(desk, EXAMPLE).batch_id
    assert batch is not None
    draft = MeetingDraft(
        pathway_id=1, counsellor_id=1, at=TODAY_AT_NINE, minutes=30, medium=Medium.OFFICE, outcome=Outcome.HELD
    )
    desk.do("Record meeting", record_meeting, draft, TODAY)
    before = exported(desk, tmp_path / "before")
    with pytest.raises(Refusal, match="added to it since") as used:
        desk.do_for_good("Undo an import", undo_import, batch)
    assert used.value.values == {"table": "interaction", "key": "1"}
    desk.undo()

    def rename(session: Session) -> None:
        person = session.get(Beneficiary, 2)
        assert person is not None
        person.city = "Ailleurs"

    desk.do("Rename", rename)
    with pytest.raises(Refusal, match="changed since") as edited:
        desk.do_for_good("Undo an import", undo_import, batch)
    assert edited.value.values == {"table": "beneficiary", "key": "2"}
    assert exported(desk, tmp_path / "after").keys() == before.keys()


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (";Marie;;;;;;;;", "E01", "Ligne 2 : nom ou prénom manquant."),
        ("D;M;31/02/1971;;;;;;;", "E02", "Ligne 2, « Né(e) le » : date illisible « 31/02/1971 »"),
        ("D;M;02/13/1971;;;;;;;", "E02", "Ligne 2, « Né(e) le »"),
        ("D;M;;;Ets X;CDD 3 mois;01/03/2006;01/02/2006;;", "E03", "la date de fin (01/02/2006) précède"),
        ("D;M;;;Ets X;bénévolat;01/03/2006;;;", "E05", "Ligne 2 : type de contrat inconnu « bénévolat »."),
        ("D;M;;;;CDI;01/03/2006;;;", "E08", "Ligne 2 : contrat sans employeur."),
        ("D;M;;;Ets X;CDI;;;;", "E09", "Ligne 2, « Début » : date de début du contrat manquante."),
        ("D;M;;;Ets X;CDI;01/03/2006;;;essai 01/02/2006", "E10", "la rupture du 01/02/2006 est en dehors"),
    ],
)
def test_a_bad_line_is_refused_by_line_and_column_and_the_others_go_in(
    desk: Desk, tmp_path: Path, line: str, code: str, words: str
) -> None:
    report = imported(desk, sheet(tmp_path, f"{HEAD}{line}\nAjonc;Brigitte;;Angers;;;;;;\n"))
    rejected = report.as_json()["rejected"]
    assert isinstance(rejected, list)
    assert [(item["line"], item["code"]) for item in rejected] == [(2, code)]
    assert words.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»") in rejected[0]["message"]
    assert report.plan.created["beneficiary"] == 1


def test_what_is_odd_is_told_and_goes_in(desk: Desk, tmp_path: Path) -> None:
    report = imported(
        desk,
        sheet(
            tmp_path,
            HEAD + "D;M;;;Ets X;CDI;févr-06;31/07/2006;beaucoup;\nE;N;;;Ets X;CDI;01/03/2006;;;tout va bien\n",
        ),
    )
    assert [item.code for item in report.remarks()] == ["A01", "A08", "A15", "A12", "A13", "A12"]
    assert report.plan.created["contract"] == 2
    assert report.plan.created["rupture"] == 1


def test_identical_lines_are_one_and_repeated_headings_none(desk: Desk, tmp_path: Path) -> None:
    line = "Ajonc;Brigitte;01/02/1970;Angers;;;;;;\n"
    report = imported(desk, sheet(tmp_path, HEAD + line + line.upper() + HEAD + line))
    assert report.read.duplicate == 3
    assert report.plan.created["beneficiary"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_sheet_is_read_in_any_usual_encoding_and_separator(
    desk: Desk, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = (HEAD + "Églantine;Hélène;01/02/1970;Baugé;;;;;;\n").replace(";", separator)
    imported(desk, sheet(tmp_path, text, encoding))
    people = desk.see(lambda session: session.scalars(select(Beneficiary.first_name)).all())
    assert people == ["Hélène"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"\r\n  \r\n", "est vide"),
        (b"PK\x03\x04\0\0\0", "endommag"),
        ("Bonjour\nà tous\n".encode(), "Aucune ligne d’en-tête"),
        (HEAD.encode() + b'"Ajonc;Brigitte;;;;;;;;\nBleuet;Zo;;;;;;;;\n', "un guillemet est ouvert"),
        ("Né(e) le;Ville;Employeur\n01/02/1970;Angers;X\n".encode(), "Aucune colonne ne contient les noms"),
        (b"\xff\xfeA\0B", "endommag"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_sentence_and_nothing_is_written(
    desk: Desk, file: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    from cef_desk.i18n import told

    before = file.read_bytes()
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(Told) as error:
        imported(desk, path)
    assert words in told(error.value)
    assert file.read_bytes() == before


def test_a_sheet_with_headings_alone_imports_nothing(desk: Desk, tmp_path: Path) -> None:
    report = imported(desk, sheet(tmp_path, HEAD))
    assert report.nothing_left
    assert report.batch_id is None


def test_a_person_with_the_same_name_and_no_birth_date_is_created_and_told(desk: Desk, tmp_path: Path) -> None:
    imported(desk, EXAMPLE)
    report = imported(desk, sheet(tmp_path, HEAD + "DUPONT;Marie;;Angers;;;;;;\n"))
    assert "A04" in [item.code for item in report.remarks()]
    assert report.plan.created["beneficiary"] == 1


def test_a_name_the_other_way_round_is_the_same_person(desk: Desk, tmp_path: Path) -> None:
    imported(desk, EXAMPLE)
    report = imported(desk, sheet(tmp_path, HEAD + "Marie;Dupont;12/03/1971;;;;;;;\n"))
    assert report.plan.created["beneficiary"] == 0


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_sheet_never_stops_the_program(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(EXAMPLE.read_bytes())
    for _turn in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "mutated.csv"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    with suppress(Told):
        read_people(path, TODAY)


def test_the_export_is_whole_and_says_its_columns(desk: Desk, tmp_path: Path) -> None:
    imported(desk, sheet(tmp_path, HEAD + '=HYPERLINK("x");+33;01/02/1970;@cmd;;;;;;\n'.replace('"', "'")))
    files = exported(desk, tmp_path / "export")
    manifest = json.loads(files["manifest.json"])
    assert [table["name"] + ".csv" for table in manifest["tables"]] == [name for name in files if name.endswith(".csv")]
    kinds = {
        (table["name"], column["name"]): (column["type"], column["codes"])
        for table in manifest["tables"]
        for column in table["columns"]
    }
    assert kinds["contract", "kind_code"] == ("text", "contract_kind")
    assert kinds["exit", "day"] == ("date", None)
    assert "'=HYPERLINK('x');'+33" in files["beneficiary.csv"].decode()
    assert "journal_step.csv" not in files
