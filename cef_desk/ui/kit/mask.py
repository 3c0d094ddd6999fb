"""F12: names, addresses and phones are hidden while somebody sits beside."""

from PySide6.QtCore import QObject, Signal

HIDDEN = "••••••"


class Mask(QObject):
    """Whether what is private is hidden; `changed` asks every view to paint anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, on: bool = False) -> None:
        super().__init__(parent)
        self.on = on

    def turn(self) -> None:
        """On or off."""
        self.on = not self.on
        self.changed.emit()

    def private(self, text: str) -> str:
        """A private text as it may be shown now."""
        return HIDDEN if self.on and text else text
