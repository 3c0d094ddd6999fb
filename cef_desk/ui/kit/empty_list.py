"""What stands in place of a list that holds nothing: a sentence, and the button that goes on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import PlainLabel


class EmptyList(QWidget):
    """`pressed` when the way on is taken."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(role="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(f"{name}_empty_button", "", self.pressed)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self.setFocusProxy(self.button)

    def say(self, words: str, way_on: str) -> None:
        """Says why there is nothing; without a way on there is no button."""
        self._words.setText(words)
        self.button.setText(way_on)
        self.button.setAccessibleName(way_on)
        self.button.setVisible(bool(way_on))
