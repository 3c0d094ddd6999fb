"""A month, a cell a day."""

from datetime import date, datetime, time

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent

from cef_desk.i18n import _, day_of_week, number
from cef_desk.ui.agenda.board import Block, Board
from cef_desk.ui.kit import theme

_WEEK, _HEAD, _TOP, _LINE = 7, 24, 22, 19
_LEAST_CELL = 84


class MonthBoard(Board):
    """Weeks from Monday; `day_asked` carries a day to see whole. The days of other months are muted."""

    day_asked = Signal(object)

    def sizeHint(self) -> QSize:
        """Qt: a day holds three lines at least."""
        return QSize(theme.px(560), theme.px(_HEAD + _LEAST_CELL * self._weeks()))

    def minimumSizeHint(self) -> QSize:
        """Qt: as the size it asks for, narrower."""
        return QSize(theme.px(280), self.sizeHint().height())

    def place(self, block: Block) -> QRect:
        """Where the line of a block stands; nothing for one that has no room."""
        day = block.appointment.at.date()
        if day not in self.days:
            return QRect()
        line = self._of(day).index(block)
        if line >= self._room(day):
            return QRect()
        cell = self._cell(self.days.index(day))
        top = cell.top() + theme.px(_TOP + line * _LINE)
        return QRect(cell.left() + theme.px(3), top, cell.width() - theme.px(6), theme.px(_LINE - 1))

    def moment_at(self, point: QPoint) -> datetime | None:
        """The day under a point, at the hour of what is dragged, or at nine."""
        place = next((n for n in range(len(self.days)) if self._cell(n).contains(point)), None)
        if place is None:
            return None
        hour = time(9) if self.dragged is None else self.dragged.appointment.at.time()
        return datetime.combine(self.days[place], hour)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: on the number of a day, or on what has no room, the day is seen whole."""
        point = event.position().toPoint()
        at = self.moment_at(point)
        if at is not None and self._block_at(point) is None:
            self.day_asked.emit(at.date())
        else:
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: names of days, cells, lines, what is dragged."""
        del event
        painter, worn = QPainter(self), theme.tokens()
        painter.fillRect(self.rect(), QColor(worn.surface))
        painter.setFont(theme.font(theme.SMALL_POINTS))
        painter.setPen(QColor(worn.muted))
        for place, day in enumerate(self.days[:_WEEK]):
            cell = self._cell(place)
            head = QRect(cell.left() + theme.px(6), 0, cell.width(), theme.px(_HEAD))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), day_of_week(day, numbered=False))
        for place, day in enumerate(self.days):
            self._paint_cell(painter, self._cell(place), day)
        if self.ghost is not None and self.ghost.date() in self.days:
            painter.setPen(QColor(worn.accent))
            painter.drawRect(self._cell(self.days.index(self.ghost.date())).adjusted(1, 1, -2, -2))

    def _paint_cell(self, painter: QPainter, cell: QRect, day: date) -> None:
        worn, closed = theme.tokens(), self.closed.get(day, "")
        here = day.month == self.days[len(self.days) // 2].month
        if closed:
            painter.fillRect(cell, QColor(worn.window))
        painter.setPen(QColor(worn.hairline))
        painter.drawLine(cell.topLeft(), cell.topRight())
        painter.drawLine(cell.topLeft(), cell.bottomLeft())
        head = QRect(cell.left() + theme.px(6), cell.top() + theme.px(2), cell.width() - theme.px(10), theme.px(18))
        painter.setFont(theme.font(theme.BODY_POINTS, strong=day == self.today))
        painter.setPen(QColor(worn.accent if day == self.today else worn.text if here else worn.muted))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), str(day.day))
        painter.setFont(theme.font(theme.SMALL_POINTS))
        painter.setPen(QColor(worn.muted))
        side = head.adjusted(theme.px(24), 0, 0, 0)
        words = painter.fontMetrics().elidedText(closed, Qt.TextElideMode.ElideRight, side.width())
        painter.drawText(side, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        blocks, room = self._of(day), self._room(day)
        for block in blocks[:room]:
            self.paint_block(painter, self.place(block), block, lines=1)
        if len(blocks) > room:
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            last = QRect(head.left(), cell.top() + theme.px(_TOP + room * _LINE), head.width(), theme.px(_LINE))
            painter.drawText(
                last, int(Qt.AlignmentFlag.AlignVCenter), _("{n} more").format(n=number(len(blocks) - room))
            )

    def _of(self, day: date) -> list[Block]:
        return [each for each in self.blocks if each.appointment.at.date() == day]

    def _room(self, day: date) -> int:
        """How many lines of a day are shown: one gives way to the count of the others."""
        lines = (self._cell(0).height() - theme.px(_TOP)) // theme.px(_LINE)
        return lines if len(self._of(day)) <= lines else max(lines - 1, 0)

    def _weeks(self) -> int:
        return max(len(self.days) // _WEEK, 1)

    def _cell(self, place: int) -> QRect:
        row, column = divmod(place, _WEEK)
        width, height = self.width(), self.height() - theme.px(_HEAD)
        left, right = width * column // _WEEK, width * (column + 1) // _WEEK
        top, bottom = height * row // self._weeks(), height * (row + 1) // self._weeks()
        return QRect(left, theme.px(_HEAD) + top, right - left, bottom - top)
