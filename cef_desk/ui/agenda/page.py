"""Agenda: a day, a week or a month of the counsellor, with holidays and days away."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cef_desk.actions.appointments import move_appointment, move_session, remove_absence
from cef_desk.actions.interactions import settle_appointment
from cef_desk.errors import Doubt, Told
from cef_desk.i18n import N_, _, fact, long_day, month_name, ngettext, number, week_of
from cef_desk.queries.diary import Agenda, Appointment, agenda
from cef_desk.rules.kinds import Kind, Outcome, Subject
from cef_desk.rules.period import add_months
from cef_desk.rules.working_days import holidays_of
from cef_desk.ui.agenda.board import Block, Board
from cef_desk.ui.agenda.days import DaysBoard
from cef_desk.ui.agenda.forms import REASONS, AppointmentStart
from cef_desk.ui.agenda.month import MonthBoard
from cef_desk.ui.ends import ENDS
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Met, Page, Seat
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.kit.segments import Segments
from cef_desk.ui.moments import CALL_RESULTS, KINDS, MEDIA, OUTCOMES

_DAY, _WEEK, _MONTH = "day", "week", "month"
_VIEWS = ((_DAY, N_("Day")), (_WEEK, N_("Week")), (_MONTH, N_("Month")))
_WORKED = 5
_ONE = timedelta(days=1)


class AgendaPage(Page):
    """`person_asked` and `company_asked` carry a record, `meet_asked` a pathway and its appointment.

    `appointment_asked` carries what its form begins with, `absence_asked` a day, `calendar_asked` the days to write,
    `move_doubted` what is asked about a move, and what moves all the same, `letters_asked`
    the keys of appointments, `session_asked` the key of a session, or none for a new one, `missed` an appointment
    to which nobody came.
    """

    watches: ClassVar = frozenset(
        {
            Subject.INTERACTION,
            Subject.ABSENCE,
            Subject.BENEFICIARY,
            Subject.COMPANY,
            Subject.WORKSHOP,
            Subject.IMPORT_BATCH,
        }
    )
    narrowest: ClassVar[int] = 680
    person_asked = Signal(object)
    company_asked = Signal(object)
    meet_asked = Signal(object)
    appointment_asked = Signal(object)
    absence_asked = Signal(object)
    calendar_asked = Signal(object)
    move_doubted = Signal(object)
    letters_asked = Signal(object)
    session_asked = Signal(object)
    missed = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._day = seat.today
        self._shown: Agenda | None = None
        self._views = Segments("agenda_view", _("View"))
        self._views.offer([(code, _(words)) for code, words in _VIEWS], _WEEK)
        self._views.chosen.connect(self._on_view)
        self._title = PlainLabel(role="section")
        self._away = PlainLabel(role="hint")
        self._back = button("absence_remove", _("Take back these days away"), self._on_absence_removed)
        self._back.setProperty("role", "link")
        self.days = DaysBoard("agenda_days", _("Agenda"))
        self.month = MonthBoard("agenda_month", _("Agenda"))
        self.month.day_asked.connect(self._on_day_asked)
        self._stack = QStackedWidget()
        for board in (self.days, self.month):
            area = scrolled(board)
            board.shown.connect(partial(self._see, area))
            area.verticalScrollBar().valueChanged.connect(board.update)
            self._stack.addWidget(area)
            self._connect(board)
        self._letter = button("agenda_letter", _("Letter…"), self._on_letter)
        self._ends = [
            button(f"agenda_{outcome.value}", f"{_(words)} {key}", partial(self._end, outcome))
            for outcome, words, key in ENDS
        ]
        self._lay_out()
        seat.mask.changed.connect(self._show)

    def refresh(self) -> None:
        """Reads the days in view again."""
        days = self._in_view()
        self.runner.see(agenda, self.seat.sitting.counsellor_id, days[0], days[-1], then=self._on_read)

    def take_focus(self) -> None:
        """Puts the cursor in the agenda."""
        self.board.setFocus()

    def person_in_hand(self) -> Met | None:
        """Who the appointment chosen is with."""
        chosen = self._current()
        if chosen is None or chosen.pathway_id is None:
            return None
        return Met(chosen.pathway_id, chosen.id if chosen.outcome is None else None)

    @property
    def board(self) -> Board:
        """The board in view."""
        return self.month if self._views.current() == _MONTH else self.days

    @property
    def day(self) -> date:
        """The day around which it stands."""
        return self._day

    def show_day(self, day: date) -> None:
        """Goes to a day."""
        self._day = day
        self.refresh()

    def turn(self, by: int) -> None:
        """So many days, weeks or months further."""
        step = {_DAY: timedelta(days=by), _WEEK: timedelta(weeks=by)}.get(self._views.current())
        self.show_day(add_months(self._day.replace(day=1), by) if step is None else self._day + step)

    def show_view(self, view: str) -> None:
        """Day, week or month."""
        self._views.offer([(code, _(words)) for code, words in _VIEWS], view)
        self._on_view(view)

    def _connect(self, board: Board) -> None:
        board.chosen.connect(self._on_chosen)
        board.opened.connect(self._on_opened)
        board.moved.connect(self._on_moved)
        board.slot_asked.connect(self._on_slot)
        keys: list[tuple[str, Callable[[], None]]] = [
            (key, partial(self._end, outcome)) for outcome, _words, key in ENDS
        ]
        keys += [("PgUp", partial(self.turn, -1)), ("PgDown", partial(self.turn, 1)), ("Home", self._on_today)]
        for key, slot in keys:
            shortcut = QShortcut(QKeySequence(key), board, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        head, tools = QHBoxLayout(), QHBoxLayout()
        for row in (head, tools):
            row.setSpacing(theme.INSIDE)
        head.addWidget(PlainLabel(_("Agenda"), role="title"))
        head.addStretch()
        head.addWidget(button("session_new", _("Session…"), self._on_session))
        head.addWidget(button("absence_new", _("Days away…"), self._on_absence))
        head.addWidget(icon_button("agenda_calendar", _("Write a calendar file…"), self._on_calendar, "download"))
        head.addWidget(button("appointment_new", _("Appointment"), self._on_new, icon="plus", main=True, key="Ctrl+R"))
        tools.addWidget(self._views)
        tools.addWidget(icon_button("agenda_before", _("Before"), partial(self.turn, -1), "chevron-left"))
        tools.addWidget(button("agenda_today", _("Today"), self._on_today))
        tools.addWidget(icon_button("agenda_after", _("After"), partial(self.turn, 1), "chevron-right"))
        tools.addWidget(self._title)
        tools.addStretch()
        tools.addWidget(self._away)
        tools.addWidget(self._back)
        ends = QWidget()
        flow = FlowLayout(ends)
        for each in self._ends:
            flow.addWidget(each)
        flow.addWidget(self._letter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.px(10))
        column.setSpacing(theme.px(10))
        for row in (head, tools):
            column.addLayout(row)
        column.addWidget(self._stack, 1)
        column.addWidget(ends)

    def _in_view(self) -> list[date]:
        """The days of the view; a week leaves out the days of its end when they hold nothing."""
        view, day = self._views.current(), self._day
        if view == _DAY:
            return [day]
        if view == _WEEK:
            monday = day - timedelta(days=day.weekday())
            return [monday + n * _ONE for n in range(7)]
        first = day.replace(day=1)
        monday = first - timedelta(days=first.weekday())
        last = add_months(first, 1) - _ONE
        return [monday + n * _ONE for n in range(((last - monday).days // 7 + 1) * 7)]

    def _on_read(self, found: Agenda) -> None:
        self._shown = found
        self._show()

    def _show(self) -> None:
        found = self._shown
        if found is None:
            return
        days = self._in_view()
        if (found.first, found.last) != (days[0], days[-1]):
            return
        held = {each.at.date() for each in found.appointments}
        if self._views.current() == _WEEK:
            days = [day for day in days if day.weekday() < _WORKED or day in held]
        reasons: dict[str, str] = {code: _(words) for code, words in REASONS}
        closed = {day: _(name) for day in days if (name := holidays_of(day.year).get(day))}
        closed |= {day: reasons[away.reason] for day in days if (away := found.away(day))}
        blocks = [self._block(each) for each in found.appointments]
        self._stack.setCurrentIndex(1 if self.board is self.month else 0)
        self.board.show_days(days, self.seat.today, blocks, closed)
        named = {_DAY: long_day(days[0]), _MONTH: month_name(days[len(days) // 2])}
        self._title.setText(named.get(self._views.current(), week_of(days[0], days[-1])))
        away = next(iter(found.absences), None)
        self._back.setVisible(away is not None)
        self._away.setText("" if away is None else _("Away: {days}").format(days=week_of(away.from_on, away.to_on)))

    def _block(self, each: Appointment) -> Block:
        who = self.seat.mask.private(each.person) if each.person else each.company
        medium, _icon = MEDIA[each.medium]
        state = _(OUTCOMES.get(each.outcome or "", ""))
        kind = _(KINDS[each.kind])
        if each.kind == Kind.TASK and each.call_result is not None:
            state, kind = _(CALL_RESULTS[each.call_result]), ""
        late = each.outcome is None and each.at.date() < self.seat.today
        tone = "warning" if late or each.outcome == Outcome.MISSED else "accent" if each.outcome is None else ""
        if late:
            state = _("outcome to fill in")
        people = ngettext("{n} person", "{n} people", each.people).format(n=number(each.people)) if each.people else ""
        detail = ", ".join(part for part in (state, kind, _(medium).lower(), people, each.about) if part)
        return Block(each, who, detail, tone, f"{long_day(each.at.date())} {each.at:%H:%M} {who}, {detail}")

    @staticmethod
    def _see(area: QScrollArea, place: QRect) -> None:
        area.ensureVisible(place.center().x(), place.center().y(), 0, place.height())

    def _current(self) -> Appointment | None:
        block = self.board.current()
        return None if block is None else block.appointment

    def _on_chosen(self, chosen: Appointment | None) -> None:
        for each in self._ends:
            each.setEnabled(chosen is not None and chosen.ends_by_key)
        self._letter.setEnabled(chosen is not None and chosen.outcome is None and chosen.pathway_id is not None)

    def _end(self, outcome: Outcome) -> None:
        chosen = self._current()
        if chosen is not None and chosen.ends_by_key:
            then = self._on_missed if outcome is Outcome.MISSED else None
            self.runner.do(
                N_("Outcome of an appointment"), settle_appointment, chosen.id, outcome, self.seat.today, then=then
            )

    def _on_missed(self, interaction_id: object) -> None:
        self.missed.emit(interaction_id)

    def _on_opened(self, each: Appointment) -> None:
        """What is to come is changed, what takes place is noted, what is over leads to its file."""
        if each.workshop_id is not None:
            self.session_asked.emit(each.workshop_id)
        elif each.pathway_id is None:
            self.company_asked.emit(each.company_id)
        elif each.outcome is not None:
            self.person_asked.emit(each.pathway_id)
        elif each.at.date() > self.seat.today:
            self.appointment_asked.emit(AppointmentStart(appointment=each))
        else:
            self.meet_asked.emit(Met(each.pathway_id, each.id))

    def _on_moved(self, each: Appointment, at: datetime) -> None:
        if each.outcome is None:
            self.place_anew(each, at, frozenset())

    def place_anew(self, each: Appointment, at: datetime, accepted: frozenset[str]) -> None:
        """Moves an appointment; what is doubted is asked about."""
        self._moving = (each, at)
        label, key = N_("Move an appointment"), each.id
        move: Callable[..., None] = move_appointment
        if each.workshop_id is not None:
            label, move, key = N_("Move a session"), move_session, each.workshop_id
        self.runner.do(
            label, move, key, at, accepted, self.seat.today, then=self._on_moved_away, failed=self._on_move_failed
        )

    def _on_moved_away(self, _nothing: object) -> None:
        at = self._moving[1].date()
        if at not in self._in_view():
            self.show_day(at)

    def _on_move_failed(self, error: Told) -> None:
        if isinstance(error, Doubt):
            each, at = self._moving
            self.move_doubted.emit((fact(error), partial(self.place_anew, each, at, frozenset({"clash", "closed"}))))
        else:
            self.runner.told.emit(error)

    def _on_slot(self, at: datetime) -> None:
        self.appointment_asked.emit(AppointmentStart(at=at))

    def _on_new(self) -> None:
        self.appointment_asked.emit(AppointmentStart())

    def _on_session(self) -> None:
        self.session_asked.emit(None)

    def _on_absence(self) -> None:
        self.absence_asked.emit(max(self._day, self.seat.today))

    def _on_absence_removed(self) -> None:
        away = next(iter(self._shown.absences), None) if self._shown else None
        if away is not None:
            self.runner.do(N_("Take back days away"), remove_absence, away.id)

    def _on_letter(self) -> None:
        chosen = self._current()
        if chosen is not None and chosen.pathway_id is not None:
            self.letters_asked.emit([chosen.id])

    def _on_calendar(self) -> None:
        self.calendar_asked.emit(None)

    def _on_view(self, _view: str) -> None:
        self.refresh()
        self.board.setFocus()

    def _on_day_asked(self, day: date) -> None:
        self._day = day
        self.show_view(_DAY)

    def _on_today(self) -> None:
        self.show_day(self.seat.today)
