"""What was copied here does not stay on the clipboard: gone after half a minute, at the lock and at the end."""

import hashlib

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

_SECONDS = 30
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}
"""What asks the keepers of old clipboards to keep nothing: on Linux, on Windows."""


class ClipboardCare(QObject):
    """Remembers only a digest of what was copied from this program; what others copy is left alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._ours = b""
        self._timer = QTimer(self, singleShot=True, interval=_SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Empties the clipboard when it still holds what was copied here."""
        if self._ours and _digest(self._board.text()) == self._ours:
            self._board.clear()
        self._ours = b""

    def leave(self) -> None:
        """At the lock and at the end: the text selected last, which X11 pastes with the middle button, goes too."""
        self.clear()
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)

    def _on_changed(self) -> None:
        text = self._board.text()
        if text and (self._owns() or QGuiApplication.focusWindow() is not None):
            self._ours = _digest(text)
            self._timer.start()
            self._mark()

    def _owns(self) -> bool:
        return self._board.ownsClipboard()

    def _mark(self) -> None:
        copied = self._board.mimeData()
        if not self._owns() or copied is None or copied.hasFormat(next(iter(_HINTS))):
            return
        marked = QMimeData()
        for name in copied.formats():
            marked.setData(name, copied.data(name))
        for name, hint in _HINTS.items():
            marked.setData(name, hint)
        self._board.setMimeData(marked)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
