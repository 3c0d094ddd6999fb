"""The fields of forms: label above, words under it when something is wrong or understood."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import PlainLabel

V = TypeVar("V")
_KEPT_BY_WINDOW = (Qt.Key.Key_E,)


LONGEST_SEARCH = 200


class FilterEdit(QLineEdit):
    """The line that filters a list: Enter and Down go on to the list, and the window keeps its Ctrl+E."""

    left_downwards = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_SEARCH)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):
            clear.setAccessibleName(_("Clear"))

    def event(self, event: QEvent) -> bool:
        """Qt: some systems give Ctrl+E to every line as *end of line*."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _KEPT_BY_WINDOW
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Down leave for the list."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


_OPTIONS_IN_A_ROW = 3
_SHORTEST_CHOICE = 8


class Field(QWidget, Generic[V]):
    """One question of a form. `value` is none when nothing is typed or it cannot be read; `text` is what was typed."""

    edited = Signal()
    goes_on: ClassVar[bool] = True
    """True when Enter in its line goes on to the next field."""

    def __init__(self, label: str, name: str, editor: QWidget, width: int = 0) -> None:
        super().__init__()
        self.editor = editor
        editor.setObjectName(name)
        editor.setAccessibleName(label)
        self.fixed = bool(width)
        if width:
            editor.setFixedWidth(theme.px(width))
        self.label = PlainLabel(label, role="hint")
        self.label.setBuddy(editor)
        self.words = PlainLabel(role="hint", wrap=True)
        self.words.setVisible(False)
        self._error, self._doubtful = "", False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.words)
        self.setFocusProxy(editor)

    def put_beside_label(self, other: QWidget) -> None:
        """Something small at the right of the label."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made above
        column.removeWidget(self.label)
        row.addWidget(self.label)
        row.addStretch()
        row.addWidget(other)
        column.insertLayout(0, row)

    @property
    def name(self) -> str:
        """The object name of the editor, by which tests and help find it."""
        return self.editor.objectName()

    def value(self) -> V | None:
        """What is meant."""
        raise NotImplementedError

    def text(self) -> str:
        """What was typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Puts back what was typed."""
        raise NotImplementedError

    def complaint(self) -> str:
        """Why what is typed cannot be read, empty when it can."""
        return ""

    def explanation(self) -> str:
        """What was understood, shown under the field."""
        return ""

    def doubt(self) -> str:
        """What looks wrong and is kept all the same, shown under the field."""
        return ""

    def refuse(self, sentence: str, *, doubtful: bool = False, row: int | None = None) -> None:
        """Marks the field with a sentence, milder when it is only doubtful; an empty one clears the mark.

        `row` is the one it is about, in a field of several.
        """
        del row
        self._error, self._doubtful = sentence, doubtful
        self._show_words()

    def check(self) -> bool:
        """Marks the field when it cannot be read; true when it can."""
        self.refuse(self.complaint())
        return not self._error

    @property
    def error(self) -> str:
        """The sentence the field is marked with."""
        return self._error

    def _on_edited(self) -> None:
        self._error = ""
        self._show_words()
        self.edited.emit()

    def _show_words(self) -> None:
        doubt = self.doubt()
        wrong = bool(self._error) and not self._doubtful
        role, sign = ("error", "✕") if wrong else ("warning", "!") if doubt or self._error else ("success", "✓")
        words = self._error or doubt or self.explanation()
        self.words.setProperty("role", role)
        self.editor.setProperty("state", "error" if wrong else "")
        self.editor.setAccessibleDescription(words)
        self.words.setText(f"{sign} {words}" if words else "")
        self.words.setVisible(bool(words))
        for widget in (self.words, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class LineField(Field[V]):
    """A field of one line that is checked on leaving it; `entered` when Enter ends it."""

    entered = Signal()

    def __init__(self, label: str, name: str, width: int = 0) -> None:
        self._line = QLineEdit()
        super().__init__(label, name, self._line, width)
        self._line.textEdited.connect(self._on_edited)
        self._line.returnPressed.connect(self.entered)
        self._line.installEventFilter(self)

    def text(self) -> str:
        """What was typed."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Puts back what was typed."""
        self._line.setText(text)
        self._show_words()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: leaving the field checks it and settles its spelling."""
        left = event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent)
        if left and self.text().strip() and not self.error and self.check():
            self.settle()
        return super().eventFilter(watched, event)

    def select(self) -> None:
        """Selects what was typed and takes the focus."""
        self._line.selectAll()
        self._line.setFocus()

    def settle(self) -> None:
        """Writes what was understood in its usual spelling."""


class TextField(LineField[str]):
    """A short text; what it may be is proposed as it is typed."""

    def suggest(self, words: Sequence[str]) -> None:
        """Proposes some words; the only one fills an empty field."""
        completer = QCompleter(list(words), self._line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)
        if len(words) == 1 and not self.text().strip():
            self.set_text(words[0])
            self.edited.emit()

    def value(self) -> str:
        """The text without the spaces around."""
        return self.text().strip()


class NoteField(Field[str]):
    """A longer text; Tab leaves it, Enter is a new line, and it grows to three times its lines."""

    def __init__(self, label: str, name: str, lines: int, hint: str = "") -> None:
        self._note = QPlainTextEdit()
        self._note.setPlaceholderText(hint)
        self._note.setTabChangesFocus(True)
        super().__init__(label, name, self._note)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._note.textChanged.connect(self._on_edited)
        self._note.document().documentLayout().documentSizeChanged.connect(self._make_room)
        self._make_room()

    def value(self) -> str:
        """The text without the blank lines around."""
        return self._note.toPlainText().strip()

    def text(self) -> str:
        """What was typed."""
        return self._note.toPlainText()

    def set_text(self, text: str) -> None:
        """Puts back what was typed."""
        self._note.setPlainText(text)
        self._note.moveCursor(QTextCursor.MoveOperation.End)

    def _make_room(self) -> None:
        lines = min(max(self._lines, int(self._note.document().size().height())), 3 * self._lines)
        self._note.setFixedHeight(self._note.fontMetrics().lineSpacing() * lines + theme.px(20))


Choices = Sequence[tuple[str, str]]


class ComboBox(QComboBox):
    """A choice that the wheel does not change while the form goes by under it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the wheel belongs to what scrolls."""
        event.ignore()


class ChoiceField(Field[str]):
    """One of a list: (code, words)."""

    def __init__(self, label: str, name: str, choices: Choices, width: int = 0) -> None:
        self._box = ComboBox()
        super().__init__(label, name, self._box, width)
        self.offer(choices)
        self._box.setMinimumContentsLength(_SHORTEST_CHOICE)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self._on_edited)

    def offer(self, choices: Choices) -> None:
        """Other choices than before."""
        self._box.clear()
        for code, words in choices:
            self._box.addItem(words, code)

    def value(self) -> str:
        """The code chosen, empty when nothing is offered."""
        return str(self._box.currentData() or "")

    def text(self) -> str:
        """The code chosen."""
        return self.value()

    def set_text(self, text: str) -> None:
        """Chooses a code; one that is not offered changes nothing."""
        place = self._box.findData(text)
        if place >= 0:
            self._box.setCurrentIndex(place)


class OptionsField(Field[str]):
    """One of a few, all in sight: (code, words); the arrows move between them."""

    def __init__(self, label: str, name: str, choices: Choices) -> None:
        holder = QWidget()
        self._group = QButtonGroup(holder)
        self._codes: dict[QAbstractButton, str] = {}
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for place, (code, words) in enumerate(choices):
            button = QPushButton(words)
            button.setObjectName(f"{name}_{code or 'none'}")
            button.setAccessibleName(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "choice")
            row, column = divmod(place, _OPTIONS_IN_A_ROW)
            button.setProperty("joined", f"{'left' if column else ''}{'top' if row else ''}")
            self._group.addButton(button)
            self._codes[button] = code
            grid.addWidget(button, row, column)
        super().__init__(label, name, holder)
        self._group.buttonToggled.connect(self._rove)
        self._group.buttons()[0].setChecked(True)
        self._group.buttonClicked.connect(self._on_edited)

    def value(self) -> str:
        """The code chosen."""
        checked = self._group.checkedButton()
        return self._codes[checked] if checked is not None else ""

    def text(self) -> str:
        """The code chosen."""
        return self.value()

    def buttons(self) -> list[QAbstractButton]:
        """The options, in their order."""
        return list(self._codes)

    def _rove(self) -> None:
        """Tab comes to the one chosen alone, from either side."""
        for button in self._codes:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)
        if (checked := self._group.checkedButton()) is not None:
            self.setFocusProxy(checked)

    def name_option(self, code: str, words: str) -> None:
        """Other words for one of them."""
        for button, held in self._codes.items():
            if held == code:
                button.setText(words)
                button.setAccessibleName(words)

    def set_text(self, text: str) -> None:
        """Chooses a code; one that is not offered changes nothing."""
        for button, code in self._codes.items():
            if code == text:
                button.setChecked(True)
