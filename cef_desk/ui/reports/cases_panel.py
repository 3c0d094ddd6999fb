"""The rows behind a figure: what it says, its two parts, each row opens the person or the company."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.i18n import _, field_day, ngettext, number
from cef_desk.queries.cases import Case
from cef_desk.queries.selection import Selection, count
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.list_kind import ListToExport
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.rows_view import RowsView
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.kit.segments import Segments

_LEAST_ROWS = 200


@dataclass(frozen=True)
class FigureRows:
    """A figure to explain: `parts` are (code, words) of what can be listed."""

    title: str
    value: str
    definition: str
    few: bool
    parts: tuple[tuple[str, str], ...]


class CasesPanel(QWidget):
    """`back_asked` returns to the figures; `part_asked` wants another part; a row opens its person or company."""

    back_asked = Signal()
    part_asked = Signal(str)
    person_asked = Signal(object)
    company_asked = Signal(object)
    export_asked = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._selection: Selection[Case] | None = None
        self._about: tuple[str, ...] = ()
        self._back = button("cases_back", _("Figures"), self.back_asked, icon="chevron-left")
        self._export = icon_button("cases_export", _("Export these rows…"), self._on_export, "download")
        self._title = PlainLabel(role="section", wrap=True)
        self._value = PlainLabel(role="strong", wrap=True)
        self._definition = PlainLabel(role="muted", wrap=True)
        self._few = PlainLabel(_("Too few cases to conclude."), role="warning", wrap=True)
        self.parts = Segments("cases_part", _("Which rows"))
        self.parts.chosen.connect(self.part_asked)
        self.counted = PlainLabel(role="hint")
        self.counted.setObjectName("cases_count")
        self.table = RowsView(seat, _columns(), "cases_table", edge=theme.INSIDE, narrowest=140, parent=self)
        self.table.setProperty("edge", "near")
        self.table.setAccessibleName(_("Rows behind the figure"))
        self.table.row_opened.connect(self._on_row_opened)
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addStretch()
        head.addWidget(self._export)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        column.addLayout(head)
        for part in (self._title, self._value, self._definition, self._few, self.parts, self.counted):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme.px(_LEAST_ROWS))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def explain(self, figure: FigureRows, part: str) -> None:
        """Says what the figure is."""
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        self._definition.setText(figure.definition)
        self._definition.setVisible(bool(figure.definition))
        self._few.setVisible(figure.few)
        self.parts.offer(figure.parts, part)
        self.parts.setVisible(len(figure.parts) > 1)
        words = dict(figure.parts).get(part, "")
        self._about = tuple(text for text in (figure.value, figure.definition, words) if text)

    def list_rows(self, selection: Selection[Case]) -> None:
        """Shows the rows."""
        self._selection = selection
        self.counted.setText("")
        self.table.show_selection(selection, stay=False)
        self._seat.runner.see(count, selection, then=self._on_counted)

    def _on_counted(self, found: int) -> None:
        self.counted.setText(ngettext("{n} row", "{n} rows", found).format(n=number(found)))

    def _on_row_opened(self, case: Case) -> None:
        if case.pathway_id is not None:
            self.person_asked.emit(case.pathway_id)
        elif case.company_id is not None:
            self.company_asked.emit(case.company_id)

    def _on_export(self) -> None:
        if self._selection is None:
            return
        columns = _columns()
        self.export_asked.emit(
            ListToExport(self._title.text(), self._selection, None, columns, self._about, masked=self._seat.mask.on)
        )


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", _("Who"), _title, 0, muted=False, strong=True, private=True),
        Column("what", _("What"), _what, 104),
        Column("day", _("Day"), _day, 92, value=lambda row: row.day),
        Column("company", _("Company"), lambda row: row.company or "", 140, at_first=False),
        Column("counsellor", _("Counsellor"), lambda row: row.counsellor or "", 80, at_first=False),
    )


def _title(row: Case) -> str:
    return row.title


def _what(row: Case) -> str:
    return row.what or (row.company if row.person else "") or ""


def _day(row: Case) -> str:
    return field_day(row.day) if row.day else ""
