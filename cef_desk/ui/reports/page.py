"""Bilans: the month's sheet exactly as it will print, its figures beside it, the rows behind each."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.whole_files import write_bytes
from cef_desk.i18n import _, field_day, month_name, number, told
from cef_desk.queries.month import Line, MonthSheet, chart_cases, line_cases, month_sheet
from cef_desk.queries.report_choices import ReportChoices, report_choices
from cef_desk.rules.kinds import AccessAction, Subject
from cef_desk.rules.period import Period
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, line, tell
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.kit.paper_view import PaperView
from cef_desk.ui.reports.cases_panel import CasesPanel, FigureRows
from cef_desk.ui.reports.choices import SheetChoices, capital
from cef_desk.ui.reports.figures_panel import FiguresPanel, figure_words

_PANEL_WIDTH = 384
_NARROWEST_WITH_PAPER = 860
_NO_LIMIT = 16_777_215


@dataclass(frozen=True)
class _Rows:
    """The rows in view: of a line of the sheet in the column chosen, or of one month of a chart."""

    code: str
    part: str = "numerator"
    month: date | None = None


class ReportsPage(Page):
    """One sheet at a time. `saved` carries the name of a file written; a row asks for its person or company."""

    watches: ClassVar = frozenset(
        {
            Subject.PATHWAY, Subject.HOLDER, Subject.PRESENCE, Subject.CONTRACT, Subject.RUPTURE, Subject.EXIT,
            Subject.EXIT_CHECK, Subject.INTERACTION, Subject.OFFER, Subject.INSERTION_CONTRACT, Subject.UNIT,
            Subject.LIST_ENTRY, Subject.COUNSELLOR, Subject.COMPANY,
        }
    )  # fmt: skip

    saved = Signal(str)
    person_asked = Signal(object)
    company_asked = Signal(object)
    export_asked = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self.choices = SheetChoices(seat.today)
        self._sheet: MonthSheet | None = None
        self._open: _Rows | None = None
        self._print_asked = False
        self._paper_alone = False
        self.paper = PaperView("sheet_view", _("Monthly results sheet"))
        self.figures = FiguresPanel()
        self.cases = CasesPanel(seat)
        self._title = ElidedLabel(role="title", data=True)
        self._title.setObjectName("sheet_title")
        self._state = ElidedLabel(role="muted")
        self._trouble = PlainLabel(role="warning", wrap=True)
        self._trouble.setObjectName("sheet_trouble")
        self._workbook = icon_button("sheet_workbook", _("Export for a spreadsheet…"), self._on_workbook, "table-2")
        self._save = icon_button("save_sheet", _("Save as PDF…"), self._on_save, "file-down")
        self._print = button("print_sheet", _("Print…"), self.ask_printer, icon="printer", main=True, key="Ctrl+P")
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Counts and prints the sheet again; the rows in view too."""
        self.runner.see(report_choices, self.seat.today, then=self._on_choices)

    def show_month(self, first_day: date) -> None:
        """One month."""
        self.choices.show_month(first_day)

    @property
    def pdf(self) -> bytes:
        """The page in view, empty while there is none."""
        return self.paper.pdf

    def save_to(self, path: Path) -> None:
        """Writes the page in view, whole."""
        self._write(path, self.paper.pdf)

    def ask_printer(self) -> None:
        """Ctrl+P; a page that is still being counted is printed when it is there."""
        self._print_asked = not self.pdf
        if self.pdf:
            self.paper.ask_printer()

    def open_line(self, code: str) -> None:
        """Shows the rows behind a line of the sheet, in the column chosen."""
        self._open_rows(_Rows(code))

    def close_inner(self) -> bool:
        """Comes back to the figures; tells whether rows were shown."""
        was, self._open = self._panel.currentWidget() is self.cases, None
        if was:
            self._panel.setCurrentWidget(self.figures)
            self.figures.take_focus()
        return was

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow place the figures stand alone beside the choices."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Where there is no room for both, the sheet or the figures stand alone, by a button of the choices."""
        both = self.width() >= theme.px(_NARROWEST_WITH_PAPER)
        self.choices.offer_sheet(offered=not both, shown=self._paper_alone)
        self._middle.setVisible(both or self._paper_alone)
        self._panel.setVisible(both or not self._paper_alone)
        self._panel.setMaximumWidth(theme.px(_PANEL_WIDTH) if both else _NO_LIMIT)

    def _on_sheet_asked(self) -> None:
        self._paper_alone = not self._paper_alone
        self._share()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.INSIDE)
        head.addWidget(self._title, 1)
        for made in (self._workbook, self._save, self._print):
            head.addWidget(made)
        under = QHBoxLayout()
        under.addWidget(self._state, 1)
        for zoom in self.paper.zoom_buttons():
            under.addWidget(zoom)
        top = QVBoxLayout()
        top.setContentsMargins(theme.EDGE, theme.px(12), theme.GAP, theme.px(10))
        top.setSpacing(theme.px(6))
        top.addLayout(head)
        top.addLayout(under)
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addLayout(top)
        middle.addWidget(line())
        middle.addWidget(self._trouble)
        middle.addWidget(self.paper, 1)
        self._trouble.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.GAP)
        self._panel = QStackedWidget()
        self._panel.setMinimumWidth(theme.px(_PANEL_WIDTH))
        self._panel.setContentsMargins(theme.GAP, theme.px(12), theme.GAP, theme.px(8))
        self._panel.addWidget(self.figures)
        self._panel.addWidget(self.cases)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.choices)
        row.addWidget(line(upright=True))
        row.addWidget(self._middle, 1)
        row.addWidget(line(upright=True))
        row.addWidget(self._panel)

    def _connect(self) -> None:
        self.choices.changed.connect(self._count)
        self.choices.sheet_asked.connect(self._on_sheet_asked)
        self.figures.line_opened.connect(self.open_line)
        self.figures.point_opened.connect(self._on_point_opened)
        self.paper.failed.connect(self._on_not_printed)
        self.paper.printed.connect(self._on_printed)
        self.cases.back_asked.connect(self.close_inner)
        self.cases.part_asked.connect(self._on_part_asked)
        self.cases.person_asked.connect(self.person_asked)
        self.cases.company_asked.connect(self.company_asked)
        self.cases.export_asked.connect(self.export_asked)

    def _on_choices(self, found: ReportChoices) -> None:
        self.choices.offer(found)
        self._count()

    def _count(self) -> None:
        month = self.choices.month
        self._title.set_whole(capital(month_name(month)))
        if self._sheet is None or (self._sheet.month.first, self._sheet.scope.counsellor) != (
            month, self.choices.counsellor
        ):  # fmt: skip
            self._sheet = None
            self._show(b"")
            self.figures.show_sheet(None)
        period = Period.month(month.year, month.month)
        asked = (period, self.seat.today, self.choices.counsellor)
        self.runner.see(_printed, *asked, then=self._on_counted, failed=self._on_failed)

    def _on_counted(self, answer: tuple[MonthSheet, bytes]) -> None:
        sheet, pdf = answer
        if (sheet.month.first, sheet.scope.counsellor) != (self.choices.month, self.choices.counsellor):
            return
        self._sheet = sheet
        self._trouble.hide()
        self._show(pdf)
        running = sheet.month.last > sheet.today
        words = _("Provisional, counted at {day}") if running else _("Counted at {day}")
        self._state.set_whole(words.format(day=field_day(sheet.counted_at)))
        self.figures.show_sheet(sheet)
        self._list_rows()
        if self._print_asked:
            self.ask_printer()

    def _on_failed(self, error: Told) -> None:
        self._sheet, self._print_asked = None, False
        self.close_inner()
        self._show(b"")
        self._state.set_whole("")
        self.figures.show_sheet(None)
        self._trouble.setText(told(error))
        self._trouble.show()

    def _show(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)
        for made in (self._save, self._print, self._workbook):
            made.setEnabled(bool(pdf))

    def _list_rows(self) -> None:
        if self._sheet is None or self._open is None:
            return
        sheet, column, asked = self._sheet, self.figures.column, self._open
        item = next((each for each in sheet.lines if each.code == asked.code), None)
        if item is None or (asked.month is None and getattr(item, column) is None):
            self.close_inner()
        elif asked.month is not None:
            title = f"{_(item.label)}, {month_name(asked.month)}"
            about = FigureRows(title, self._scope_words(), capital(_(item.definition)), few=False, parts=())
            self.cases.explain(about, "")
            self.cases.list_rows(chart_cases(sheet, asked.code, asked.month))
        else:
            self.cases.explain(_explained(item, column, month_name(sheet.month.first), self._scope_words()), asked.part)
            self.cases.list_rows(line_cases(sheet, asked.code, column, asked.part))

    def _open_rows(self, rows: "_Rows") -> None:
        self._open = rows
        self._panel.setCurrentWidget(self.cases)
        self._list_rows()
        self.cases.table.setFocus()

    def _on_part_asked(self, part: str) -> None:
        if self._open is not None:
            self._open = replace(self._open, part=part)
            self._list_rows()

    def _on_point_opened(self, name: str) -> None:
        """A bar or a point of the charts: its rows."""
        code, _dash, month = name.partition("-")
        self._open_rows(_Rows(code, month=date.fromisoformat(f"{month}-01")))

    def _on_printed(self) -> None:
        self.runner.note(AccessAction.PRINTED, f"sheet:{self.choices.month:%Y-%m}")

    def _on_not_printed(self) -> None:
        tell(self, _("Nothing was printed: check the printer, or the folder the file was to go to."))

    def _on_save(self) -> None:
        pick_file(self, _("Save as PDF…"), "PDF (*.pdf)", self._on_save_chosen, save_as=f"{self._file_name()}.pdf")

    def _on_save_chosen(self, name: str) -> None:
        self.save_to(Path(name))

    def _on_workbook(self) -> None:
        kinds = _("Spreadsheets") + " (*.xlsx)"
        pick_file(
            self, _("Export for a spreadsheet…"), kinds, self._on_workbook_chosen, save_as=f"{self._file_name()}.xlsx"
        )

    def _on_workbook_chosen(self, name: str) -> None:
        from cef_desk.exchange.sheet_out import sheet_workbook

        if self._sheet is not None:
            self._write(Path(name), sheet_workbook(self._sheet))

    def _scope_words(self) -> str:
        code = self.choices.counsellor
        return _("counsellor {code}").format(code=code) if code else _("Whole unit").lower()

    def take_focus(self) -> None:
        """Puts the cursor in the figures."""
        self.figures.take_focus()

    def _file_name(self) -> str:
        scope = self.choices.counsellor
        return f"fiche-{self.choices.month:%Y-%m}{'-' + scope if scope else ''}"

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_bytes(path, content)
        except Told as error:
            tell(self, told(error))
        else:
            self.runner.note(AccessAction.EXPORTED, f"sheet:{self.choices.month:%Y-%m}")
            self.saved.emit(path.name)


def _printed(
    session: Any,  # noqa: ANN401  a session is no word of this room
    period: Period,
    today: date,
    counsellor: str | None,
) -> tuple[MonthSheet, bytes]:
    """Counts and prints on the worker's thread: ReportLab is loaded there, when it is first needed."""
    sheet = month_sheet(session, period, today, counsellor)
    from cef_desk.reports.month_sheet import month_sheet_pdf

    return sheet, month_sheet_pdf(sheet)


def _explained(item: Line, column: str, month: str, scope: str) -> FigureRows:
    found = getattr(item, column)
    parts: list[tuple[str, str]] = []
    if found.denominator is not None:
        parts = [
            ("numerator", _("The {n} counted").format(n=number(found.numerator))),
            ("denominator", _("The {n} in all").format(n=number(found.denominator))),
        ]
    when = {
        "month": month,
        "year": _("year to date, {month}").format(month=month),
        "opening": _("since the opening, {month}").format(month=month),
        "last_year": _("same month the year before {month}").format(month=month),
    }[column]
    return FigureRows(
        _(item.label), f"{figure_words(item, found)} — {when}, {scope}", capital(_(item.definition)), found.low_base,
        tuple(parts),
    )  # fmt: skip
