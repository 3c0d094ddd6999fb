"""Fields that choose: several of a few, or one of very many that are looked for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import LONGEST_SEARCH, Choices, Field
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView

K = TypeVar("K")
_PAUSE_MS = 60
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CheckField(Field[bool]):
    """Yes or no: one chip with its words in it."""

    def __init__(self, words: str, name: str) -> None:
        self._box = button(name, words, self._on_edited)
        self._box.setCheckable(True)
        self._box.setProperty("role", "chip")
        super().__init__(words, name, self._box)
        self.label.hide()

    def value(self) -> bool:
        """True when it is checked."""
        return self._box.isChecked()

    def text(self) -> str:
        """`yes` when it is checked."""
        return "yes" if self.value() else ""

    def set_text(self, text: str) -> None:
        """Checks it, or not."""
        self._box.setChecked(text == "yes")


class ManyField(Field[tuple[str, ...]]):
    """Several of a few, all in sight as chips: (code, words); of the rows of a list, `data` says that they are."""

    def __init__(self, label: str, name: str, *, data: bool = False) -> None:
        holder = QWidget()
        self._data = data
        self._row = FlowLayout(holder)
        self._chips: dict[str, QPushButton] = {}
        super().__init__(label, name, holder)
        self.hide()

    def offer(self, choices: Choices) -> None:
        """Other choices than before; those chosen stay when they are offered again."""
        chosen = self.text()
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {code: self._chip(code, words) for code, words in choices}
        for chip in self._chips.values():
            self._row.addWidget(chip)
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        self.set_text(chosen)
        self.setVisible(bool(choices))

    def chips(self) -> list[QPushButton]:
        """The chips, in their order."""
        return list(self._chips.values())

    def value(self) -> tuple[str, ...]:
        """The codes chosen, in the order of the choices."""
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def text(self) -> str:
        """The codes chosen, a space between."""
        return " ".join(self.value())

    def set_text(self, text: str) -> None:
        """Chooses some codes; one that is not offered is passed over."""
        wanted: Collection[str] = text.split()
        for code, chip in self._chips.items():
            chip.setChecked(code in wanted)

    def _chip(self, code: str, words: str) -> QPushButton:
        chip = button(f"{self.name}_{code}", words, self._on_edited)
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.setProperty("data", self._data)
        return chip


class _SoughtLine(QLineEdit):
    """Arrows move in the answers, Enter takes one, and so does Tab, which goes on besides."""

    moved = Signal(object)
    taken = Signal()
    passed = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: as the class says."""
        if event.key() in _MOVES:
            self.moved.emit(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: the answers go with the cursor."""
        super().focusOutEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.passed.emit()
        self.left.emit()


@dataclass(frozen=True)
class _Taken(Generic[K]):
    key: K
    name: str


class SoughtField(Field[K]):
    """One record of very many, looked for as it is typed: `asked` carries the words, `chosen` the key taken.

    Its text is what was typed, or key and name with a tab between once one is taken; `key_of` reads the key again.
    """

    asked = Signal(str)
    chosen = Signal(object)
    goes_on: ClassVar[bool] = False

    def __init__(self, label: str, name: str, complaint: str, key_of: Callable[[str], K | None]) -> None:
        self._line = _SoughtLine()
        self._line.setMaxLength(LONGEST_SEARCH)
        self._complaint, self._key_of = complaint, key_of
        self._key: K | None = None
        self._takes_next = False
        self._answered = ""
        super().__init__(label, name, self._line)
        self._list = LinesView(f"{name}_found", _("What was found"), edge=8)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.line_pressed.connect(self._take)
        self._list.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made by the field itself
        column.insertWidget(2, self._list)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._shown = QTimer(self, singleShot=True, interval=0)
        self._shown.timeout.connect(self._bring_into_view)
        self._line.textEdited.connect(self._on_typed)
        self._line.moved.connect(self._list.keyPressEvent)
        self._line.taken.connect(self._on_enter)
        self._line.left.connect(self._list.hide)
        self._line.passed.connect(self._on_passed)

    @property
    def answers(self) -> QWidget:
        """What was found, under the line unless it is put where there is more room."""
        return self._list

    def value(self) -> K | None:
        """The key of the record taken."""
        return self._key

    def text(self) -> str:
        """What was typed, or the record taken."""
        return self._line.text() if self._key is None else f"{self._key}\t{self._line.text()}"

    def set_text(self, text: str) -> None:
        """Puts back what was typed, or a record."""
        key, tab, words = text.partition("\t")
        self._key = self._key_of(key) if tab else None
        self._line.setText(words if tab else text)
        self._line.setCursorPosition(0 if tab else len(text))
        if self._key is not None:
            self.chosen.emit(self._key)

    def complaint(self) -> str:
        """Nobody was taken."""
        return self._complaint if self._key is None else ""

    def answer(self, typed: str, found: Sequence[tuple[K, str, str]]) -> None:
        """Shows what was found for some words: (key, name, detail); an answer that comes late is passed over."""
        if typed != self._line.text() or self._key is not None:
            return
        self._answered = typed
        lines = [Line(name, right=detail, key=_Taken(key, name)) for key, name, detail in found]
        self._list.set_lines(lines or [Line(_("Nobody of this name."))])
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(self._list.count() * theme.px(28) + theme.px(4))
        self._list.setVisible(self._line.hasFocus())
        self._shown.start()
        if self._takes_next:
            self._take(self._list.current_key())

    def _bring_into_view(self) -> None:
        """Once the answers have their place, what scrolls around them shows them."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self._list.isVisible():
            above.ensureWidgetVisible(self._list)

    def _on_typed(self) -> None:
        self._key, self._takes_next = None, False
        self._pause.start()
        self._on_edited()

    def _ask(self) -> None:
        self.asked.emit(self._line.text())

    def _on_enter(self) -> None:
        """Enter: the lines in view may still answer fewer letters; what is taken answers all of them."""
        if self._key is not None:
            self.focusNextChild()
        elif self._line.text() and self._answered == self._line.text() and not self._pause.isActive():
            self._take(self._list.current_key())
        else:
            self._takes_next = True
            self._pause.stop()
            self._ask()

    def _on_passed(self) -> None:
        if self._key is None and self._line.text().strip():
            self._on_enter()

    def _take(self, key: object) -> None:
        self._takes_next = False
        if isinstance(key, _Taken):
            self._key = key.key
            self._line.setText(key.name)
            self._line.setCursorPosition(0)
            self._list.hide()
            self._on_edited()
            self.chosen.emit(key.key)
