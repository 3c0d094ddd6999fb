"""A pathway as a bar: contracts as stretches, ruptures as crosses, the exit as a flag, meetings as dots."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cef_desk.i18n import _, month_of_axis, ngettext, number, short_day
from cef_desk.queries.timeline import Event, Moment
from cef_desk.rules.kinds import Kind, Outcome
from cef_desk.rules.period import add_months
from cef_desk.ui.kit import theme

_HEIGHT, _WORDS, _BAR, _DOTS, _AXIS = 92, 18, 20, 14, 18
_LEAST = timedelta(days=90)
_DOT = 5


class JourneyBar(QWidget):
    """From the entry to today, or to the last day that is planned."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("journey_bar")
        self.setAccessibleName(_("The journey"))
        self.setMinimumHeight(theme.px(_HEIGHT))
        self._moments: Sequence[Moment] = ()
        self._first = self._last = self._today = date.min

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(theme.px(320), theme.px(_HEIGHT))

    def show_journey(self, moments: Sequence[Moment], today: date) -> None:
        """Shows a pathway in place of the one before."""
        self._moments, self._today = moments, today
        days = {each.event: each.day for each in moments if each.event in {Event.PRESCRIPTION, Event.ENTRY}}
        waits = Event.ENTRY not in days
        entered = days.get(Event.ENTRY, days.get(Event.PRESCRIPTION, today))
        ends = [each.last_day for each in moments if each.last_day is not None and each.event is Event.CONTRACT]
        gone = [each.day for each in moments if each.event is Event.EXIT]
        self._first = entered
        self._last = max([entered + _LEAST, *(gone or [today]), *(day for day in ends if not gone)])
        counts = {event: sum(each.event is event for each in moments) for event in (Event.CONTRACT, Event.RUPTURE)}
        self.setAccessibleDescription(
            ", ".join(
                (
                    (_("waits since {day}") if waits else _("entered on {day}")).format(day=short_day(entered)),
                    ngettext("{n} contract", "{n} contracts", counts[Event.CONTRACT]).format(
                        n=number(counts[Event.CONTRACT])
                    ),
                    ngettext("{n} rupture", "{n} ruptures", counts[Event.RUPTURE]).format(
                        n=number(counts[Event.RUPTURE])
                    ),
                    *(_("exit on {day}").format(day=short_day(day)) for day in gone),
                )
            )
        )
        self.update()

    def x_of(self, day: date) -> int:
        """Where a day stands."""
        length = max((self._last - self._first).days, 1)
        return round((self.width() - 1) * min(max((day - self._first).days / length, 0), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: months, contracts with their names, ruptures and exit, meetings, today."""
        del event
        painter, worn = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(painter)
        free = 0
        for each in sorted(self._moments, key=lambda each: each.at):
            if each.event is Event.CONTRACT:
                free = self._paint_contract(painter, each, free)
            elif each.event is Event.RUPTURE:
                self._paint_cross(painter, self.x_of(each.day))
            elif each.event is Event.EXIT:
                self._paint_flag(painter, self.x_of(each.day))
            elif each.event is Event.INTERACTION and each.what == Kind.MEETING and each.outcome is not None:
                self._paint_dot(painter, each)
        painter.setPen(QPen(QColor(worn.text), 2))
        x = self.x_of(self._today)
        if self._first <= self._today <= self._last:
            painter.drawLine(x, theme.px(_WORDS), x, theme.px(_WORDS + _BAR + _DOTS))

    def _paint_months(self, painter: QPainter) -> None:
        worn = theme.tokens()
        painter.setFont(theme.font(theme.SMALL_POINTS))
        month, free = self._first.replace(day=1), 0
        bottom = theme.px(_WORDS + _BAR + _DOTS)
        painter.setPen(QColor(worn.border))
        painter.drawLine(0, bottom, self.width(), bottom)
        while month <= self._last:
            x = self.x_of(month)
            painter.setPen(QColor(worn.hairline))
            painter.drawLine(x, theme.px(_WORDS), x, bottom)
            words = month_of_axis(month)
            wide = painter.fontMetrics().horizontalAdvance(words)
            if x >= free and x + wide < self.width():
                painter.setPen(QColor(worn.muted))
                painter.drawText(x + 2, bottom + theme.px(_AXIS) - theme.px(4), words)
                free = x + wide + theme.px(8)
            month = add_months(month, 1)

    def _paint_contract(self, painter: QPainter, each: Moment, free: int) -> int:
        worn = theme.tokens()
        last = each.last_day or self._last
        broken = next((one.day for one in self._moments if one.event is Event.RUPTURE and one.where == each.where
                       and each.day <= one.day <= last), None)  # fmt: skip
        start, end = self.x_of(each.day), self.x_of(broken or last)
        box = QRect(start, theme.px(_WORDS), max(end - start, theme.px(4)), theme.px(_BAR))
        painter.fillRect(box, QColor(worn.weak))
        past = self.x_of(min(broken or last, self._today))
        if each.day <= self._today:
            painter.fillRect(QRect(start, box.top(), max(past - start, theme.px(4)), box.height()), QColor(worn.accent))
        if start < free:
            return free
        painter.setFont(theme.font(theme.SMALL_POINTS))
        painter.setPen(QColor(worn.text))
        words = f"{each.what}, {each.where}" if each.where else each.what
        room = QRect(start, 0, self.width() - start, theme.px(_WORDS))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, min(room.width(), theme.px(220)))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return start + painter.fontMetrics().horizontalAdvance(shown) + theme.px(8)

    def _paint_cross(self, painter: QPainter, x: int) -> None:
        painter.setPen(QPen(QColor(theme.tokens().danger), 2))
        side, y = theme.px(5), theme.px(_WORDS + _BAR // 2)
        painter.drawLine(QPoint(x + 3, y - side), QPoint(x + 3 + 2 * side, y + side))
        painter.drawLine(QPoint(x + 3, y + side), QPoint(x + 3 + 2 * side, y - side))

    def _paint_flag(self, painter: QPainter, x: int) -> None:
        side = theme.px(_DOTS)
        picture = theme.icon("log-out", theme.tokens().success).pixmap(side, side)
        painter.drawPixmap(min(x, self.width() - side), theme.px(_WORDS + _BAR), picture)

    def _paint_dot(self, painter: QPainter, each: Moment) -> None:
        worn, missed = theme.tokens(), each.outcome != Outcome.HELD
        side = theme.px(_DOT)
        painter.setPen(QPen(QColor(worn.danger if missed else worn.muted), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if missed else QColor(worn.muted))
        painter.drawEllipse(self.x_of(each.day) - side // 2, theme.px(_WORDS + _BAR + 4), side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
