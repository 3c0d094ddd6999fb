"""One day or a week, hour by hour."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from cef_desk.i18n import day_of_week
from cef_desk.ui.agenda.board import Block, Board
from cef_desk.ui.kit import theme

_GUTTER, _HEAD, _LEAST_HOUR, _LEAST_BLOCK = 48, 44, 40, 20
_FIRST, _LAST = 8, 19
_HOUR = 60
_SNAP = 15


class DaysBoard(Board):
    """Columns of days; two appointments at once stand side by side."""

    _hours = (_FIRST, _LAST)

    def show_days(self, days: Sequence[date], today: date, blocks: Sequence[Block], closed: Mapping[date, str]) -> None:
        """Shows some days; the hours in view, and which blocks stand side by side, are found once."""
        self._hours, self._lanes = _hours_of(blocks), _lanes(blocks)
        super().show_days(days, today, blocks, closed)

    def sizeHint(self) -> QSize:
        """Qt: an hour is never so low that its name cannot be read."""
        first, last = self._hours
        return QSize(theme.px(480), theme.px(_HEAD + _LEAST_HOUR * (last - first)))

    def minimumSizeHint(self) -> QSize:
        """Qt: as the size it asks for, narrower."""
        return QSize(theme.px(240), self.sizeHint().height())

    def place(self, block: Block) -> QRect:
        """Where a block stands, beside those of the same hour."""
        at = block.appointment.at
        if at.date() not in self.days:
            return QRect()
        column = self._column(self.days.index(at.date()))
        lane, lanes = self._lanes[block.appointment.id]
        width = (column.width() - theme.px(6)) // lanes
        top, bottom = self._y(at), self._y_of(_end(at, block.appointment.until))
        left = column.left() + theme.px(3) + lane * width
        return QRect(left, top + 1, width - (1 if lanes > 1 else 0), max(bottom - top - 1, theme.px(_LEAST_BLOCK)))

    def moment_at(self, point: QPoint) -> datetime | None:
        """The quarter of an hour under a point."""
        column = next((n for n in range(len(self.days)) if self._column(n).contains(point)), None)
        if column is None:
            return None
        first, last = self._hours
        minutes = round(((point.y() - theme.px(_HEAD)) / self._per_hour() * _HOUR + first * _HOUR) / _SNAP) * _SNAP
        minutes = min(max(minutes, first * _HOUR), last * _HOUR - _SNAP)
        return datetime.combine(self.days[column], time(minutes // _HOUR, minutes % _HOUR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: days, hours, what is closed, blocks, what is dragged."""
        del event
        painter = QPainter(self)
        worn = theme.tokens()
        painter.fillRect(self.rect(), QColor(worn.surface))
        for number, day in enumerate(self.days):
            self._paint_column(painter, number, day)
        self._paint_hours(painter)
        for block in self.blocks:
            if block.appointment.at.date() in self.days:
                self.paint_block(painter, self.place(block), block, lines=2)
        self._paint_heads(painter)
        ghost, dragged = self.ghost, self.dragged
        if ghost is not None and dragged is not None and ghost.date() in self.days:
            column = self._column(self.days.index(ghost.date()))
            height = self._y(ghost + timedelta(minutes=dragged.appointment.minutes)) - self._y(ghost)
            painter.setPen(QColor(worn.accent))
            painter.drawRect(
                QRect(column.left() + 3, self._y(ghost), column.width() - 6, max(height, theme.px(_LEAST_BLOCK)))
            )
            painter.drawText(column.left() + theme.px(10), self._y(ghost) + theme.px(14), f"{ghost:%H:%M}")

    def _paint_column(self, painter: QPainter, number: int, day: date) -> None:
        worn, column = theme.tokens(), self._column(number)
        if day in self.closed:
            painter.fillRect(column, QColor(worn.window))
        painter.setPen(QColor(worn.border))
        painter.drawLine(column.left(), 0, column.left(), self.height())

    def _paint_heads(self, painter: QPainter) -> None:
        """The names of the days stay in view while the hours go by."""
        worn, top = theme.tokens(), self.visibleRegion().boundingRect().top()
        painter.fillRect(QRect(0, top, self.width(), theme.px(_HEAD - 2)), QColor(worn.surface))
        for number, day in enumerate(self.days):
            column = self._column(number)
            head = QRect(column.left() + theme.px(8), top + theme.px(4), column.width() - theme.px(12), theme.px(18))
            painter.setFont(theme.font(theme.BODY_POINTS, strong=True))
            painter.setPen(QColor(worn.accent if day == self.today else worn.text))
            name = painter.fontMetrics().elidedText(day_of_week(day), Qt.TextElideMode.ElideRight, head.width())
            painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), name)
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            below = head.translated(0, theme.px(18))
            closed = self.closed.get(day, "")
            words = painter.fontMetrics().elidedText(closed, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_hours(self, painter: QPainter) -> None:
        worn = theme.tokens()
        first, last = self._hours
        painter.setFont(theme.font(theme.SMALL_POINTS))
        for hour in range(first, last + 1):
            y = self._y_of(hour * _HOUR)
            painter.setPen(QColor(worn.hairline))
            painter.drawLine(theme.px(_GUTTER), y, self.width(), y)
            painter.setPen(QColor(worn.muted))
            if hour < last:
                box = QRect(0, y, theme.px(_GUTTER - 6), theme.px(18))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{hour:02}:00")

    def _column(self, number: int) -> QRect:
        left, count = theme.px(_GUTTER), max(len(self.days), 1)
        room = self.width() - left
        start, end = left + room * number // count, left + room * (number + 1) // count
        return QRect(start, 0, end - start, self.height())

    def _per_hour(self) -> float:
        first, last = self._hours
        return (self.height() - theme.px(_HEAD)) / (last - first)

    def _y(self, at: datetime) -> int:
        return self._y_of(at.hour * _HOUR + at.minute)

    def _y_of(self, minutes: int) -> int:
        return theme.px(_HEAD) + round((minutes - self._hours[0] * _HOUR) / _HOUR * self._per_hour())


def _end(at: datetime, until: datetime) -> int:
    """Minutes from the midnight before `at`; what goes on after midnight ends with its day."""
    return until.hour * _HOUR + until.minute if until.date() == at.date() else 24 * _HOUR


def _hours_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """Those of the office, and more when something is early or late."""
    starts = [each.appointment.at.hour for each in blocks]
    ends = [_end(each.appointment.at, each.appointment.until) for each in blocks]
    return min([_FIRST, *starts]), max([_LAST, *(-(-minutes // _HOUR) for minutes in ends)])


def _lanes(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Which of how many columns each takes among those that stand upon each other, in turn or in a row."""
    found: dict[int, tuple[int, int]] = {}
    group: dict[int, int] = {}
    ends: list[datetime] = []
    for each in sorted((block.appointment for block in blocks), key=lambda each: (each.at, each.id)):
        if all(end <= each.at for end in ends):
            found |= {key: (lane, len(ends)) for key, lane in group.items()}
            group, ends = {}, []
        lane = next((number for number, end in enumerate(ends) if end <= each.at), len(ends))
        ends[lane : lane + 1] = [each.until]
        group[each.id] = lane
    return found | {key: (lane, len(ends)) for key, lane in group.items()}
