"""The one table model: windows of a selection, fetched as the view goes down."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cef_desk.errors import Told
from cef_desk.queries.selection import Anchor, Selection, Window, around, window
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.cells import Cell
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import as_plain_tooltip
from cef_desk.ui.kit.runner import Runner

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_PLACE = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_HORIZONTAL = Qt.Orientation.Horizontal
_LONGEST_CELL = 200
Index = QModelIndex | QPersistentModelIndex
Answer = tuple[Selection[Any], Window[Any]]


class RowsModel(QAbstractTableModel):
    """Frozen rows of one selection; it holds only the windows that were looked at."""

    reloaded = Signal()
    grown_above = Signal(int)

    def __init__(
        self, runner: Runner, columns: Sequence[Column], mask: Mask, late: Callable[[Any], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner = runner
        self._columns = tuple(columns)
        self._mask, self._late = mask, late
        mask.changed.connect(self._on_mask_changed)
        self._rows: list[Any] = []
        self._selection: Selection[Any] | None = None
        self._shown: Selection[Any] | None = None
        self._first: Anchor | None = None
        self._last: Anchor | None = None
        self._asked = False
        self._cells: dict[tuple[int, int], Cell] = {}

    def show(self, selection: Selection[Any], row_id: int | None = None) -> None:
        """Shows a selection around one row, or from its beginning."""
        self._selection, self._asked = selection, True
        self._runner.see(_opening, selection, row_id, then=self._on_opened, failed=self._on_failed)

    @property
    def awaits(self) -> bool:
        """True while the rows in view are still those of the selection before."""
        return self._shown is not self._selection

    def fetch_before(self) -> None:
        """Reads the window above the first row, where there is one."""
        if self._first is not None and not self._asked:
            self._asked = True
            self._runner.see(_window_before, self._selection, self._first, then=self._on_before, failed=self._on_failed)

    def row(self, number: int) -> Any:  # noqa: ANN401  a frozen row of whatever the selection holds
        """The frozen row at a place."""
        return self._rows[number]

    def place_of(self, row_id: int) -> int | None:
        """The place of a row by its id, none when it is not among those read."""
        return next((number for number, row in enumerate(self._rows) if row.id == row_id), None)

    def column(self, number: int) -> Column:
        """One column."""
        return self._columns[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Qt: rows read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as above
        """Qt: columns."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether the selection goes on."""
        return not parent.isValid() and self._last is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Qt: reads the next window."""
        if not self.canFetchMore(parent):
            return
        self._asked = True
        self._runner.see(_next_window, self._selection, self._last, then=self._on_next, failed=self._on_failed)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401  Qt's own signature
        """Qt: one cell."""
        if role not in {_DISPLAY, _TOOLTIP} or not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == _DISPLAY:
            return self.shown(column, row)
        whole = self._mask.private(column.whole(row)) if column.private else column.whole(row)
        return as_plain_tooltip(whole) if whole else None

    def cell(self, row_number: int, column_number: int) -> Cell:
        """What is painted of a cell, kept for the next time."""
        place = (row_number, column_number)
        cell = self._cells.get(place)
        if cell is None:
            cell = self._cells[place] = self._painted(
                self._columns[column_number], self._rows[row_number], first=column_number == 0
            )
        return cell

    def shown(self, column: Column, row: Any) -> str:  # noqa: ANN401  as above
        """The words of a cell as they may be shown now."""
        words = _short(column.whole(row))
        return self._mask.private(words) if column.private else words

    def _painted(self, column: Column, row: Any, *, first: bool) -> Cell:  # noqa: ANN401  as above
        worn = theme.tokens()
        mark = column.mark(row) if column.mark is not None else None
        text, rest = self.shown(column, row), ""
        if column.rest is not None and not (column.private and self._mask.on):
            text, rest = _short(column.text(row)), _short(column.rest(row))
        color = worn.muted if column.muted else worn.text
        if mark is not None:
            color = {"danger": worn.danger, "warning": worn.warning}.get(mark.tone, color)
        return Cell(
            text, rest, color, mark.icon if mark is not None else "", column.strong, column.number,
            first and self._late is not None and self._late(row),
        )  # fmt: skip

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: ANN401  Qt's own
        """Qt: one title."""
        if orientation is not _HORIZONTAL or not 0 <= section < len(self._columns):
            return None
        if role == _DISPLAY:
            return self._columns[section].title
        if role == _PLACE and self._columns[section].number:
            return _RIGHT
        return None

    def _on_mask_changed(self) -> None:
        self._cells.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))

    def _on_opened(self, answer: Answer) -> None:
        selection, found = answer
        if selection is not self._selection:
            return
        self.beginResetModel()
        self._shown = selection
        self._cells.clear()
        self._rows, self._first, self._last, self._asked = list(found.rows), found.first, found.last, False
        self.endResetModel()
        self.reloaded.emit()

    def _on_next(self, answer: Answer) -> None:
        selection, found = answer
        if selection is not self._selection:
            return
        self._last, self._asked = found.last, False
        if found.rows:
            count = len(self._rows)
            self.beginInsertRows(QModelIndex(), count, count + len(found.rows) - 1)
            self._rows.extend(found.rows)
            self.endInsertRows()

    def _on_before(self, answer: Answer) -> None:
        selection, found = answer
        if selection is not self._selection:
            return
        self._first, self._asked = found.first, False
        if found.rows:
            self.beginInsertRows(QModelIndex(), 0, len(found.rows) - 1)
            self._cells.clear()
            self._rows[:0] = found.rows
            self.endInsertRows()
            self.grown_above.emit(len(found.rows))

    def _on_failed(self, error: Told) -> None:
        self._asked, self._selection = False, self._shown
        self._runner.told.emit(error)


def _opening(session: Any, selection: Selection[Any], row_id: int | None) -> Answer:  # noqa: ANN401  a session is no word of this room
    found = None if row_id is None else around(session, selection, row_id)
    return selection, found or window(session, selection)


def _next_window(session: Any, selection: Selection[Any], anchor: Anchor) -> Answer:  # noqa: ANN401  as above
    return selection, window(session, selection, anchor)


def _window_before(session: Any, selection: Selection[Any], anchor: Anchor) -> Answer:  # noqa: ANN401  as above
    return selection, window(session, selection, anchor, backwards=True)


def _short(text: str) -> str:
    """As much as one line of a cell can hold."""
    line = text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"
    return " ".join(line.splitlines()) if "\n" in line else line
