"""Ma journée: today's appointments, each ended by one key, and what asks for something."""

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.actions.interactions import settle_appointment
from cef_desk.actions.pathways import record_return
from cef_desk.i18n import N_, _, ngettext, number
from cef_desk.queries.diary import Appointment, appointments
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import Kind, Outcome, Subject
from cef_desk.ui.ends import ENDS
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Met, Page, Seat
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.moments import CALLS as CALLS_ENDED
from cef_desk.ui.moments import KINDS, MEDIA, OUTCOMES
from cef_desk.ui.today.side import DaySide
from cef_desk.ui.today.words import CALLS, CHECK_UPS, MEETS, PROPOSES, SIGNS, due_words, to_do_line

_MOST_IN_VIEW = 4
_NARROWEST_WITH_SIDE, _NARROWEST_WITH_KEYS, _SIDE, _LEAST_TO_DO, _NO_LIMIT = 960, 640, 376, 220, 16_777_215


class TodayPage(Page):
    """`person_asked` and `company_asked` carry a record to go to, `meeting_asked` a pathway and its appointment.

    `put_off_asked` carries a line and its words, `list_asked`, `sms_asked` and `letters_asked` reminders to write,
    `session_asked` a session, `missed` an appointment to which nobody came, `plan_asked` whom to make an appointment
    with, `commitment_asked` a pathway whose contract is to be noted, `call_asked` a company to note a call with,
    `day_asked` the grid of the day, `said` a sentence to tell.
    """

    watches: ClassVar = frozenset(
        {
            Subject.INTERACTION, Subject.CONTRACT, Subject.RUPTURE, Subject.EXIT, Subject.EXIT_CHECK, Subject.HOLDER,
            Subject.PATHWAY, Subject.BENEFICIARY, Subject.INSERTION_CONTRACT, Subject.WORKSHOP, Subject.IMPORT_BATCH,
            Subject.SNOOZE, Subject.UNAVAILABILITY, Subject.ALERT_SETTING, Subject.COVER,
            Subject.RIGHT, Subject.COMPANY, Subject.OFFER, Subject.REFERRAL,
        }
    )  # fmt: skip
    person_asked = Signal(object)
    company_asked = Signal(object)
    meeting_asked = Signal(object)
    put_off_asked = Signal(object, str)
    list_asked = Signal(object)
    sms_asked = Signal(object)
    letters_asked = Signal(object)
    session_asked = Signal(object)
    missed = Signal(object)
    plan_asked = Signal(object)
    commitment_asked = Signal(object)
    call_asked = Signal(object)
    day_asked = Signal()
    said = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._expected, self._late = PlainLabel(role="muted"), PlainLabel(role="muted")
        self._in_hand: LinesView | None = None
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
        self.diary.line_opened.connect(self._on_appointment)
        self.to_do.line_opened.connect(self._on_step)
        for key, slot in (("R", self._put_off), ("F", self._done)):
            shortcut = QShortcut(QKeySequence(key), self.to_do, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self._begins = (
            button("today_day_entry", _("Day entry"), self.day_asked, key="Ctrl+J"),
            button("today_meeting", _("Meeting"), self._on_meeting, main=True, key="Ctrl+E"),
        )
        self._waiting = button("today_waiting", "", self._on_waiting)
        self._waiting.setProperty("role", "link")
        self._shows_waiting = False
        self.side = DaySide(seat)
        self.side.person_asked.connect(self.person_asked)
        self.side.company_asked.connect(self.company_asked)
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
                return _met(each)
        return None

    def take_focus(self) -> None:
        """Puts the cursor back in the list it was in, or in what comes first."""
        self._hand().setFocus()

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
        to_do_head = _headed(PlainLabel(_("To do"), role="section"), self._late)
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
        self.diary.set_lines([self._appointment(each) for each in rows] or [Line(_("No appointment today."))])
        first = next((place for place, each in enumerate(rows) if each.outcome is None), 0)
        self.diary.setCurrentRow(first)
        shown = range(min(self.diary.count(), _MOST_IN_VIEW))
        self.diary.setMaximumHeight(sum(self.diary.sizeHintForRow(place) for place in shown) + theme.px(4))
        self._show_ends()

    def _appointment(self, each: Appointment) -> Line:
        who = self.seat.mask.private(each.person) if each.person else each.company
        outcome = _("To come") if each.outcome is None else _(_NAMES[each.outcome])
        if each.kind == Kind.TASK and each.call_result is not None:
            outcome = _(CALLS_ENDED[each.call_result])
        medium, icon = MEDIA[each.medium]
        kind = "" if each.kind == Kind.TASK else _(KINDS[each.kind])
        about = ", ".join(part for part in (kind, _(medium), each.about) if part)
        return Line(f"{each.at:%H:%M}   {who}", about, right=outcome, icon=icon, key=each, strong=True)

    def _on_to_do(self, found: list[ToDo]) -> None:
        self._read = found
        waiting = [each for each in found if each.put_off is not None]
        rows = found if self._shows_waiting else [each for each in found if each.put_off is None]
        self._waiting.setVisible(bool(waiting))
        words = ngettext("{n} put off", "{n} put off", len(waiting)).format(n=number(len(waiting)))
        self._waiting.setText(_("Hide those put off") if self._shows_waiting else words)
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

    def _on_meeting(self) -> None:
        self.meeting_asked.emit(self.person_in_hand())

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
            case ToDo(interaction_id=int()) as each if each.alert.code is AlertCode.TASK:
                self._in_hand = self.to_do
                self._end(Outcome.HELD)
            case ToDo(pathway_id=int(pathway_id)) as each if each.alert.code is AlertCode.QUARTERLY_RETURN:
                self._send_return(pathway_id, each.alert.about)

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
            then = self._on_missed if outcome is Outcome.MISSED else None
            self.runner.do(
                N_("Outcome of an appointment"), settle_appointment, key, outcome, self.seat.today, then=then
            )

    def _on_missed(self, interaction_id: object) -> None:
        self.missed.emit(interaction_id)

    def _on_appointment(self, key: object) -> None:
        match key:
            case Appointment(workshop_id=int(workshop_id)):
                self.session_asked.emit(workshop_id)
            case Appointment(pathway_id=int(pathway_id)):
                self.person_asked.emit(pathway_id)
            case Appointment(company_id=int(company_id)):
                self.company_asked.emit(company_id)

    def _on_step(self, key: object) -> None:
        match key:
            case ToDo(workshop_id=int(workshop_id)):
                self.session_asked.emit(workshop_id)
            case ToDo(interaction_id=int(missed)) as each if each.alert.code is AlertCode.ABSENCE:
                self.missed.emit(missed)
            case ToDo(interaction_id=int()) as each if each.alert.code is AlertCode.TASK:
                self._end(Outcome.HELD)
            case ToDo(pathway_id=None, company_id=int(company_id)) as each:
                asks = self.call_asked if each.alert.code in CALLS else self.company_asked
                asks.emit(company_id)
            case ToDo(pathway_id=int(pathway_id)) as each:
                self._step_with(pathway_id, each)

    def _step_with(self, pathway_id: int, each: ToDo) -> None:
        """The next step with a person."""
        code = each.alert.code
        if code in MEETS:
            self.meeting_asked.emit(_met(each))
        elif code in PROPOSES:
            self.plan_asked.emit(Met(pathway_id))
        elif code in SIGNS:
            self.commitment_asked.emit(pathway_id)
        elif code is AlertCode.QUARTERLY_RETURN:
            self._send_return(pathway_id, each.alert.about)
        elif code is AlertCode.REFERRAL_WITHOUT_ANSWER:
            self.company_asked.emit(each.company_id)
        else:
            self.person_asked.emit(pathway_id)

    def _send_return(self, pathway_id: int, about: date) -> None:
        self.runner.do(N_("Quarterly return sent"), record_return, pathway_id, about, self.seat.today)


_NAMES: dict[str, str] = {Outcome.HELD: N_("Came"), **OUTCOMES}


def _met(each: ToDo) -> Met | None:
    if each.pathway_id is None:
        return None
    appointment_id = each.interaction_id if each.alert.code is AlertCode.TO_FILL_IN else None
    return Met(each.pathway_id, appointment_id, is_check_up=each.alert.code in CHECK_UPS)


def _headed(title: PlainLabel, count: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.INSIDE)
    row.addWidget(title)
    row.addWidget(count)
    row.addStretch()
    return row
