"""One of a few, side by side: a row of joined buttons, one of them down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """`chosen` carries the code of the button pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._codes: dict[QPushButton, str] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def offer(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Shows some (code, words), one of them chosen."""
        for made in self._codes:
            self._group.removeButton(made)
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._codes = {}
        for place, (code, words) in enumerate(choices):
            made = QPushButton(words)
            made.setObjectName(f"{self.objectName()}_{code}")
            made.setAccessibleName(words)
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("role", "choice")
            made.setProperty("joined", "left" if place else "")
            made.setChecked(code == current)
            self._group.addButton(made)
            self._codes[made] = code
            self._row.addWidget(made)

    def current(self) -> str:
        """The code chosen."""
        return next((code for made, code in self._codes.items() if made.isChecked()), "")

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current())
