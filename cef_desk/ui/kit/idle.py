"""Watching for a desk left alone: no key and no mouse for some minutes, or a computer that slept."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TICK_MS = 1000
_SLEPT_SECONDS = 60.0
_SIGNS_OF_LIFE = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class IdleWatch(QObject):
    """`left_alone` after `minutes` without a sign of life, and after a sleep; it goes on watching."""

    left_alone = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._clock = clock
        self._alive = self._looked = clock()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.look)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def start(self) -> None:
        """Begins to watch: somebody is there."""
        self._alive = self._looked = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Watches no more."""
        self._timer.stop()

    def look(self) -> None:
        """What is done every second."""
        now, before = self._clock(), self._looked
        self._looked = now
        if now < before:  # the clock was put back: counted from now
            self._alive = now
        slept = now - before > _SLEPT_SECONDS
        if slept or now - self._alive >= self.minutes * 60:
            self._alive = now
            self.left_alone.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt: a key or the mouse."""
        if event.type() in _SIGNS_OF_LIFE and event.spontaneous():
            self._alive = self._clock()
        return False
