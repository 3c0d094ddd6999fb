"""How a cell is painted: its words at once, from one question to the model instead of Qt's seven."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cef_desk.ui.kit import theme

_BAR, _ICON, _ICON_GAP, _STYLE_MARGIN = 3, 16, 6, 3
_SELECTED = QStyle.StateFlag.State_Selected.value
_ELIDED = Qt.TextElideMode.ElideRight


class Cell(NamedTuple):
    """What is painted of a cell: `rest` are lighter words after the text, `late` the bar at the left edge."""

    text: str
    rest: str = ""
    color: str = ""
    icon: str = ""
    strong: bool = False
    right: bool = False
    late: bool = False


class CellDelegate(QStyledItemDelegate):
    """Paints every cell of a table; the first column begins where the page's title does."""

    def __init__(self, parent: QWidget, cell: Callable[[int, int], Cell], edge: int) -> None:
        super().__init__(parent)
        self._cell = cell
        self._edge, self._padding = edge, theme.px(theme.CELL_PADDING)
        self._weak, self._danger = QColor(theme.tokens().weak), QColor(theme.tokens().danger)
        self._colors: dict[str, QColor] = {}
        self._light, self._strong = (theme.font(theme.BODY_POINTS, strong=strong) for strong in (False, True))
        letters = theme.measures(strong=False)
        self._rise = letters.ascent() - letters.descent()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: paints one cell."""
        place, column = option.rect, index.column()
        if option.state.value & _SELECTED:  # as numbers: an operation on flags costs more than the painting
            painter.fillRect(place, self._weak)
        cell = self._cell(index.row(), column)
        left, top, height = place.x(), place.y(), place.height()
        if cell.late:
            painter.fillRect(left + self._edge // 2, top + 2, _BAR, height - 5, self._danger)
        start = left + self._start(column)
        room = left + place.width() - self._padding - start
        if cell.icon:
            side = theme.px(_ICON)
            theme.icon(cell.icon, cell.color).paint(painter, start, top + (height - side) // 2, side, side)
            start, room = start + side + _ICON_GAP, room - side - _ICON_GAP
        color = self._colors.get(cell.color)
        if color is None:
            color = self._colors[cell.color] = QColor(cell.color)
        painter.setPen(color)
        line = top + (height + self._rise) // 2
        kept = min(theme.width(" " + cell.rest), room // 3) if cell.rest else 0
        for text, strong, left_over in ((cell.text, cell.strong, kept), (cell.rest, False, 0)):
            if text and room > 0:
                beside, room = room, room - left_over
                wide = theme.width(text, strong=strong)
                painter.setFont(self._strong if strong else self._light)
                shown = text if wide <= room else theme.measures(strong=strong).elidedText(text, _ELIDED, room)
                painter.drawText(start + max(room - wide, 0) if cell.right else start, line, shown)
                wide = min(wide, room) + theme.width(" ", strong=strong)
                start, room = start + wide, beside - wide

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt: the room of all its words."""
        cell = self._cell(index.row(), index.column())
        wide = theme.width(cell.text, strong=cell.strong) + (theme.width(" " + cell.rest) if cell.rest else 0)
        picture = theme.px(_ICON) + _ICON_GAP if cell.icon else 0
        return QSize(self._start(index.column()) + picture + wide + self._padding + 1, option.rect.height())

    def _start(self, column: int) -> int:
        return self._padding + _STYLE_MARGIN if column else self._edge
