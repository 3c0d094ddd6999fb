"""What was agreed at a meeting: who does what by when, a line each, one more as soon as the last is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cef_desk.actions.interactions import Agreed
from cef_desk.i18n import _, field_day, long_day
from cef_desk.rules.kinds import DoneBy
from cef_desk.rules.typed_dates import typed_day
from cef_desk.rules.working_days import next_working
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.fields import ComboBox, Field

_BY_WIDTH, _WHO_WIDTH = 116, 104
_TWO_WEEKS = timedelta(days=14)
_MOST = 12


@dataclass(frozen=True)
class _Row:
    who: ComboBox
    what: QLineEdit
    by: QLineEdit


class AgreedField(Field[tuple[Agreed, ...]]):
    """Lines of who, what and by when; due in two weeks unless a day is typed. Empty lines do not count."""

    goes_on: ClassVar[bool] = False

    def __init__(self, label: str, name: str, today: date, person: str) -> None:
        holder = QWidget()
        self._today, self._person = today, person
        self._rows: list[_Row] = []
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        super().__init__(label, name, holder)
        self._add_row()
        self.setFocusProxy(self._rows[0].what)

    def name_person(self, words: str) -> None:
        """How the person is spoken of: by her, by him."""
        self._person = words
        for row in self._rows:
            row.who.setItemText(1, words)

    def value(self) -> tuple[Agreed, ...]:
        """What can be read."""
        read = ((row, self._by(row)) for row in self._begun())
        return tuple(
            Agreed(done_by=DoneBy(row.who.currentData()), what=row.what.text().strip(), by=by)
            for row, by in read
            if by is not None
        )

    def text(self) -> str:
        """The lines begun: who, what and by when, tabs between."""
        parts = ((str(row.who.currentData()), row.what.text(), row.by.text()) for row in self._begun())
        return "\n".join("\t".join(part) for part in parts)

    def set_text(self, text: str) -> None:
        """Puts back the lines."""
        lines = [line.split("\t") for line in text.splitlines()]
        while len(self._rows) < min(len(lines) + 1, _MOST):
            self._add_row()
        for number, row in enumerate(self._rows):
            who, what, by = (*lines[number], "", "", "")[:3] if number < len(lines) else (DoneBy.COUNSELLOR, "", "")
            row.who.setCurrentIndex(max(row.who.findData(who), 0))
            row.what.setText(what)
            row.by.setText(by)
        self._show_words()

    def complaint(self) -> str:
        """A day that cannot be read, or words that are missing."""
        for row in self._begun():
            if not row.what.text().strip():
                return _("What is agreed is missing in a line.")
            if self._by(row) is None:
                return _("The day “{typed}” cannot be read: as 22/11, +14 or Friday.").format(typed=row.by.text())
        return ""

    def explanation(self) -> str:
        """The day of the line in hand, in full."""
        row = next((row for row in self._rows if row.by.hasFocus() and self._by(row)), None)
        by = None if row is None else self._by(row)
        return "" if by is None else long_day(by)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter goes on; a day left is written in its usual spelling."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self.focusNextChild()
                return True
        elif event.type() in {QEvent.Type.FocusOut, QEvent.Type.FocusIn}:
            self._settle(watched)
        return super().eventFilter(watched, event)

    def _settle(self, watched: QObject) -> None:
        row = next((row for row in self._rows if row.by is watched), None)
        by = None if row is None else self._by(row)
        if row is not None and by is not None and not row.by.hasFocus():
            row.by.setText(field_day(by))
        if not self.error:
            self._show_words()

    def _begun(self) -> Sequence[_Row]:
        return [row for row in self._rows if row.what.text().strip() or row.by.isModified()]

    def _by(self, row: _Row) -> date | None:
        return typed_day(row.by.text(), self._today, ahead=True)

    def _add_row(self) -> None:
        number = len(self._rows)
        row = _Row(ComboBox(), QLineEdit(), QLineEdit())
        for code, words in ((DoneBy.COUNSELLOR, _("By me")), (DoneBy.PERSON, self._person)):
            row.who.addItem(words, code)
        row.who.setFixedWidth(theme.px(_WHO_WIDTH))
        row.by.setFixedWidth(theme.px(_BY_WIDTH))
        named = (("who", row.who, _("Who")), ("what", row.what, _("What")), ("by", row.by, _("By when")))
        for column, (part, editor, words) in enumerate(named):
            editor.setObjectName(f"{self.name}_{part}_{number}")
            editor.setAccessibleName(words)
            editor.installEventFilter(self)
            self._grid.addWidget(editor, number, column)
        if not number:
            row.what.setPlaceholderText(_("What, which then stands in My day"))
        row.what.textEdited.connect(self._on_what)
        row.by.textEdited.connect(self._on_edited)
        row.who.activated.connect(self._on_edited)
        self._rows.append(row)
        if number:
            before = self._rows[number - 1]
            for earlier, later in ((before.by, row.who), (row.who, row.what), (row.what, row.by)):
                QWidget.setTabOrder(earlier, later)

    def _on_what(self) -> None:
        for row in self._rows:
            if row.what.text().strip() and not row.by.text():
                row.by.setText(field_day(next_working(self._today + _TWO_WEEKS)))
            elif not row.what.text() and not row.by.isModified():
                row.by.clear()
        if self._rows[-1].what.text().strip() and len(self._rows) < _MOST:
            self._add_row()
        self._on_edited()
