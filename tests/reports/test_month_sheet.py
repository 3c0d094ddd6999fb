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
from cef_desk.queries.month import Line, MonthSheet, month_sheet
from cef_desk.reports.month_sheet import month_sheet_pdf
from cef_desk.reports.parts import register_fonts, wrapped
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.conftest import TODAY

HOSTILE = (
    "A<B", "<img src=x>", '=HYPERLINK("x")', "O'Brien", "Œuvrard", "&amp; <b>gras</b>", "{name}", "Élan " * 60,
    "x" * 300, "a\tb",
)  # fmt: skip


@pytest.fixture
def sheet(demo: Desk) -> MonthSheet:
    return demo.see(month_sheet, Period.month(2006, 11), TODAY)


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
        "Entrées 2 33 62", "File active en fin de période 34 34 34", "Contrats signés 4 36 57",
        "Ruptures datées de la période 1 6 9", "Taux de rupture (R1) — 16,7 % (6 sur 36) 15,8 % (9 sur 57)",
        "Sorties (toutes) 1 23 28", "0,0 % (0 sur 1) 70,0 % (14 sur 20) 60,0 % (15 sur 25)",
        "Entretiens réalisés 16 196 294", "01/01/2006 au 30/11/2006", "depuis le 01/03/2005",
        "Arrêtée au jeudi 30 novembre 2006", "Éditée le jeudi 30 novembre 2006",
        "document sans donnée nominative", "Page 1 sur 1",
        "Taux de rupture (R1) : contrats signés dans la période et rompus à la date d’arrêté",
    ):  # fmt: skip
        assert words in text


def test_a_month_that_is_not_over_says_so(sheet: MonthSheet, qtbot: QtBot) -> None:
    text = text_of(month_sheet_pdf(dataclasses.replace(sheet, today=date(2006, 11, 23))), qtbot)
    assert "Provisoire, mois en cours : au jeudi 23 novembre 2006" in text
    assert "01/01/2006 au 23/11/2006" in text
    assert "Arrêtée au" not in text


def test_the_page_names_nobody(sheet: MonthSheet, qtbot: QtBot) -> None:
    text = text_of(month_sheet_pdf(sheet), qtbot)
    for name in ("Pervenche", "DUPONT", "Ajonc", "Exemple Maçonnerie", "CEF01"):
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
sheet = desk.see(month_sheet, Period.month(2006, 11), date(2006, 11, 30))
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
    text = text_of(month_sheet_pdf(dataclasses.replace(sheet, unit=name)), qtbot)
    assert re.sub(r"\s", "", name) in re.sub(r"\s", "", text)
    assert "Entrées 2 33 62" in text


@pytest.mark.parametrize("name", ["אגודת העבודה", "جمعية العمل"])
def test_right_to_left_text_is_written_in_reading_order(sheet: MonthSheet, qtbot: QtBot, name: str) -> None:
    from cef_desk.reports.parts import _in_display_order

    assert _in_display_order(name) != name
    text = text_of(month_sheet_pdf(dataclasses.replace(sheet, unit=name)), qtbot)
    assert all(mark in text for mark in set(name) - {" "})


def test_a_sheet_without_any_case_shows_dashes_and_no_rate(sheet: MonthSheet, qtbot: QtBot) -> None:
    nothing, rate = Figure("", 0, None), Figure("", 0, 0)
    lines = tuple(
        Line(line.code, line.block, line.label, line.definition, *([rate if line.code in "R1S1" else nothing] * 3))
        for line in sheet.lines
    )
    text = text_of(month_sheet_pdf(dataclasses.replace(sheet, lines=lines)), qtbot)
    assert "Taux de sortie vers l’emploi (S1) — — —" in text
    assert "Entrées 0 0 0" in text


def test_the_page_speaks_english_when_asked(sheet: MonthSheet, qtbot: QtBot) -> None:
    set_language("en")
    text = text_of(month_sheet_pdf(sheet), qtbot)
    assert "Monthly results sheet" in text
    assert "16.7% (6 of 36)" in text


def test_lines_are_wrapped_within_their_width_and_lose_nothing() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from cef_desk.reports.parts import REGULAR

    register_fonts()
    text = f"mot {'x' * 300} fin"
    lines = wrapped(text, REGULAR, 9, 120)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(stringWidth(line, REGULAR, 9) <= 120 for line in lines)
