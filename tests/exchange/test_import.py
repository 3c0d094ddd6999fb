import json
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.errors import Missing, Refusal, Told
from cef_desk.exchange.import_people import read_people
from cef_desk.exchange.imports import ImportReport, preview_import, run_import, take_back_import
from cef_desk.exchange.table_out import export_tables
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.holder import Holder
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.paths import resources
from cef_desk.progress import UNWATCHED
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
    return run_import(desk, UNWATCHED, read_people(path, TODAY), TODAY)[0]


def exported(desk: Desk, folder: Path) -> dict[str, bytes]:
    export_tables(desk, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_example_gives_two_people_two_companies_three_contracts_and_one_rupture(desk: Desk) -> None:
    told = imported(desk, EXAMPLE).as_json()
    assert told["created"] == {
        "counsellor": 2, "beneficiary": 2, "pathway": 2, "holder": 2, "company": 2, "placement": 2, "contract": 3,
        "rupture": 1,
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
    report, _changes = preview_import(desk, UNWATCHED, EXAMPLE, TODAY)
    assert report.as_json()["dry_run"] is True
    assert file.read_bytes() == before
    real = imported(desk, EXAMPLE)
    assert report.plan.created == real.plan.created
    assert [item.code for item in report.remarks()] == [item.code for item in real.remarks()]


def test_an_import_undone_leaves_the_file_as_it_was(desk: Desk, tmp_path: Path) -> None:
    imported(desk, sheet(tmp_path, HEAD + "DUPONT;Marie;12/03/1971;;;;;;;\n"))
    before = exported(desk, tmp_path / "before")
    report = imported(desk, EXAMPLE)
    filled = {"postcode": "49000", "city": "ANGERS", "phone": "02.41.00.00.01"}
    assert report.plan.completions == {("beneficiary", 1): filled}
    assert "A03" in [item.code for item in report.remarks()]
    assert exported(desk, tmp_path / "between") != before
    assert report.batch_id is not None
    take_back_import(desk, UNWATCHED, report.batch_id)
    assert exported(desk, tmp_path / "after") == before
    assert desk.see(lambda session: broken_at(session.connection())) is None
    with pytest.raises(Missing):
        take_back_import(desk, UNWATCHED, report.batch_id)
    take_back_import(desk, UNWATCHED, 1)
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
        take_back_import(desk, UNWATCHED, batch)
    assert used.value.values == {"table": "interaction", "key": "1"}
    desk.undo()

    def rename(session: Session) -> None:
        person = session.get(Beneficiary, 2)
        assert person is not None
        person.city = "Ailleurs"

    desk.do("Rename", rename)
    with pytest.raises(Refusal, match="changed since") as edited:
        take_back_import(desk, UNWATCHED, batch)
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
        (HEAD.encode() + b"A" * 200_000 + b";B;;;;;;;;\n", "une cellule est trop longue"),
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


def people_of(desk: Desk) -> list[tuple[str, ...]]:
    columns = select(Beneficiary.last_name, Beneficiary.first_name, Beneficiary.postcode, Beneficiary.city)
    return [tuple(row) for row in desk.see(lambda session: session.execute(columns.order_by(Beneficiary.id)).all())]


def contracts_of(desk: Desk) -> list[tuple[object, ...]]:
    columns = select(Contract.kind_code, Contract.starts_on, Contract.planned_end_on, Contract.ended_on)
    return [tuple(row) for row in desk.see(lambda session: session.execute(columns.order_by(Contract.id)).all())]


def test_a_rupture_that_comes_in_with_the_next_month_ends_the_contract(desk: Desk, tmp_path: Path) -> None:
    line = "D;M;01/02/1970;;Ets X;CDI;01/03/2006;;35;{rupture}\n"
    imported(desk, sheet(tmp_path, HEAD + line.format(rupture="")))
    before = exported(desk, tmp_path / "before")
    report = imported(desk, sheet(tmp_path, HEAD + line.format(rupture="démission 01/06/2006")))
    assert contracts_of(desk) == [("CDI", date(2006, 3, 1), None, date(2006, 6, 1))]
    assert (report.plan.created["rupture"], report.plan.created["contract"]) == (1, 0)
    assert report.batch_id is not None
    take_back_import(desk, UNWATCHED, report.batch_id)
    assert exported(desk, tmp_path / "after") == before


def test_a_contract_of_an_earlier_pathway_is_known_again(desk: Desk) -> None:
    imported(desk, EXAMPLE)

    def come_back(session: Session) -> None:
        session.add(Pathway(beneficiary_id=1, entered_on=date(2006, 10, 2)))

    desk.do("Come back", come_back)
    assert sum(imported(desk, EXAMPLE).plan.created.values()) == 0


def test_a_rupture_outside_a_known_contract_and_other_differences_are_told_and_left(desk: Desk, tmp_path: Path) -> None:
    line = "D;M;01/02/1970;;Ets X;CDD 6 mois;01/03/2006;{end};{hours};{rupture}\n"
    imported(desk, sheet(tmp_path, HEAD + line.format(end="31/08/2006", hours="26", rupture="")))
    before = exported(desk, tmp_path / "before")
    other = line.format(end="31/10/2006", hours="30", rupture="fin le 15/10/2006")
    report = imported(desk, sheet(tmp_path, HEAD + other))
    assert [item.code for item in report.remarks() if item.code in {"A16", "A17"}] == ["A16", "A16", "A17"]
    assert exported(desk, tmp_path / "after") == before


def test_two_people_of_one_name_without_birth_date_stay_two(desk: Desk, tmp_path: Path) -> None:
    lines = "DUPONT;Marie;;Angers;Ets X;CDI;01/03/2006;;;\nDUPONT;Marie;;Cholet;Ets Y;CDI;01/03/2006;;;\n"
    lines += "MARTIN;Bernard;;Angers;;;;;;\nBERNARD;Martin;;Angers;;;;;;\n"
    path = sheet(tmp_path, HEAD + lines)
    report = imported(desk, path)
    assert report.plan.created["beneficiary"] == 4
    assert "A04" in [item.code for item in report.remarks()]
    assert sum(imported(desk, path).plan.created.values()) == 0


def test_an_address_is_never_made_of_two(desk: Desk, tmp_path: Path) -> None:
    head = "Nom;Prénom;Né(e) le;CP;Ville\n"
    imported(desk, sheet(tmp_path, head + "D;M;01/02/1970;;Angers\nE;N;01/02/1970;;Cholet\n"))
    imported(desk, sheet(tmp_path, head + "D;M;01/02/1970;49300;Cholet\nE;N;01/02/1970;49300;CHOLET\n"))
    assert people_of(desk) == [("D", "M", "", "Angers"), ("E", "N", "49300", "Cholet")]


def test_a_postcode_before_a_commune_is_parted_in_any_column(desk: Desk, tmp_path: Path) -> None:
    imported(desk, sheet(tmp_path, "Nom;Prénom;Ville\nD;M;49150 Baugé\n"))
    assert people_of(desk) == [("D", "M", "49150", "Baugé")]


def test_a_company_whose_name_begins_like_a_total_is_no_total(desk: Desk, tmp_path: Path) -> None:
    head = "Employeur;Nom;Prénom;Type contrat;Début\n"
    lines = "Total station service;DUPONT;Marie;CDI;01/03/2006\nMoyenne Surface Anjou;LE GOFF;Anne;CDI;01/03/2006\n"
    report = imported(desk, sheet(tmp_path, head + lines + "Sous-total;;;2;\nTOTAUX;;;2;\n"))
    assert report.plan.created["beneficiary"] == 2
    assert report.read.total == 2
    assert [item.line for item in report.remarks() if item.code == "I01"] == [4, 5]


def test_the_length_of_a_contract_is_read_from_its_days(desk: Desk, tmp_path: Path) -> None:
    lines = "D;M;;;Ets X;CDD;01/01/2006;30/06/2006;;\nE;N;;;Ets X;CDD;01/01/2006;29/06/2006;;\n"
    lines += "F;O;;;Ets X;C. Avenir;01/11/06;31/10/08;;\n"
    imported(desk, sheet(tmp_path, HEAD + lines))
    assert contracts_of(desk) == [
        ("CDD_6P", date(2006, 1, 1), date(2006, 6, 30), None),
        ("CDD_M6", date(2006, 1, 1), date(2006, 6, 29), None),
        ("CA", date(2006, 11, 1), date(2008, 10, 31), None),
    ]


@pytest.mark.parametrize("columns", ["Motif rupture;Date rupture", "Date rupture;Motif rupture"])
def test_a_rupture_is_read_from_its_day_and_its_reason_in_any_order(desk: Desk, tmp_path: Path, columns: str) -> None:
    cells = {"Motif rupture": "démission", "Date rupture": "01/06/2006"}
    row = ";".join(cells[name] for name in columns.split(";"))
    head = f"Nom;Prénom;Employeur;Type contrat;Début;{columns}\n"
    imported(desk, sheet(tmp_path, head + f"D;M;Ets X;CDI;01/03/2006;{row}\n"))
    ruptures = desk.see(lambda session: session.execute(select(Rupture.day, Rupture.reason_code)).all())
    assert [tuple(found) for found in ruptures] == [(date(2006, 6, 1), "DEMISSION")]


def test_a_cdi_with_an_end_to_come_is_not_broken(desk: Desk, tmp_path: Path) -> None:
    report = imported(desk, sheet(tmp_path, HEAD + "D;M;Néant;;Ets X;CDI;01/03/2006;31/12/2007;;\n"))
    assert contracts_of(desk) == [("CDI", date(2006, 3, 1), None, None)]
    assert report.plan.created["rupture"] == 0
    assert "A08" in [item.code for item in report.remarks()]


def test_a_step_on_a_row_whose_import_was_taken_back_is_not_brought_back(desk: Desk) -> None:
    batch = imported(desk, EXAMPLE).batch_id
    assert batch is not None

    def rename(session: Session) -> None:
        person = session.get(Beneficiary, 1)
        assert person is not None
        person.city = "Ailleurs"

    desk.do("Rename", rename)
    desk.undo()
    take_back_import(desk, UNWATCHED, batch)
    assert desk.redo_label is None
    with pytest.raises(Refusal):
        desk.redo()


def test_whoever_waited_enters_on_the_day_of_the_list_and_undo_lets_them_wait_again(desk: Desk, tmp_path: Path) -> None:
    def wait(session: Session) -> None:
        person = Beneficiary(last_name="Charme", first_name="Inès", birth_date=date(1980, 5, 2), city="Angers")
        session.add(person)
        session.flush()
        old = Pathway(beneficiary_id=person.id, entered_on=date(2004, 1, 5))
        new = Pathway(beneficiary_id=person.id, prescribed_on=date(2006, 10, 2), entry_follows_meetings=True)
        session.add_all([old, new])
        session.flush()
        session.add(Holder(pathway_id=new.id, counsellor_id=1, from_on=date(2006, 10, 2)))

    desk.do("Wait", wait)
    line = "Charme;Inès;02/05/1980;Angers;Fournil;CDI;13/11/2006;;35;"
    batch = imported(desk, sheet(tmp_path, HEAD + line + "\n")).batch_id

    def entries(session: Session) -> list[tuple[date | None, int | None]]:
        rows = session.execute(select(Pathway.entered_on, Pathway.age_at_entry).order_by(Pathway.id))
        return [(day, age) for day, age in rows]

    assert desk.see(entries) == [(date(2004, 1, 5), None), (date(2006, 11, 13), 26)]
    assert desk.see(lambda session: session.scalars(select(Contract.pathway_id)).all()) == [2], "the last pathway"
    assert batch is not None
    take_back_import(desk, UNWATCHED, batch)
    assert desk.see(entries)[1] == (None, None)
