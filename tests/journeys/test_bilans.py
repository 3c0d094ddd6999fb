"""A unit manager asks what stands behind a figure."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from cef_desk.queries.people import people
from cef_desk.queries.selection import count
from cef_desk.ui import commands
from cef_desk.ui.main_window import MainWindow
from tests.asked import asked
from tests.conftest import sit_down
from tests.journeys.test_one_walk import window_on
from tests.ui.keys import press, type_text

NOVEMBER = date(2006, 11, 1)


def opened(file: Path, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    desk = sit_down(Path(shutil.copy(file, tmp_path / "demo.cefdesk")))
    return window_on(desk, qtbot)


def save_dialog(window: MainWindow) -> QFileDialog:
    return next(dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())


def test_from_87_contracts_to_a_person_and_back_and_out_to_a_spreadsheet(
    demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened(demo_file, tmp_path, qtbot)
    press(Qt.Key.Key_F8, widget=window)
    window.actions_register["go_reports"].trigger()
    page = window.pages.reports
    page.show_month(NOVEMBER)
    figures = page.figures.list
    place = next(row for row in range(figures.count()) if figures.line(row).key == "CONTRACTS")
    assert figures.line(place).right == "87"
    figures.setFocus()
    figures.setCurrentRow(place)
    press(Qt.Key.Key_Return)
    assert page.cases.counted.text() == "87 dossiers"
    assert page.cases.table.hasFocus()
    assert page.cases.table.model().rowCount() == 87
    first = page.cases.table.chosen()
    assert first is not None
    press(Qt.Key.Key_Return)
    person = window.pages.beneficiaries.chosen()
    assert window.page() is window.pages.beneficiaries
    assert person is not None
    assert person.id == first.pathway_id
    window.actions_register["back"].trigger()
    assert window.page() is page
    assert page.cases.counted.text() == "87 dossiers", "the rows are still there"
    export = page.cases.findChild(type(page._save), "cases_export")
    assert export is not None
    export.click()
    dialog = save_dialog(window)
    dialog.fileSelected.emit(str(tmp_path / "cas.xlsx"))
    dialog.close()
    rows = python_calamine.load_workbook(str(tmp_path / "cas.xlsx")).get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(rows) if row[0] == "Qui")
    assert len(rows) - head - 1 == 87
    assert rows[head + 1][0] == first.title
    about = " ".join(str(row[0]) for row in rows[:head])
    assert "Contrats signés" in about
    assert "87 — novembre 2006, toute l’unité" in about
    assert page.close_inner()
    assert figures.hasFocus()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.top.search.open()
    type_text("entret", window.top.search)
    window.top.search._on_rest()
    assert "Entretien" in [line.text for line in window.top.search.lines()]
    window.close()


def test_every_count_of_the_panel_opens_as_many_rows(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(demo_file, tmp_path, qtbot)
    window.navigation.go(commands.REPORTS.id)
    page = window.pages.reports
    page.show_month(NOVEMBER)
    sheet = page._sheet
    assert sheet is not None
    for column in ("month", "last_year"):
        button = page.figures.columns.findChild(QPushButton, f"figures_column_{column}")
        assert button is not None
        button.click()
        for item in sheet.lines:
            cell = getattr(item, column)
            if cell is None or cell.numerator is None:
                continue
            page.open_line(item.code)
            told = page.cases.counted.text().replace("\u202f", "").split()[0]
            assert int(told) == cell.numerator, item.code
    window.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_page_that_no_printer_takes_is_told(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(demo_file, tmp_path, qtbot)
    window.navigation.go(commands.REPORTS.id)
    page = window.pages.reports
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "fiche.pdf"))
    assert page.paper.print_on(printer)
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    printer.setOutputFileName(str(tmp_path / "absent" / "fiche.pdf"))
    page.paper._printer = printer
    page.paper._on_print_accepted()
    box = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    assert "imprimé" in box.text()
    box.close()
    window.close()


def test_a_bar_opens_the_contracts_of_its_month(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(demo_file, tmp_path, qtbot)
    window.navigation.go(commands.REPORTS.id)
    page = window.pages.reports
    page.show_month(NOVEMBER)
    page.figures.show_charts()
    bars = page.figures.charts[0]
    qtbot.wait(20)
    place = bars.box("CONTRACTS-2006-03").center().toPoint()
    assert bars.shape_at(place.toPointF()) == "CONTRACTS-2006-03"
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert page.cases.counted.text() == "68 dossiers"
    assert "mars 2006" in page.cases._title.text()
    page.cases.back_asked.emit()
    assert bars.hasFocus()
    for _step in range(3):
        press(Qt.Key.Key_Right)
    assert bars.accessibleDescription() == "juin 2006\u00a0: 83 contrats signés"
    press(Qt.Key.Key_Return)
    assert page.cases.counted.text() == "83 dossiers", "June"
    window.close()


def test_the_sheet_of_one_counsellor_is_of_that_counsellor(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened(demo_file, tmp_path, qtbot)
    window.navigation.go(commands.REPORTS.id)
    page = window.pages.reports
    page.show_month(NOVEMBER)
    unit = page.pdf
    page.choices._scope.set_text("CEF02")
    page.choices.changed.emit()
    assert page._sheet is not None
    assert page._sheet.scope.counsellor == "CEF02"
    assert page.pdf not in {b"", unit}
    page.open_line("CONTRACTS")
    rows = [page.cases.table.model().index(row, 0) for row in range(page.cases.table.model().rowCount())]
    assert len(rows) == page._sheet.lines[4].month.numerator  # type: ignore[union-attr]  # contracts of the month
    window.close()


def test_a_page_of_paper_comes_and_goes_without_harm(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    """A document that outlived its view wrote to freed memory at the end of the program."""
    from cef_desk.queries.month import month_sheet
    from cef_desk.reports.month_sheet import month_sheet_pdf
    from cef_desk.rules.period import Period
    from cef_desk.ui.kit.paper_view import PaperView

    desk = sit_down(Path(shutil.copy(demo_file, tmp_path / "demo.cefdesk")))
    pdf = month_sheet_pdf(desk.see(month_sheet, Period.month(2006, 11), date(2008, 1, 31)))
    for _turn in range(20):
        view = PaperView("paper", "Papier")
        children = [child for child in view.children() if type(child).__name__ in {"QPdfDocument", "QPdfView"}]
        assert [type(child).__name__ for child in children] == ["QPdfDocument", "QPdfView"]
        qtbot.addWidget(view)
        view.show()
        view.show_pdf(pdf)
        view.show_pdf(pdf)
        qtbot.wait(2)
    assert desk.see(count, people(asked())) == 2_220
    desk.close()
