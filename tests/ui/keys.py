"""Typing as a person does: key events that carry their text, accents included."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_text(text: str, widget: QWidget | None = None) -> None:
    """Types into a widget, by default the one that has the focus."""
    for mark in text:
        _send(Qt.Key.Key_unknown, mark, Qt.KeyboardModifier.NoModifier, widget)


def press(
    key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None
) -> None:
    """Presses one key."""
    _send(key, "", modifiers, widget)


def _send(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, widget: QWidget | None) -> None:
    target = widget or QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key.value, modifiers, text))
    QApplication.processEvents()
