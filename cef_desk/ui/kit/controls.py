"""Buttons, made one way: named, told to assistive tools, with or without a picture."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from cef_desk.ui.kit import theme

Slot = Callable[[], object] | SignalInstance
"""What a press runs: a method, or a signal that goes on; never a signal's `emit`, whose binding loses references."""


class _Button(QPushButton):
    """Enter presses it as Space does, in a window as in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def button(name: str, words: str, slot: Slot, *, icon: str = "", main: bool = False, key: str = "") -> QPushButton:
    """A button with its words; `main` fills it, one a screen; `key` is shown beside the words."""
    made = _Button(f"{' ' if icon else ''}{words}{'  ' + key if key else ''}")
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setAutoDefault(False)
    if main:
        made.setProperty("role", "main")
    if icon:
        made.setIcon(theme.icon(icon, theme.tokens().on_accent if main else ""))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.clicked.connect(slot)
    return made


def icon_button(name: str, words: str, slot: Slot, icon: str) -> QToolButton:
    """A button of one picture; its words are its tooltip and its accessible name."""
    made = QToolButton()
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.setIcon(theme.icon(icon))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.clicked.connect(slot)
    return made
