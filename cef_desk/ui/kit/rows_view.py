"""The one table view: keeps its selection by id, orders by its titles, opens by Enter, remembers its columns."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from cef_desk.i18n import _
from cef_desk.queries.selection import Selection
from cef_desk.ui.kit import places, theme
from cef_desk.ui.kit.cells import CellDelegate
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.rows_model import RowsModel

_NARROWEST_NAME = 180
_WIDEST = 4_000


class RowsView(QTableView):
    """`row_chosen` carries the current row or none; `order_asked` an order and whether it goes down."""

    row_chosen = Signal(object)
    row_opened = Signal(object)
    order_asked = Signal(object, bool)
    several_chosen = Signal(int)
    row_missed = Signal()

    def __init__(
        self, seat: Seat, columns: Sequence[Column], name: str, *, late: Callable[[Any], bool] | None = None,
        edge: int = theme.EDGE, narrowest: int = _NARROWEST_NAME, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._narrowest = narrowest
        self.setObjectName(name)
        self._rows = RowsModel(seat.runner, columns, seat.mask, late, self)
        self._wanted: int | None = None
        self._stay, self._height, self._all = False, 0, False
        self._left_out: set[int] = set()
        self._moves = False
        self._sought: int | None = None
        self._order: tuple[StrEnum | None, bool] = (columns[0].order, False)
        self._hidden = {number for number, column in enumerate(columns) if not column.at_first}
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(self, self._rows.cell, edge))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress_header()
        self._restore()
        self._show_order()
        self._rows.reloaded.connect(self._on_reloaded)
        self._rows.grown_above.connect(self._on_grown_above)
        self._rows.rowsInserted.connect(self._on_rows_inserted)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def order(self) -> tuple[StrEnum | None, bool]:
        """What the list is ordered by, and whether it goes down."""
        return self._order

    def show_selection(self, selection: Selection[Any], *, stay: bool) -> None:
        """Shows a selection around the current row.

        When it no longer holds that row, or none was current, `stay` chooses nothing, so that nobody acts on somebody
        else; without `stay` (a filter or an order was chosen) the first row is current.
        """
        current = self._current()
        self._moves = self._moves or not stay
        self._stay = stay and (current is not None or self._rows.rowCount() > 0)
        self._wanted = current.id if current is not None else None
        self._height = self.visualRect(self.currentIndex()).top() if current is not None else 0
        self._rows.show(selection, self._wanted)

    def show_from_top(self, selection: Selection[Any]) -> None:
        """Shows a selection from its beginning, the first row current."""
        self._moves, self._stay, self._wanted = True, False, None
        self._rows.show(selection)

    def show_around(self, selection: Selection[Any], row_id: int) -> None:
        """Shows a selection with one of its rows current, or none when it does not hold that row: `row_missed`."""
        self._moves, self._sought = True, row_id
        self._stay, self._wanted, self._height = True, row_id, 0
        self._rows.show(selection, row_id)

    def chosen(self) -> Any | None:  # noqa: ANN401  a frozen row of whatever is shown
        """The current row; none while another selection is awaited, so that nobody acts on somebody else."""
        return None if self.moves else self._current()

    @property
    def moves(self) -> bool:
        """True from the asking of another selection to its coming."""
        return self._moves and self._rows.awaits

    def _current(self) -> Any | None:  # noqa: ANN401  as above
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def several(self) -> list[int] | None:
        """The keys of the rows selected together; none when it is all of them, read or not."""
        if self._all:
            return None
        return [self._rows.row(index.row()).id for index in self.selectionModel().selectedRows()]

    @property
    def left_out(self) -> frozenset[int]:
        """The keys taken out of all of them, one by one."""
        return frozenset(self._left_out) if self._all else frozenset()

    def choose(self, row_id: int) -> None:
        """Makes a row current if it is among those read."""
        place = self._rows.place_of(row_id)
        if place is not None:
            self.selectRow(place)

    def shown_columns(self) -> list[Column]:
        """The columns in view, from the left."""
        header = self.horizontalHeader()
        logical = [header.logicalIndex(visual) for visual in range(header.count())]
        return [self._rows.column(number) for number in logical if not self.isColumnHidden(number)]

    def ask_columns(self, at: QPoint) -> None:
        """The menu of the columns, at a place of the screen."""
        menu = QMenu(self)
        menu.setObjectName("columns_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number in range(1, self._rows.columnCount()):
            action = menu.addAction(self._rows.column(number).title)
            action.setCheckable(True)
            action.setChecked(number not in self._hidden)
            action.setData(number)
        menu.addSeparator()
        menu.addAction(_("Back to the columns at first")).setData(-1)
        menu.triggered.connect(self._on_column_asked)
        menu.popup(at)

    def reset_columns(self) -> None:
        """The columns as at first."""
        header = self.horizontalHeader()
        self._hidden = {number for number in range(header.count()) if not self._rows.column(number).at_first}
        for number in range(header.count()):
            header.moveSection(header.visualIndex(number), number)
            self.setColumnHidden(number, False)  # noqa: FBT003  Qt's own signature
            if number:
                header.resizeSection(number, theme.px(self._rows.column(number).width))
        self._share()

    def remember(self) -> None:
        """Keeps what the columns look like."""
        header = self.horizontalHeader()
        columns: list[places.Value] = [
            [self._rows.column(number).key, self._width(number), number in self._hidden]
            for number in (header.logicalIndex(visual) for visual in range(header.count()))
        ]
        places.keep(self.objectName(), {"columns": columns, "order": [self._order[0] or "", self._order[1]]})

    def selectAll(self) -> None:
        """Qt: all rows, those that were not read yet too."""
        super().selectAll()
        self._all = True
        self._left_out.clear()
        self.several_chosen.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the columns share the new width."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens the current row."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            return
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and not event.modifiers() and self._rows.rowCount():
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            row = self.chosen()
            if row is not None:
                self.row_opened.emit(row)
            return
        super().keyPressEvent(event)

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        ordered = any(self._rows.column(number).order is not None for number in range(self._rows.columnCount()))
        header.setSortIndicatorShown(ordered)
        header.setSectionsClickable(ordered)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setMinimumSectionSize(theme.px(48))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_menu_asked)
        header.sectionClicked.connect(self._on_title_clicked)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number in range(1, self._rows.columnCount()):
            header.resizeSection(number, theme.px(self._rows.column(number).width))

    def _width(self, number: int) -> int:
        """The width of a column at 100 %."""
        wide = self.horizontalHeader().sectionSize(number)
        return round(wide * 100 / theme.px(100)) if wide else self._rows.column(number).width

    def _restore(self) -> None:
        found = places.kept(self.objectName())
        columns = found.get("columns") if isinstance(found, dict) else None
        if not isinstance(found, dict) or not isinstance(columns, list):
            return
        numbers = {self._rows.column(number).key: number for number in range(self._rows.columnCount())}
        header, place = self.horizontalHeader(), 0
        for told in columns:
            match told:
                case [str(key), int(width), bool(hidden)] if key in numbers and 0 < width < _WIDEST:
                    number = numbers[key]
                    header.moveSection(header.visualIndex(number), place if number else 0)
                    place += 1
                    if number:
                        header.resizeSection(number, theme.px(width))
                        self._hidden = self._hidden | {number} if hidden else self._hidden - {number}
        match found.get("order"):
            case [str(code), bool(down)]:
                orders = {str(column.order): column.order for column in map(self._rows.column, numbers.values())}
                if code and code in orders:
                    self._order = (orders[code], down)

    def _share(self) -> None:
        """A narrow place shows the columns added and the first ones; the others give way from the right."""
        header = self.horizontalHeader()
        left = self.viewport().width() - theme.px(self._narrowest)
        numbers = [header.logicalIndex(visual) for visual in range(1, header.count())]
        for number in sorted(numbers, key=lambda each: self._rows.column(each).at_first):
            wanted = number not in self._hidden
            if wanted:
                left -= header.sectionSize(number) or theme.px(self._rows.column(number).width)
            self.setColumnHidden(number, not wanted or left < 0)
            if wanted and left >= 0 and not header.sectionSize(number):
                header.resizeSection(number, theme.px(self._rows.column(number).width))

    def _show_order(self) -> None:
        order, down = self._order
        number = next((n for n in range(self._rows.columnCount()) if self._rows.column(n).order == order), 0)
        sign = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, sign)

    def _on_menu_asked(self, place: QPoint) -> None:
        self.ask_columns(self.horizontalHeader().mapToGlobal(place))

    def _on_column_asked(self, action: QAction) -> None:
        number = action.data()
        if number < 0:
            self.reset_columns()
        else:
            self._hidden = self._hidden ^ {number}
            self._share()

    def _on_title_clicked(self, number: int) -> None:
        order = self._rows.column(number).order
        if order is not None:
            self._order = (order, order == self._order[0] and not self._order[1])
            self.order_asked.emit(*self._order)
        self._show_order()

    def _on_reloaded(self) -> None:
        self._all = self._moves = False
        place = self._rows.place_of(self._wanted) if self._wanted is not None else None
        if place is not None:
            self.selectRow(place)
            self._scroll_to(place * self.rowHeight(place) - self._height)
        elif self._rows.rowCount() and not self._stay:
            self.selectRow(0)
            self.scrollToTop()
        sought, self._sought = self._sought, None
        self.row_chosen.emit(self.chosen())
        if sought is not None and place is None:
            self.row_missed.emit()

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._all:
            rows = QItemSelection(self._rows.index(first, 0), self._rows.index(last, self._rows.columnCount() - 1))
            self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.Select)

    def _on_grown_above(self, rows: int) -> None:
        self._scroll_to(self.verticalScrollBar().value() + rows * self.rowHeight(0))

    def _on_scrolled(self, value: int) -> None:
        if value == 0:
            self._rows.fetch_before()

    def _scroll_to(self, value: int) -> None:
        """Moves the view by pixels, once Qt knows how many rows there are."""
        self.updateGeometries()
        self.verticalScrollBar().setValue(value)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._wanted = self._rows.row(current.row()).id
            self.row_chosen.emit(self._rows.row(current.row()))

    def _on_selection_changed(self, more: QItemSelection, fewer: QItemSelection) -> None:
        left = len(self.selectionModel().selectedRows())
        if self._all and left > 1 and (more.isEmpty() or fewer.isEmpty()):
            self._left_out |= self._keys(fewer)
            self._left_out -= self._keys(more)
            self.several_chosen.emit(-1)
            return
        self._all = False
        self.several_chosen.emit(left)

    def _keys(self, rows: QItemSelection) -> set[int]:
        return {self._rows.row(index.row()).id for index in rows.indexes()}

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.row(index.row()))
