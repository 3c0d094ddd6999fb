"""The command line as a whole: its exit codes, one sentence on standard error, nothing written when it fails."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from cef_desk.__main__ import main
from cef_desk.paths import resources

EXAMPLE = str(resources() / "demo" / "suivi-cef-2006.csv")
PASSWORD = "une phrase à moi"


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new encrypted file, its password in the environment."""
    monkeypatch.setenv("CEF_DESK_PASSWORD", PASSWORD)
    path = tmp_path / "unite.cefdesk"
    assert main(["new", str(path), "--unit", "Unité 49", "--counsellor", "CEF01"]) == 0
    return path


def on(path: Path, *words: str) -> int:
    return main(["--database", str(path), "--today", "2006-11-30", *words])


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence of standard error."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_file_is_made_filled_printed_and_emptied(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert on(unit, "export", str(tmp_path / "before")) == 0
    capsys.readouterr()
    assert on(unit, "import", EXAMPLE, "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["batch"] is None
    assert on(unit, "import", EXAMPLE, "--json", "--report", str(tmp_path / "report.csv")) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["batch"] == 1
    assert report["created"]["contract"] == 3
    assert {item["code"] for item in report["warnings"]} == {"A11", "A12", "A14", "I01"}
    lines = (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "ligne;colonne;code;message"
    assert len(lines) == 1 + len(report["warnings"])
    assert on(unit, "info", "--json") == 0
    info = json.loads(capsys.readouterr().out)
    assert (info["encrypted"], info["tables"]["contract"]) == (True, 3)
    assert on(unit, "sheet", "--month", "2006-11", "--output", str(tmp_path / "x.pdf")) == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    assert on(unit, "undo-import", "1") == 0
    assert on(unit, "export", str(tmp_path / "after")) == 0
    for path in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / path.name).read_bytes() == path.read_bytes()


def test_an_import_speaks_french_line_by_line(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert on(unit, "import", EXAMPLE) == 0
    out = capsys.readouterr().out
    assert "Personnes créées : 2 ; entreprises : 2 ; contrats : 3 ; ruptures : 1" in " ".join(out.split())
    assert "Lignes ignorées : vides 1, totaux 1." in " ".join(out.split())


def test_a_password_comes_from_a_file_too(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CEF_DESK_PASSWORD")
    (tmp_path / "word").write_text(PASSWORD + "\n", encoding="utf-8")
    assert main(["--database", str(unit), "--password-file", str(tmp_path / "word"), "info"]) == 0
    capsys.readouterr()
    assert main(["--database", str(unit), "info"]) == 2
    assert "mot de passe" in told(capsys)
    monkeypatch.setenv("CEF_DESK_PASSWORD", "autre")
    assert main(["--database", str(unit), "info"]) == 3
    assert told(capsys) == "Mot de passe incorrect."


CASES = ("cases", "--output", "x.csv")
NOVEMBER = ("--from", "2006-11-01", "--to", "2006-11-30")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["sheet", "--month", "2006-13", "--output", "x.pdf"], 2, "n’est pas un mois"),
        (["sheet", "--month", "9999-12", "--output", "x.pdf"], 2, "n’est pas un mois"),
        (["--today", "9999-12-31", "info"], 2, "n’est pas une date"),
        (["sheet", "--month", "06-1", "--output", "x.pdf"], 2, "n’est pas un mois"),
        (["sheet", "--month", "2006-11"], 2, "arguments obligatoires"),
        (["sheet", "--month", "2008-02", "--output", "x.pdf"], 2, "n’a pas encore commencé"),
        (["sheet", "--month", "2005-02", "--output", "x.pdf"], 2, "a ouvert le 01/03/2005"),
        (["sheet", "--month", "2006-11", "--output", "x.doc"], 2, "finit par .pdf, .xlsx ou .json"),
        (["sheet", "--month", "2006-11", "--counsellor", "CEF77", "--output", "x.pdf"], 2, "code « CEF77 »"),
        (["figures", "--from", "2006-12-01", "--to", "2006-11-30"], 2, "avant de commencer"),
        (["figures", "--from", "2004-12-01", "--to", "2005-02-28"], 2, "a ouvert le 01/03/2005"),
        (["figures", "--from", "2006-11-01", "--to", "2006-11-30", "--at", "2006-10-31"], 2, "précède la période"),
        (["figures", "--from", "2006-11-31", "--to", "2006-11-30"], 2, "n’est pas une date"),
        (["figures", "--from", "2006-11-01", "--to", "2006-11-30", "--by", "taille"], 2, "pas de dimension"),
        (["figures", "--from", "2006-11-01"], 2, "--to"),
        ([*CASES, "R9", *NOVEMBER], 2, "pas de chiffre « R9 »"),
        ([*CASES, "S1", *NOVEMBER, "--by", "kind", "--slice", "CDI"], 2, "ne se découpe pas"),
        ([*CASES, "I02", *NOVEMBER, "--by", "month", "--slice", "2006-11"], 2, "ne se découpe pas"),
        ([*CASES, "I03", *NOVEMBER, "--by", "kind", "--slice", "CDX"], 2, "« CDX »"),
        ([*CASES, "I03", *NOVEMBER, "--by", "kind"], 2, "vont ensemble"),
        ([*CASES, "I03", *NOVEMBER, "--part", "denominator"], 2, "dénominateur"),
        ([*CASES, "I03", *NOVEMBER, "--output", "absent/x.csv"], 3, "ne peut pas être écrit ici"),
        (["sheet", "--month", "2006-11", "--output", "absent/x.pdf"], 3, "ne peut pas être écrit ici"),
        (["export", "demo.cefdesk"], 3, "ne peut pas être écrit ici"),
        (["import", "absent.csv"], 3, "absent.csv est introuvable"),
        (["import", "demo.cefdesk"], 1, "endommagé"),
        (["undo-import", "7"], 1, "n° 7"),
        (["undo-import", "x"], 2, "x"),
        (["fiche"], 2, "fiche"),
        (["--today", "30/11/2006", "info"], 2, "n’est pas une date"),
        (["new", "demo.cefdesk", "--unit", "U", "--counsellor", "C"], 1, "existe déjà"),
        (["new", "n.cefdesk", "--unit", " ", "--counsellor", "C"], 1, "nom d’unité"),
        (["demo", "demo.cefdesk"], 1, "existe déjà"),
        (["demo", "absent/demo.cefdesk"], 3, "ne peut pas être"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(
    words: list[str], code: int, sentence: str, demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("CEF_DESK_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    Path("demo.cefdesk").write_bytes(demo_file.read_bytes())
    try:
        ended = main(["--database", "demo.cefdesk", *words])
    except SystemExit as exit_:
        ended = exit_.code if isinstance(exit_.code, int) else 1
    assert ended == code
    assert sentence in told(capsys).replace("\u00a0", " ").replace("\u202f", " ")
    assert {path.name for path in tmp_path.iterdir()} <= {"demo.cefdesk", "home"}
    assert Path("demo.cefdesk").read_bytes() == demo_file.read_bytes()


@pytest.mark.parametrize("name", ["unite.cefdesk", "unite.cefdesk.key"])
def test_a_report_never_takes_the_place_of_the_base(unit: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = unit.with_name(name).read_bytes()
    capsys.readouterr()
    assert on(unit, "import", EXAMPLE, "--dry-run", "--report", str(unit.with_name(name))) == 1
    assert "choisissez-en un autre" in told(capsys)
    assert unit.with_name(name).read_bytes() == before


def test_an_import_with_nothing_left_ends_with_1(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;Né(e) le\n;Marie;\nDupont;Marie;31/02/1970\n", encoding="utf-8")
    capsys.readouterr()
    assert on(unit, "import", str(path)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_program_speaks_english_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--language", "en", "--database", str(tmp_path / "absent.cefdesk"), "info"]) == 3
    assert told(capsys) == "absent.cefdesk is not there. Was it moved or renamed?"


def test_help_is_in_french_to_the_last_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert out.startswith("usage\u00a0:")
    assert "affiche cette aide" in out
    assert "show this" not in out


def test_figures_and_their_rows_come_out_by_command(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--database", str(demo_file)]
    assert main([*base, "figures", *NOVEMBER, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["period"] == {"first": "2006-11-01", "last": "2006-11-30", "at": "2006-11-30"}
    figures = {item["code"]: item for item in found["figures"]}
    assert (figures["S1"]["numerator"], figures["S1"]["denominator"], figures["S1"]["subject"]) == (31, 59, "exit")
    assert figures["S1"]["slice"] is None
    assert main([*base, "figures", *NOVEMBER, "--by", "kind"]) == 0
    assert "CI-RMA CDI" in capsys.readouterr().out
    rows = tmp_path / "rows.csv"
    assert main([*base, "cases", "I03", *NOVEMBER, "--by", "kind", "--slice", "CIRMA_CDI", "--output", str(rows)]) == 0
    with rows.open(encoding="utf-8-sig", newline="") as file:
        cases = list(csv.DictReader(file, delimiter=";"))
    assert len(cases) == 16
    assert all(case["beneficiary_id"] and case["company_id"] and case["day"].startswith("2006-11") for case in cases)


def test_the_sheet_comes_out_as_a_workbook_of_real_numbers(demo_file: Path, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path / "fiche.xlsx"
    assert main(["--database", str(demo_file), "sheet", "--month", "2006-11", "--output", str(path)]) == 0
    [rows] = [book.to_python() for book in [CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)]]
    assert rows[3][1] == date(2006, 11, 30)
    lines = {row[0]: row for row in rows}
    assert lines["CONTRACTS"][3] == 87
    assert lines["S1"][3:6] == [31 / 59, 31, 59]
    assert lines["R1"][3:6] == ["", "", ""]
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_reader_who_has_read_enough_is_no_fault(demo_file: Path) -> None:
    asked = ["figures", *NOVEMBER, "--by", "kind", "--json"]
    command = [sys.executable, "-m", "cef_desk", "--database", str(demo_file), *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == b"{\n"
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0


def test_a_report_that_cannot_be_written_takes_nothing_in(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for report in (tmp_path / "nowhere" / "r.csv", tmp_path, unit, Path("/dev/null")):
        assert on(unit, "import", EXAMPLE, "--report", str(report)) in {1, 3}
        assert on(unit, "info", "--json") == 0
        assert json.loads(capsys.readouterr().out)["tables"]["beneficiary"] == 0
    source = tmp_path / "mine.csv"
    source.write_bytes(Path(EXAMPLE).read_bytes())
    assert on(unit, "import", str(source), "--report", str(source)) == 2
    assert source.read_bytes() == Path(EXAMPLE).read_bytes()


def test_nothing_is_written_over_a_base_whatever_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = tmp_path / "base.csv"
    assert main(["demo", str(base), "--size", "20"]) == 0
    before = base.read_bytes()
    period = ("--from", "2006-11-01", "--to", "2006-11-30")
    assert main(["--database", str(base), "cases", "I03", *period, "--output", str(base)]) == 1
    assert "CEF Desk" in told(capsys)
    assert base.read_bytes() == before
    for name in ("", ".", str(tmp_path), "/dev/null"):
        assert main(["--database", str(base), "cases", "I03", *period, "--output", name]) == 3
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.csv", "home"]


def test_a_demonstration_cut_short_leaves_no_file_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "demo.cefdesk"
    for seconds in (1.0, 2.5):
        with subprocess.Popen([sys.executable, "-m", "cef_desk", "demo", str(path)], stdout=subprocess.PIPE) as made:
            try:
                made.wait(seconds)
            except subprocess.TimeoutExpired:
                made.kill()
        assert not path.exists()
    assert main(["demo", str(path), "--size", "20"]) == 0
    assert [item.name for item in tmp_path.glob("demo.cefdesk*")] == ["demo.cefdesk"]


def test_an_older_encoding_gets_a_plain_space(unit: Path) -> None:
    for encoding in ("cp1252", "ascii"):
        words = [sys.executable, "-m", "cef_desk", "--database", str(unit), "info"]
        told_ = subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": encoding})
        assert b"Traceback" not in told_.stderr
        assert b"personnes" in told_.stdout


def test_a_counsellor_is_found_by_a_code_with_accents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEF_DESK_PASSWORD", PASSWORD)
    path = tmp_path / "unite.cefdesk"
    assert main(["new", str(path), "--unit", "U", "--counsellor", "Élodie", "--opening", "2006-01-01"]) == 0
    period = ("--from", "2006-11-01", "--to", "2006-11-30")
    assert on(path, "figures", *period, "--counsellor", "élodie") == 0
    assert on(path, "figures", *period, "--counsellor", "Elodie") == 2
