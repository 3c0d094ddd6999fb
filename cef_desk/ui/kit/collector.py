"""Python's collector, kept on the window's thread.

A collection may run on whatever thread allocates, and destroys the widgets it finds in cycles there: Qt then corrupts
the heap. While a worker lives, collections run from a timer of the window's thread alone.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class WindowThreadCollector(QObject):
    """Takes over from the automatic collector until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Gives the work back, once no other thread runs Python."""
        self._timer.stop()
        gc.enable()

    def _on_tick(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counts) if count > most]
        if due:
            gc.collect(max(due))
