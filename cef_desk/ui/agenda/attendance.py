"""The people of a session: looked for one after the other, each with how it ended."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cef_desk.actions.workshops import Attendance
from cef_desk.i18n import _, ngettext, number
from cef_desk.rules.kinds import Outcome
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.fields import ComboBox, Field
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.person_sought import PersonSought

Place = tuple[int, str, str]
"""Pathway, name, outcome or nothing."""


class AttendanceField(Field[tuple[Attendance, ...]]):
    """Rows of people with an outcome; Enter in the search adds one more."""

    goes_on: ClassVar[bool] = False

    def __init__(self, label: str, name: str, seat: Seat, outcomes: Sequence[tuple[str, str]]) -> None:
        holder = QWidget()
        self._outcomes, self._usual = outcomes, ""
        self._places: list[Place] = []
        self._boxes: list[tuple[QWidget, ...]] = []
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.INSIDE)
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        self.search = PersonSought(seat, f"{name}_search")
        self.search.label.hide()
        self.search.chosen.connect(self._on_found)
        self._grid.addWidget(self.search, 0, 0, 1, 3)
        super().__init__(label, name, holder)
        self.setFocusProxy(self.search)
        self._all = button(f"{name}_all", _("Everybody came"), self._on_all_came)
        self._all.setProperty("role", "link")
        self._all.hide()
        self.put_beside_label(self._all)

    def expect(self, outcome: str) -> None:
        """How it ends for those who are added from now on; nobody who is there already is decided by it."""
        self._usual = outcome

    def _on_all_came(self) -> None:
        self._places = [(key, name, held or Outcome.HELD) for key, name, held in self._places]
        self._show()
        self._on_edited()

    def value(self) -> tuple[Attendance, ...]:
        """The people with their outcomes."""
        return tuple(
            Attendance(pathway_id=key, outcome=Outcome(held) if held else None) for key, _name, held in self._places
        )

    def text(self) -> str:
        """A line a person."""
        return "\n".join(f"{key}\t{name}\t{held}" for key, name, held in self._places)

    def set_text(self, text: str) -> None:
        """Puts people back."""
        parts = [line.split("\t") for line in text.splitlines()]
        self._places = [(int(part[0]), part[1], part[2]) for part in parts if len(part) == 3 and part[0].isdecimal()]  # noqa: PLR2004
        self._show()

    def complaint(self) -> str:
        """Nobody is there."""
        return "" if self._places else _("A session needs somebody: add the people who are expected.")

    def explanation(self) -> str:
        """How many they are."""
        count = len(self._places)
        return ngettext("{n} person", "{n} people", count).format(n=number(count)) if count else ""

    def _on_found(self, pathway_id: int) -> None:
        name = self.search.text().partition("\t")[2]
        if pathway_id not in {key for key, _name, _held in self._places}:
            self._places.append((pathway_id, name, self._usual))
            self._show()
            self._on_edited()
        self.search.set_text("")

    def _show(self) -> None:
        for old in (widget for row in self._boxes for widget in row):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._boxes = []
        self._all.setVisible(any(not held for _key, _name, held in self._places))
        for place, (key, name, held) in enumerate(self._places):
            who, ended = PlainLabel(name, data=True), ComboBox()
            for code, words in self._outcomes:
                ended.addItem(words, code)
            ended.setCurrentIndex(max(ended.findData(held), 0))
            ended.setObjectName(f"{self.name}_outcome_{place}")
            ended.setAccessibleName(_("Outcome: {name}").format(name=name))
            ended.setProperty("place", place)
            ended.activated.connect(self._on_ended)
            words = _("Take out: {name}").format(name=name)
            gone = icon_button(f"{self.name}_remove_{place}", words, self._on_removed, "x")
            gone.setProperty("key", key)
            self._boxes.append((who, ended, gone))
            for column, made in enumerate(self._boxes[-1]):
                self._grid.addWidget(made, place + 1, column, Qt.AlignmentFlag.AlignVCenter)
        self._show_words()

    def _on_ended(self) -> None:
        box = self.sender()
        if isinstance(box, ComboBox):
            place = int(box.property("place"))
            key, name, _held = self._places[place]
            self._places[place] = (key, name, str(box.currentData() or ""))
            self._on_edited()

    def _on_removed(self) -> None:
        sender = self.sender()
        if sender is not None:
            key = int(sender.property("key"))
            self._places = [place for place in self._places if place[0] != key]
            self._show()
            self._on_edited()
