"""Ctrl+K: one field for everything, its answers under it; the cursor goes back where it was."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.fields import LONGEST_SEARCH
from cef_desk.ui.kit.lines import Line, LinesView

_PAUSE_MS = 60
_HEIGHT, _WIDTH = 460, 560
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SearchField(QLineEdit):
    """`asked` carries what was typed, at once when the field opens and after a rest of the keys."""

    asked = Signal(str)
    opened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("global_search")
        self.setAccessibleName(_("Search people, companies, notes and commands"))
        self.setPlaceholderText(_("Person, company, note or command"))
        self.setMaxLength(LONGEST_SEARCH)
        self.setMaximumWidth(theme.px(440))
        self.setMinimumWidth(theme.px(160))
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        for picture in self.findChildren(QToolButton):
            picture.setAccessibleName(_("Search everything"))
        self._window = window
        self._before: QWidget | None = None
        self._answered: str | None = None
        self._opens_next = False
        self._popup = QFrame(window)
        self._popup.setObjectName("palette")
        self._popup.hide()
        self._list = LinesView("palette_list", _("What was found"), edge=12, parent=self._popup)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.line_pressed.connect(self._open_key)
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(1, theme.px(4), 1, theme.px(4))
        column.addWidget(self._list)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_rest)
        self.textEdited.connect(self._on_typed)
        window.installEventFilter(self)

    def open(self) -> None:
        """Takes the cursor, from wherever it is."""
        focused = QApplication.focusWidget()
        self._before = focused if focused is not self else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._on_rest()

    def show_lines(self, typed: str, lines: Sequence[Line]) -> None:
        """Shows the answers to what was typed; those to something typed before are passed over."""
        if typed != self.text() or not self.hasFocus():
            return
        self._answered = typed
        self._list.set_lines(lines)
        first = next((row for row, line in enumerate(lines) if line.key is not None), -1)
        self._list.setCurrentRow(first)
        self._place()
        self._popup.show()
        self._popup.raise_()
        if self._opens_next:
            self._open_current()

    def lines(self) -> list[Line]:
        """What is shown now."""
        return [self._list.line(row) for row in range(self._list.count())] if self._popup.isVisible() else []

    def leave(self) -> None:
        """Closes, empties, and gives the cursor back."""
        self._popup.hide()
        self._pause.stop()
        self._answered, self._opens_next = None, False
        self.clear()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        else:
            self.clearFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows move in the answers, Enter opens one, Esc leaves."""
        if event.key() in _MOVES:
            self._list.keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_when_answered()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the field shows its answers as soon as it has the cursor."""
        super().focusInEvent(event)
        self._pause.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the answers go with the cursor."""
        super().focusOutEvent(event)
        self._popup.hide()
        self._opens_next = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the answers follow the window's size."""
        if watched is self._window and event.type() is QEvent.Type.Resize and self._popup.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_rest(self) -> None:
        self.asked.emit(self.text())

    def _on_typed(self) -> None:
        self._opens_next = False
        self._pause.start()

    def _open_when_answered(self) -> None:
        """Enter: the lines in view may still answer fewer letters; what opens answers all of them."""
        if self._popup.isVisible() and self._answered == self.text():
            self._open_current()
            return
        self._opens_next = True
        self._pause.stop()
        self._on_rest()

    def _open_current(self) -> None:
        self._opens_next = False
        row = self._list.currentRow()
        if self._popup.isVisible() and row >= 0:
            self._open_key(self._list.line(row).key)

    def _open_key(self, key: object) -> None:
        if key is not None:
            self.leave()
            self.opened.emit(key)

    def _place(self) -> None:
        corner = self.mapTo(self._window, self.rect().bottomLeft())
        width = min(max(theme.px(_WIDTH), self.width()), self._window.width() - corner.x() - theme.px(8))
        wanted = sum(self._list.sizeHintForRow(row) for row in range(self._list.count())) + theme.px(16)
        height = min(theme.px(_HEIGHT), wanted, self._window.height() - corner.y() - theme.px(24))
        self._popup.setGeometry(corner.x(), corner.y() + theme.px(4), width, height)
