"""The one table view: keeps its selection by id, orders by its titles, opens by Enter."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cef_desk.queries.selection import Selection
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.rows_model import RowsModel
from cef_desk.ui.kit.runner import Runner

_NARROWEST_NAME = 200
_QT_MARGIN = 3
"""What Qt leaves at the left of a cell's text."""


class _EdgeDelegate(QStyledItemDelegate):
    """Lets the first column begin where the page's title does, its fill from edge to edge."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: paints one cell."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.tokens().weak)
        option.rect.setLeft(option.rect.left() + theme.px(theme.EDGE) - theme.px(theme.CELL_PADDING) - _QT_MARGIN)
        super().paint(painter, option, index)


class RowsView(QTableView):
    """`row_chosen` carries the current row or none; `order_asked` an order and whether it goes down."""

    row_chosen = Signal(object)
    row_opened = Signal(object)
    order_asked = Signal(object, bool)

    def __init__(self, runner: Runner, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows = RowsModel(runner, columns, self)
        self._wanted: int | None = None
        self._stay, self._height = False, 0
        self._order: tuple[StrEnum | None, bool] = (columns[0].order, False)
        self.setModel(self._rows)
        self.setItemDelegateForColumn(0, _EdgeDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(theme.px(48))
        header.sectionClicked.connect(self._on_title_clicked)
        for number, column in enumerate(columns):
            stretch = column.width == 0
            header.setSectionResizeMode(
                number, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
            )
            if not stretch:
                header.resizeSection(number, theme.px(column.width))
        self._show_order()
        self._rows.reloaded.connect(self._on_reloaded)
        self._rows.grown_above.connect(self._on_grown_above)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_selection(self, selection: Selection[Any], *, stay: bool) -> None:
        """Shows a selection around the current row.

        When it no longer holds that row, `stay` chooses nothing, so that nobody acts on somebody else; without `stay`
        (a filter or an order was chosen) the first row is current.
        """
        current = self.chosen()
        self._stay, self._wanted = stay and current is not None, current.id if current is not None else None
        self._height = self.visualRect(self.currentIndex()).top() if current is not None else 0
        self._rows.show(selection, self._wanted)

    def chosen(self) -> Any | None:  # noqa: ANN401  a frozen row of whatever is shown
        """The current row, or none."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def choose(self, row_id: int) -> None:
        """Makes a row current if it is among those read."""
        place = self._rows.place_of(row_id)
        if place is not None:
            self.selectRow(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow place shows the first columns; those that matter less give way from the right."""
        super().resizeEvent(event)
        left = self.viewport().width() - theme.px(_NARROWEST_NAME)
        for number in range(self._rows.columnCount()):
            width = theme.px(self._rows.column(number).width)
            left -= width
            self.setColumnHidden(number, left < 0 and number > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            row = self.chosen()
            if row is not None:
                self.row_opened.emit(row)
            return
        super().keyPressEvent(event)

    def _show_order(self) -> None:
        order, down = self._order
        number = next((n for n in range(self._rows.columnCount()) if self._rows.column(n).order == order), 0)
        sign = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, sign)

    def _on_title_clicked(self, number: int) -> None:
        order = self._rows.column(number).order
        if order is not None:
            self._order = (order, order == self._order[0] and not self._order[1])
            self.order_asked.emit(*self._order)
        self._show_order()

    def _on_reloaded(self) -> None:
        place = self._rows.place_of(self._wanted) if self._wanted is not None else None
        if place is not None:
            self.selectRow(place)
            self._scroll_to(place * self.rowHeight(place) - self._height)
        elif self._rows.rowCount() and not self._stay:
            self.selectRow(0)
            self.scrollToTop()
        self.row_chosen.emit(self.chosen())

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

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.row(index.row()))
