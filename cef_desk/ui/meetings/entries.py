"""The grid of a day: a row a meeting, call or visit, Tab across, one more row as soon as the last is begun."""

import json
from datetime import date
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from cef_desk.i18n import _, ngettext, number
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.fields import Field
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.meetings.entry_row import Entry, EntryRow, Texts

_MOST = 40
_LINES_A_ROW, _NARROW = 4, 860
_NOTES, _NOTES_STRETCH = 5, 5


def written(texts: Texts) -> str:
    """A row as the field writes it, on one line whatever marks it holds."""
    return json.dumps(texts)


class EntriesField(Field[tuple[Entry, ...]]):
    """The rows of one `day`; one in which nothing is typed does not count."""

    goes_on: ClassVar[bool] = False

    def __init__(self, label: str, name: str, seat: Seat) -> None:
        holder = QWidget()
        self._seat, self._day = seat, seat.today
        self._rows: list[EntryRow] = []
        self._made = 0
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.INSIDE)
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 4)
        self._is_narrow = True  # what needs the least room at first: a window never grows for it
        words = (_("Hour"), _("With"), _("Medium"), _("Length"), _("Outcome"), _("Notes"))
        self._titles = [PlainLabel(each, role="hint") for each in words]
        for column, title in enumerate(self._titles):
            self._grid.addWidget(title, 0, column)
        super().__init__(label, name, holder)
        self.label.hide()
        self._spread()
        self._add_row()

    def set_day(self, day: date) -> None:
        """The day it is about."""
        self._day = day
        for row in self._rows:
            row.day = day

    def value(self) -> tuple[Entry, ...]:
        """The rows begun, as far as they can be read."""
        entries = (row.entry() for row in self._begun())
        return tuple(entry for entry in entries if entry is not None)

    def text(self) -> str:
        """A line a row."""
        return "\n".join(written(row.texts()) for row in self._rows if not row.is_blank)

    def set_text(self, text: str) -> None:
        """Puts rows back."""
        for row in list(self._rows):
            self._drop(row)
        for line in text.splitlines()[:_MOST]:
            self._add_row().set_texts(Texts(*json.loads(line)))
        self._add_row()
        self._show_words()

    def check(self) -> bool:
        """Marks each row that cannot be recorded, and goes to the first."""
        wrong = [(row, said) for row in self._begun() if (said := row.complaint()) is not None]
        for row, (words, _cell) in wrong:
            row.say(words, "error")
        self._error = wrong[0][1][0] if wrong else ""
        self.setFocusProxy(wrong[0][1][1] if wrong else self._first_cell())
        return not wrong

    def refuse(self, sentence: str, *, doubtful: bool = False, row: int | None = None) -> None:
        """Marks one of the rows begun, or the whole."""
        if row is None:
            super().refuse(sentence, doubtful=doubtful)
            return
        refused = self._begun()[row]
        refused.say(sentence, "warning" if doubtful else "error")
        self.setFocusProxy(refused.note)

    def explanation(self) -> str:
        """How many will be recorded."""
        count = len(self._begun())
        return ngettext("{n} to record", "{n} to record", count).format(n=number(count)) if count else ""

    def start(self) -> None:
        """Where typing begins: the first outcome to choose, else the first row that is empty."""
        self._first_cell().setFocus(Qt.FocusReason.TabFocusReason)

    def begin(self, texts: Texts) -> None:
        """A row that begins with what is known of it, after those there."""
        if any(row.contact.text() == texts.contact for row in self._rows):
            return
        row = self._rows[-1]
        row.set_texts(texts)
        self._on_row_edited(row)
        row.hour.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_hour_wanted(self, row: EntryRow) -> None:
        """One begins when the one before ended."""
        place = self._rows.index(row)
        ended = self._rows[place - 1].until() if place else None
        row.hour.setText("" if ended is None else f"{ended:%H:%M}")

    def _on_row_edited(self, row: EntryRow) -> None:
        """The last row, once begun, brings one more."""
        if row is self._rows[-1] and row.is_begun and len(self._rows) < _MOST:
            self._add_row()
        self._on_edited()

    def _on_removed(self, row: EntryRow) -> None:
        self._drop(row)
        if not self._rows or not self._rows[-1].is_blank:
            self._add_row()
        self._first_cell().setFocus()
        self._on_edited()

    def _begun(self) -> list[EntryRow]:
        return [row for row in self._rows if row.is_begun]

    def _first_cell(self) -> QWidget:
        waiting = next((row for row in self._rows if not row.is_begun), self._rows[-1])
        return waiting.hour if waiting.is_blank else waiting.ended

    def _add_row(self) -> EntryRow:
        self._made += 1
        row = EntryRow(self._seat, f"{self.name}_{len(self._rows)}", self._day, self._made * _LINES_A_ROW, self)
        row.edited.connect(self._on_row_edited)
        row.removed.connect(self._on_removed)
        row.hour_wanted.connect(self._on_hour_wanted)
        self._place(row)
        row.words.hide()
        before = self._rows[-1].note if self._rows else None
        chain = [*([before] if before is not None else []), *row.cells()]
        for earlier, later in pairwise(chain):
            QWidget.setTabOrder(earlier, later)
        self._rows.append(row)
        return row

    def _place(self, row: EntryRow) -> None:
        """Puts the cells of a row side by side; where there is no room, how it ended and the notes stand below."""
        top = Qt.AlignmentFlag.AlignTop
        for column, cell in enumerate((row.hour, row.contact, row.medium, row.length)):
            self._grid.addWidget(cell, row.place, column, top)
        if self._is_narrow:
            self._grid.addWidget(row.ended, row.place + 2, 0, 1, 2, top)
            self._grid.addWidget(row.note, row.place + 2, 2, 1, 4, top)
        else:
            self._grid.addWidget(row.ended, row.place, 4, top)
            self._grid.addWidget(row.note, row.place, _NOTES, top)
        self._grid.addWidget(row.gone, row.place, 6, top)
        self._grid.addWidget(row.contact.answers, row.place + 1, 1, 1, 3)
        self._grid.addWidget(row.words, row.place + 3, 1, 1, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: two lines a row where one is too short."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(_NARROW)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._spread()

    def _spread(self) -> None:
        for title in self._titles[4:]:
            title.setVisible(not self._is_narrow)
        self._grid.setColumnStretch(_NOTES, 0 if self._is_narrow else _NOTES_STRETCH)
        for row in self._rows:
            self._place(row)

    def _drop(self, row: EntryRow) -> None:
        self._rows.remove(row)
        for cell in (*row.cells(), row.gone, row.words, row.contact.answers):
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        row.deleteLater()
