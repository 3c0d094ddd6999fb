"""The page: the figures read back from it, the same bytes, every name shown as text."""

import dataclasses
import hashlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from cef_desk.i18n import set_language
from cef_desk.queries.figures import Figure
from cef_desk.queries.month import MonthSheet, month_sheet
from cef_desk.reports.month_sheet import _cell, month_sheet_pdf
from cef_desk.reports.parts import BOLD, FAINT, INK, register_fonts, wrapped
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.conftest import DEMO_DAY

HOSTILE = (
    "A<B", "<img src=x>", '=HYPERLINK("x")', "O'Brien", "Œuvrard", "&amp; <b>gras</b>", "{name}", "Élan " * 60,
    "x" * 300, "a\tb",
)  # fmt: skip


@pytest.fixture
def sheet(demo: Desk) -> MonthSheet:
    return demo.see(month_sheet, Period.month(2006, 11), DEMO_DAY)


def text_of(pdf: bytes, qtbot: QtBot) -> str:
    """The text of the page, with plain spaces."""
    del qtbot
    data = QByteArray(pdf)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.pageCount() == 1
    text = document.getAllText(0).text()
    document.close()
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def test_the_page_holds_every_figure_with_its_fraction(sheet: MonthSheet, qtbot: QtBot) -> None:
    text = text_of(month_sheet_pdf(sheet), qtbot)
    for words in (
        "Fiche mensuelle de résultats", "Novembre 2006", "DÉMONSTRATION : données fictives",
        "Entrées 60 655 1 259 61 −1", "File active à la fin du mois 658 658 658 467 +191",
        "File active par conseiller (7) 94,0 66,7 +27,3", "Contrats signés 87 816 1 182 50 +37",
        "CI-RMA contrat de mission 2 19 28 1 +1", "Ruptures datées de la période 16 139 180 7 +9",
        "Taux de rupture (R1) — 13,5 % (110 sur 816) 15,2 % (180 sur 1 182) —", "Sorties (toutes) 61 491 601 22 +39",
        "52,5 % (31 sur 59) 52,2 % (246 sur 471) 50,9 % (292 sur 574) 47,6 % (10 sur 21) +4,9 pt",
        "Offres reçues 112 1 182 1 757 70 +42", "01/01 au 30/11/2006", "depuis le 01/03/2005", "toute l’unité",
        "Arrêtée au jeudi 30 novembre 2006", "Éditée le jeudi 31 janvier 2008", "S1 50,9 %", "R1 15,2 %",
        "document sans donnée nominative", "Page 1 sur 1", "Commentaire du responsable", "effectif faible",
        "Taux de rupture (R1) : contrats signés dans la période et rompus à la date d’arrêté",
    ):  # fmt: skip
        assert words in text


def test_a_month_that_is_not_over_says_so(demo: Desk, qtbot: QtBot) -> None:
    running = demo.see(month_sheet, Period.month(2006, 11), date(2006, 11, 23))
    text = text_of(month_sheet_pdf(running), qtbot)
    assert "Provisoire, mois en cours : au jeudi 23 novembre 2006" in text
    assert "01/01 au 23/11/2006" in text
    assert "Arrêtée au" not in text


def test_the_page_names_nobody(sheet: MonthSheet, qtbot: QtBot) -> None:
    text = text_of(month_sheet_pdf(sheet), qtbot)
    assert "Intérim 4 39" in text
    text = text.replace("Intérim 4", "")
    for name in ("Pervenche", "Bergeronnette", "Agnès", "Intérim", "CEF01"):
        assert name not in text


def test_its_fonts_are_embedded_and_nothing_else_is_asked_for(sheet: MonthSheet) -> None:
    pdf = month_sheet_pdf(sheet)
    assert pdf.count(b"/FontFile2") == 2
    assert b"DejaVuSansCondensed" in pdf
    assert pdf.count(b"/BaseFont /Helvetica") <= 1, "ReportLab names its default font in every file"
    assert not re.search(rb"/URI|/Launch|/JavaScript", pdf)


SCRIPT = """
import sys, hashlib
from datetime import date
from pathlib import Path
from cef_desk.i18n import set_language
from cef_desk.queries.month import month_sheet
from cef_desk.reports.month_sheet import month_sheet_pdf
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
set_language("fr")
desk = Desk.open(Path(sys.argv[1]), str)
sheet = desk.see(month_sheet, Period.month(2006, 11), date(2008, 1, 31))
print(hashlib.sha256(month_sheet_pdf(sheet)).hexdigest())
"""


