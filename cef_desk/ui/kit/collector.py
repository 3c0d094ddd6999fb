"""Python's collector, kept on the window's thread and out of Qt's calls.

A collection runs wherever something is allocated: on a worker's thread it destroys the widgets it finds in cycles, and
in the middle of a call of Qt into Python it frees what that call still holds. Both corrupt the heap. While the
program runs, collections run from a timer of the window's thread alone, when no such call is under way.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class WindowThreadCollector(QObject):
    """Takes over from the automatic collector until it is stopped, when the windows are gone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Gives the work back, once no other thread runs Python and no window is left."""
        self._timer.stop()
        gc.enable()

    def _on_tick(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counts) if count > most]
        if due:
            gc.collect(max(due))
