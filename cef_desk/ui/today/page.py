"""Ma journée: today's appointments, each ended by one key, and what asks for something."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.i18n import _, ngettext, number
from cef_desk.queries.diary import Appointment, appointments
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import Outcome, Subject
from cef_desk.ui.ends import ENDS
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Met, Page, Seat
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.today.side import DaySide
from cef_desk.ui.today.steps import Steps, can_be_done, met
from cef_desk.ui.today.words import appointment_line, due_words, to_do_line

_MOST_IN_VIEW = 4
_NARROWEST_WITH_SIDE, _NARROWEST_WITH_KEYS, _SIDE, _LEAST_TO_DO, _NO_LIMIT = 960, 640, 376, 220, 16_777_215


class TodayPage(Page):
    """`steps` tells what lines lead to, `put_off_asked` carries a line and its words.

    `list_asked`, `sms_asked` and `letters_asked` carry reminders to write, `day_asked` the grid of the day, `said` a
    sentence to tell.
    """

    watches: ClassVar = frozenset(
        {
            Subject.INTERACTION, Subject.CONTRACT, Subject.RUPTURE, Subject.EXIT, Subject.EXIT_CHECK, Subject.HOLDER,
            Subject.PATHWAY, Subject.BENEFICIARY, Subject.INSERTION_CONTRACT, Subject.WORKSHOP, Subject.IMPORT_BATCH,
            Subject.SNOOZE, Subject.UNAVAILABILITY, Subject.ALERT_SETTING, Subject.COVER,
            Subject.RIGHT, Subject.COMPANY, Subject.OFFER, Subject.REFERRAL,
        }
    )  # fmt: skip
    put_off_asked = Signal(object, str)
    list_asked = Signal(object)
    sms_asked = Signal(object)
    letters_asked = Signal(object)
    day_asked = Signal()
    said = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.steps = Steps(seat, self)
        self._expected, self._late = PlainLabel(role="muted"), PlainLabel(role="muted")
        self._in_hand: LinesView | None = None
        self._is_read = self._begins_by_focus = False
        self.diary = LinesView("today_appointments", _("Appointments"), row=36)
        self.to_do = LinesView("today_to_do", _("To do"), row=28)
        self._ends = [
            button(f"outcome_{outcome.value}", f"{_(words)} {key}", partial(self._end, outcome))
            for outcome, words, key in ENDS
        ]
        for view in (self.diary, self.to_do):
            for outcome, _words, key in ENDS:
                shortcut = QShortcut(QKeySequence(key), view, context=Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._end, outcome))
            view.line_chosen.connect(self._show_ends)
            view.installEventFilter(self)
        self.diary.line_opened.connect(self.steps.open)
        self.to_do.line_opened.connect(self.steps.take)
        for key, slot in (("R", self._put_off), ("F", self._done)):
            shortcut = QShortcut(QKeySequence(key), self.to_do, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self._begins = (
            button("today_day_entry", _("Day entry"), self.day_asked, key="Ctrl+J"),
            button("today_meeting", _("Meeting"), self._on_meeting, main=True, key="Ctrl+E"),
        )
        self._due_title = PlainLabel(_("To do"), role="section")
        self._waiting = button("today_waiting", "", self._on_waiting)
        self._waiting.setProperty("role", "link")
        self._shows_waiting = False
        self.side = DaySide(seat)
        self.side.person_asked.connect(self.steps.person_asked)
        self.side.company_asked.connect(self.steps.company_asked)
        self.side.said.connect(self.said)
        self.side.list_asked.connect(self.list_asked)
        self.side.sms_asked.connect(self.sms_asked)
        self.side.letters_asked.connect(self.letters_asked)
        self._lay_out()
        self.seat.mask.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Reads the day again."""
        who, today = self.seat.sitting.counsellor_id, self.seat.today
        self.runner.see(appointments, who, today, then=self._on_appointments)
        self.runner.see(to_do, who, today, then=self._on_to_do)
        self.side.refresh()

    def person_in_hand(self) -> Met | None:
        """Who the line in hand is about, and the appointment that is still open."""
        match self._hand().current_key():
            case Appointment(pathway_id=int(pathway_id)) as each:
                return Met(pathway_id, each.id if each.outcome is None else None)
            case ToDo() as each:
                return met(each)
        return None

    def take_focus(self) -> None:
        """Puts the cursor back in the list it was in, or in what comes first once it is known."""
        if self._is_read:
            self._hand().setFocus()
        else:
            self._begins_by_focus = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the list one was in last is the one the buttons speak of."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, LinesView):
            self._in_hand = watched
            for view in (self.diary, self.to_do):
                view.set_quiet(quiet=view is not watched)
            self._show_ends()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is no room beside, the month stands under the day."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_NARROWEST_WITH_SIDE)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.side.setMaximumWidth(theme.px(_SIDE) if wide else _NO_LIMIT)
        self.side.setMinimumWidth(theme.px(_SIDE) if wide else 0)
        self.to_do.setMinimumHeight(theme.px(_LEAST_TO_DO))
        self._keys.setVisible(self.width() >= theme.px(_NARROWEST_WITH_KEYS))

    def _lay_out(self) -> None:
        inside, day = QWidget(), QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(day, 1)
        self._both.addWidget(self.side)
        self.side.setProperty("role", "panel")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        column = QVBoxLayout(day)
        column.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.GAP)
        column.setSpacing(theme.INSIDE)
        head = QHBoxLayout()
        head.setSpacing(theme.INSIDE)
        head.addWidget(PlainLabel(_("My day"), role="title"))
        head.addStretch()
        for each in self._begins:
            head.addWidget(each)
        column.addLayout(head)
        column.addSpacing(theme.INSIDE)
        column.addLayout(_headed(PlainLabel(_("Appointments"), role="section"), self._expected))
        column.addWidget(self.diary)
        ends = QWidget()
        flow = FlowLayout(ends)
        for each in self._ends:
            flow.addWidget(each)
        column.addWidget(ends)
        column.addSpacing(theme.INSIDE)
        to_do_head = _headed(self._due_title, self._late)
        to_do_head.addWidget(self._waiting)
        self._keys = PlainLabel(_("Enter: next step   R: put off   F: done"), role="hint")
        to_do_head.addWidget(self._keys)
        column.addLayout(to_do_head)
        column.addWidget(self.to_do, 1)
        for earlier, later in pairwise(
            (*self._begins, self.diary, *self._ends, self.to_do, self._waiting, *self.side.tab_chain())
        ):
            QWidget.setTabOrder(earlier, later)

    def _on_appointments(self, rows: list[Appointment]) -> None:
        open_ones = sum(each.outcome is None for each in rows)
        self._expected.setText(
            ngettext("{n} today", "{n} today", len(rows)).format(n=number(len(rows)))
            + (_(", {n} without outcome").format(n=number(open_ones)) if open_ones else "")
        )
        held = getattr(self.diary.current_key(), "id", 0)
        self.diary.set_lines(
            [appointment_line(each, self.seat.mask.private) for each in rows] or [Line(_("No appointment today."))]
        )
        places = {each.id: place for place, each in enumerate(rows)}
        first = next((place for place, each in enumerate(rows) if each.outcome is None), 0)
        self.diary.setCurrentRow(places.get(held, first))
        self._is_read = True
        if self._begins_by_focus:
            self._begins_by_focus = False
            self._hand().setFocus()
        shown = range(min(self.diary.count(), _MOST_IN_VIEW))
        self.diary.setMaximumHeight(sum(self.diary.sizeHintForRow(place) for place in shown) + theme.px(4))
        self._show_ends()

    def _on_to_do(self, found: list[ToDo]) -> None:
        self._read = found
        waiting = [each for each in found if each.put_off is not None]
        self._shows_waiting = self._shows_waiting and bool(waiting)
        rows = waiting if self._shows_waiting else [each for each in found if each.put_off is None]
        self._waiting.setVisible(bool(waiting))
        words = ngettext("{n} put off", "{n} put off", len(waiting)).format(n=number(len(waiting)))
        self._due_title.setText(_("Lines put off") if self._shows_waiting else _("To do"))
        self._waiting.setText(_("Back to what is due") if self._shows_waiting else words)
        late = sum(each.alert.is_late(self.seat.today) and each.put_off is None for each in rows)
        self._late.setText(
            ngettext("{n} line", "{n} lines", len(rows)).format(n=number(len(rows)))
            + (_(", {n} late").format(n=number(late)) if late else "")
        )
        lines = [to_do_line(each, self.seat.today) for each in rows]
        if self.seat.mask.on:
            lines = [replace(line, text=self.seat.mask.private(line.text)) for line in lines]
        place = max(0, self.to_do.currentRow())
        self.to_do.set_lines(lines or [Line(_("Nothing is due. What comes due will be here."))])
        self.to_do.setCurrentRow(min(place, self.to_do.count() - 1))

    def _hand(self) -> LinesView:
        """The list whose line is spoken of: that of the cursor; at first the one that holds anything."""
        if self._in_hand is None:
            return self.diary if self.diary.current_key() is not None else self.to_do
        return self._in_hand

    def close_inner(self) -> bool:
        """Comes back from the lines put off."""
        was_shown = self._shows_waiting
        if was_shown:
            self._on_waiting()
        return was_shown

    def _on_meeting(self) -> None:
        self.steps.meeting_asked.emit(self.person_in_hand())

    def _on_waiting(self) -> None:
        self._shows_waiting = not self._shows_waiting
        self._on_to_do(self._read)

    def _put_off(self) -> None:
        match self.to_do.current_key():
            case ToDo() as each:
                line = to_do_line(each, self.seat.today)
                self.put_off_asked.emit(each, f"{line.detail}, {due_words(each.alert, self.seat.today)}")

    def _done(self) -> None:
        match self.to_do.current_key():
            case ToDo() as each if can_be_done(each):
                self.steps.finish(each)

    def _show_ends(self, _key: object = None) -> None:
        key = self._current()
        for each in self._ends:
            each.setEnabled(key is not None)

    def _current(self) -> int | None:
        """The appointment that a key would end, or end otherwise."""
        match self._hand().current_key():
            case Appointment(ends_by_key=True, id=key):
                return key
            case ToDo(interaction_id=int(key)) as each if each.alert.code is not AlertCode.ABSENCE:
                return key
        return None

    def _end(self, outcome: Outcome) -> None:
        key = self._current()
        if key is not None:
            self.steps.end(key, outcome)


def _headed(title: PlainLabel, count: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.INSIDE)
    row.addWidget(title)
    row.addWidget(count)
    row.addStretch()
    return row