def test_the_same_data_and_day_give_the_same_bytes_in_two_processes(demo_file: Path, sheet: MonthSheet) -> None:
    runs = [
        subprocess.run([sys.executable, "-c", SCRIPT, str(demo_file)], capture_output=True, text=True, check=True)
        for _turn in range(2)
    ]
    assert {run.stdout.strip() for run in runs} == {hashlib.sha256(month_sheet_pdf(sheet)).hexdigest()}
    other = dataclasses.replace(sheet, today=date(2006, 12, 4))
    assert month_sheet_pdf(other) != month_sheet_pdf(sheet)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_as_text(sheet: MonthSheet, qtbot: QtBot, name: str) -> None:
    text = text_of(
        month_sheet_pdf(dataclasses.replace(sheet, scope=dataclasses.replace(sheet.scope, unit=name))), qtbot
    )
    assert re.sub(r"\s", "", name) in re.sub(r"\s", "", text)
    assert "Entrées 60 655 1 259 61" in text


@pytest.mark.parametrize("name", ["אגודת העבודה", "جمعية العمل"])
def test_right_to_left_text_is_written_in_reading_order(sheet: MonthSheet, qtbot: QtBot, name: str) -> None:
    from cef_desk.reports.parts import _in_display_order

    assert _in_display_order(name) != name
    text = text_of(
        month_sheet_pdf(dataclasses.replace(sheet, scope=dataclasses.replace(sheet.scope, unit=name))), qtbot
    )
    assert all(mark in text for mark in set(name) - {" "})


def test_a_sheet_without_any_case_shows_dashes_and_no_rate(sheet: MonthSheet, qtbot: QtBot) -> None:
    nothing, rate = Figure("", 0, None, 0, low_base=False), Figure("", 0, 0, None, low_base=True)
    lines = tuple(
        dataclasses.replace(line, month=cell, year=cell, opening=cell, last_year=cell)
        for line in sheet.lines
        for cell in [rate if line.month is None or line.month.denominator else nothing]
    )
    chart = tuple(dataclasses.replace(point, contracts=0, rupture_rate=rate, exit_rate=rate) for point in sheet.chart)
    text = text_of(month_sheet_pdf(dataclasses.replace(sheet, lines=lines, chart=chart)), qtbot)
    assert "Taux de sortie vers l’emploi (S1) — — — —" in text
    assert "Entrées 0 0 0 0 0" in text


def test_a_rate_on_few_cases_is_grey_and_one_on_enough_is_not(sheet: MonthSheet) -> None:
    drawn: list[tuple[str, object]] = []

    class Pen:
        color: object = None

        def setFont(self, *_font: object) -> None: ...  # noqa: N802  ReportLab's name

        def setFillColor(self, color: object) -> None:  # noqa: N802  same
            self.color = color

        def drawString(self, _x: float, _y: float, text: str) -> None:  # noqa: N802  same
            drawn.append((text, self.color))

    register_fonts()
    line = next(line for line in sheet.lines if line.code == "S1")
    few = dataclasses.replace(line, month=Figure("S1", 9, 19, 9 / 19, low_base=True))
    for each in (line, few):
        _cell(Pen(), 300, 300, each, each.month, BOLD)
    colors = dict(drawn)
    assert colors["47,4\u202f%"] is FAINT
    assert colors["52,5\u202f%"] is INK


def test_the_page_of_a_counsellor_says_whose_it_is_by_code(demo: Desk, qtbot: QtBot) -> None:
    text = text_of(month_sheet_pdf(demo.see(month_sheet, Period.month(2006, 11), DEMO_DAY, "CEF03")), qtbot)
    assert "conseiller CEF03" in text
    assert "(fictif)" not in text


def test_every_figure_of_a_large_unit_stays_within_its_column(sheet: MonthSheet) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    large = Figure("S1", 133_721, 200_000, 133_721 / 200_000, low_base=False)
    written: list[tuple[float, float]] = []

    class Pen:
        font = ("", 0.0)

        def setFont(self, *font: object) -> None:  # noqa: N802  ReportLab's name
            self.font = font  # type: ignore[assignment]  # name and size

        def setFillColor(self, _color: object) -> None: ...  # noqa: N802  same

        def drawString(self, x: float, _y: float, text: str) -> None:  # noqa: N802  same
            written.append((x, x + stringWidth(text, *self.font)))

    register_fonts()
    line = next(line for line in sheet.lines if line.code == "S1")
    _cell(Pen(), 300, 300, line, large, BOLD)
    assert min(start for start, _end in written) >= 300 - 71
    assert max(end for _start, end in written) <= 300.01


def test_the_page_speaks_english_when_asked(sheet: MonthSheet, qtbot: QtBot) -> None:
    set_language("en")
    text = text_of(month_sheet_pdf(sheet), qtbot)
    assert "Monthly results sheet" in text
    assert "13.5% (110 of 816)" in text


def test_lines_are_wrapped_within_their_width_and_lose_nothing() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from cef_desk.reports.parts import REGULAR

    register_fonts()
    text = f"mot {'x' * 300} fin"
    lines = wrapped(text, REGULAR, 9, 120)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(stringWidth(line, REGULAR, 9) <= 120 for line in lines)
