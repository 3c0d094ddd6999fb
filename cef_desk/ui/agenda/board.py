"""What the two boards of the agenda share: blocks that are chosen, opened and moved, by keys and by mouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from cef_desk.queries.diary import Appointment
from cef_desk.rules.working_days import next_working, previous_working
from cef_desk.ui.kit import theme

_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_DRAG = 6


@dataclass(frozen=True)
class Block:
    """One appointment as a board shows it: with whom, about what.

    `tone` is accent to come, warning to fill in or missed, none once held.
    """

    appointment: Appointment
    who: str
    detail: str
    tone: str
    spoken: str


class Board(QWidget):
    """`chosen` carries an appointment or none, `opened` one, `moved` one and when to, `slot_asked` a free moment.

    `shown` carries the place of what was chosen.
    """

    chosen = Signal(object)
    opened = Signal(object)
    moved = Signal(object, object)
    slot_asked = Signal(object)
    shown = Signal(object)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.days: Sequence[date] = ()
        self.today = date.min
        self.blocks: Sequence[Block] = ()
        self.closed: Mapping[date, str] = {}
        self._current: int | None = None
        self._pressed: tuple[Block, QPoint] | None = None
        self._ghost: datetime | None = None

    def show_days(self, days: Sequence[date], today: date, blocks: Sequence[Block], closed: Mapping[date, str]) -> None:
        """Shows some days; what was chosen stays chosen. `closed` says why a day is not worked."""
        self.days, self.today, self.blocks, self.closed = days, today, blocks, closed
        if self.current() is None:
            self._current = next((each.appointment.id for each in blocks if each.appointment.at.date() >= today), None)
        self._tell()
        self.updateGeometry()
        self.update()

    def current(self) -> Block | None:
        """The block chosen."""
        return next((each for each in self.blocks if each.appointment.id == self._current), None)

    def choose(self, appointment_id: int | None) -> None:
        """Chooses an appointment in view."""
        self._current = appointment_id
        self._tell()
        self.update()
        current = self.current()
        if current is not None:
            self.shown.emit(self.place(current))

    def place(self, block: Block) -> QRect:
        """Where a block stands."""
        raise NotImplementedError

    def moment_at(self, point: QPoint) -> datetime | None:
        """The day and hour under a point, none outside of the days."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows choose, with Shift they move what is chosen, Enter opens it."""
        key, current = event.key(), self.current()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        step = {
            Qt.Key.Key_Up: -_QUARTER, Qt.Key.Key_Down: _QUARTER, Qt.Key.Key_Left: -_DAY, Qt.Key.Key_Right: _DAY,
        }.get(Qt.Key(key))  # fmt: skip
        if step is not None and shift and current is not None:
            self.moved.emit(current.appointment, _worked(current.appointment.at + step, step))
        elif step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(sideways=abs(step) == _DAY, forward=step > timedelta(0))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current is not None:
            self.opened.emit(current.appointment)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: under the mouse, the whole of a block that has little room."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self._block_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if block is None else escape(block.spoken), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: chooses what is under the mouse."""
        point = event.position().toPoint()
        block = self._block_at(point)
        self.choose(None if block is None else block.appointment.id)
        self._pressed = None if block is None else (block, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: drags what was pressed."""
        point = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.PointingHandCursor if self._block_at(point) else Qt.CursorShape.ArrowCursor)
            return
        block, start = self._pressed
        if (point - start).manhattanLength() >= _DRAG and block.appointment.outcome is None:
            self._ghost = self.moment_at(self.place(block).topLeft() + point - start + QPoint(2, 2))
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: lets go of what was dragged."""
        del event
        pressed, ghost = self._pressed, self._ghost
        self._pressed = self._ghost = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if pressed is not None and ghost is not None and ghost != pressed[0].appointment.at:
            self.moved.emit(pressed[0].appointment, ghost)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: opens an appointment, or asks for one where there is none."""
        point = event.position().toPoint()
        block, free = self._block_at(point), self.moment_at(point)
        if block is not None:
            self.opened.emit(block.appointment)
        elif free is not None:
            self.slot_asked.emit(free)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the ring of what is chosen shows."""
        super().focusInEvent(event)
        self.update()

    def paint_block(self, painter: QPainter, rect: QRect, block: Block, *, lines: int) -> None:
        """One block: a coloured bar, hour and name, what it is about."""
        worn, chosen = theme.tokens(), block.appointment.id == self._current
        tone = {"accent": worn.accent, "warning": worn.warning}.get(block.tone, worn.border)
        painter.fillRect(rect, QColor(worn.weak if block.tone or chosen else worn.window))
        painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), QColor(tone))
        words = rect.adjusted(theme.px(8), theme.px(1), -theme.px(4), -theme.px(1))
        painter.setFont(theme.font(theme.SMALL_POINTS, strong=True))
        painter.setPen(QColor(worn.text if block.tone else worn.muted))
        metrics = painter.fontMetrics()
        whole = f"{block.appointment.at:%H:%M} {block.who}"
        if metrics.horizontalAdvance(whole) > words.width() and lines > 1:
            whole = block.who  # where it stands tells the hour
        title = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignTop), title)
        if lines > 1 and words.height() >= 2 * metrics.height():
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            below = words.adjusted(0, metrics.height(), 0, 0)
            detail = painter.fontMetrics().elidedText(block.detail, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignTop), detail)
        if chosen and self.hasFocus():
            painter.setPen(QColor(worn.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    @property
    def ghost(self) -> datetime | None:
        """Where what is dragged would fall."""
        return self._ghost

    @property
    def dragged(self) -> Block | None:
        """What is dragged."""
        return None if self._pressed is None else self._pressed[0]

    def _block_at(self, point: QPoint) -> Block | None:
        return next((each for each in reversed(self.blocks) if self.place(each).contains(point)), None)

    def _step(self, *, sideways: bool, forward: bool) -> None:
        ordered = sorted(self.blocks, key=lambda each: (each.appointment.at, each.appointment.id))
        current = self.current()
        if current is None:
            self.choose(ordered[0].appointment.id if ordered else None)
            return
        here = ordered.index(current)
        rest = ordered[here + 1 :] if forward else ordered[:here][::-1]
        day = current.appointment.at.date()
        found = next((each for each in rest if not sideways or each.appointment.at.date() != day), None)
        if found is not None:
            self.choose(found.appointment.id)

    def _tell(self) -> None:
        current = self.current()
        self.setAccessibleDescription("" if current is None else current.spoken)
        self.chosen.emit(None if current is None else current.appointment)


def _worked(at: datetime, step: timedelta) -> datetime:
    """The moment; moved by days, on a day that is worked."""
    if abs(step) < _DAY:
        return at
    day = next_working(at.date()) if step > timedelta(0) else previous_working(at.date())
    return datetime.combine(day, at.time())
