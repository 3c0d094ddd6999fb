"""The forms that open beside a page, and where each leads when it is saved or somebody near is to be seen."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from cef_desk.errors import Told
from cef_desk.queries.companies import CompanyRow
from cef_desk.queries.diary import Appointment, appointment
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.meeting_noted import MeetingNoted, meeting_noted
from cef_desk.queries.no_show import NoShow, no_show
from cef_desk.queries.pathway_forms import CommitmentForm, PathwayForm, commitment_form, pathway_form
from cef_desk.queries.person_rows import PersonRow, person_rows
from cef_desk.queries.records import CompanyForm, PersonForm, TransferForm, company_form, person_form, transfer_form
from cef_desk.queries.unavailability import UnavailabilityForm, unavailability_form
from cef_desk.queries.unfinished import Kept
from cef_desk.queries.workshops import SessionForm, session_form
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui import commands
from cef_desk.ui.agenda.forms import AbsenceForm, AppointmentForm, AppointmentStart
from cef_desk.ui.agenda.workshop import WorkshopForm
from cef_desk.ui.beneficiaries.form import PersonSheet
from cef_desk.ui.beneficiaries.pathway_form import CommitmentSheet, PathwaySheet
from cef_desk.ui.beneficiaries.transfer import TransferSheet
from cef_desk.ui.companies.form import CompanySheet
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.list_kind import SelectedRows
from cef_desk.ui.kit.page import Met, Seat
from cef_desk.ui.kit.side_sheet import SideSheet
from cef_desk.ui.meetings.correction import CorrectionForm
from cef_desk.ui.meetings.day_entry import DayEntryForm
from cef_desk.ui.meetings.form import MeetingForm
from cef_desk.ui.today.forms import CoverForm, SnoozeForm, UnavailabilitySheet
from cef_desk.ui.today.reach import ReachForm

F = TypeVar("F", AppointmentForm, WorkshopForm)
Typing = tuple[str, int | str | tuple[int, ...] | None]
"""Which form is open, and on what: its kind, and the key, the keys or the subject to open it with."""
_MEETING, _PERSON, _COMPANY, _TRANSFER, SETTINGS_FORM = "meeting", "person", "company", "transfer", "settings"
_APPOINTMENT, _CHANGE, _ABSENCE, _SESSION, _DAY = "appointment", "change", "absence", "session", "day"
_CORRECTION = "correction"
_SMALL: Typing = ("", None)
"""A form of two or three fields: what is typed in it is kept, and there when it is opened again from its line."""


_KINDS = {
    MeetingForm.name: _MEETING, PersonSheet.name: _PERSON, CompanySheet.name: _COMPANY,
    AppointmentForm.name: _APPOINTMENT, AbsenceForm.name: _ABSENCE, WorkshopForm.name: _SESSION,
    DayEntryForm.name: _DAY, CorrectionForm.name: _CORRECTION,
}  # fmt: skip


def typing_of(kept: Kept) -> Typing:
    """What was kept of a form, as `reopen` takes it."""
    table, _colon, key = kept.subject.rpartition(":")
    is_change = kept.form == AppointmentForm.name and table == "interaction"
    kind = _CHANGE if is_change else _KINDS.get(kept.form)
    return (SETTINGS_FORM, kept.subject) if kind is None else (kind, int(key) if key.isdecimal() else None)


def page_of(typing: Typing) -> str:
    """The page that a form stands beside."""
    of = {
        _COMPANY: commands.COMPANIES, SETTINGS_FORM: commands.SETTINGS, _APPOINTMENT: commands.AGENDA,
        _CHANGE: commands.AGENDA, _ABSENCE: commands.AGENDA, _SESSION: commands.AGENDA, _DAY: commands.TODAY,
    }  # fmt: skip
    return of.get(typing[0], commands.BENEFICIARIES).id


class Forms(QObject):
    """`person_asked` and `company_asked` carry the record to go to; `opened` when a form came into view.

    `reached` carries what is to be sent to somebody who did not come, `planned` the day of what was planned.
    """

    person_asked = Signal(object)
    company_asked = Signal(object)
    opened = Signal()
    reached = Signal(object)
    planned = Signal(object)

    def __init__(self, seat: Seat, side: SideSheet) -> None:
        super().__init__(side)
        self._seat, self._side = seat, side
        self._then: Callable[[Any], object] | None = None
        self._reading = 0
        self._opened: Typing = ("", None)
        self._asked: int | None = None
        self._met: Met | None = None

    def open(self, make: Callable[[], Form[Any]]) -> Form[Any]:
        """Any form, as those of the settings; one still being read does not open over it."""
        return self._open((SETTINGS_FORM, None), make)

    def _open(self, opened: Typing, make: Callable[[], Form[Any]]) -> Form[Any]:
        self.drop()
        before = self._side.form
        form = self._side.open(make)
        if form is before:
            return form
        self.opened.emit()
        if form.subject.rpartition(":")[2].isdecimal():
            self._seat.runner.note(AccessAction.SEEN, form.subject)
        self._opened = (SETTINGS_FORM, form.subject) if opened[0] == SETTINGS_FORM else opened
        return form

    @property
    def typing(self) -> Typing | None:
        """The form in view, as `reopen` takes it; none without one. It holds a table and a key, nothing of a person."""
        return None if self._side.form is None or self._opened == _SMALL else self._opened

    def reopen(self, typing: Typing) -> None:
        """Opens again the form that was in view when the window was locked: what was typed in it is there."""
        match typing:
            case (kind, int() | None as key) if kind == _MEETING:
                self.meet(None if key is None else Met(key))
            case (kind, int() | None as key) if kind == _APPOINTMENT:
                self.plan(None if key is None else Met(key))
            case (kind, int(key)) if kind in {_CHANGE, _CORRECTION}:
                self._change(key, was_held=kind == _CORRECTION)
            case (kind, int() | None as key) if kind == _SESSION:
                self.hold_session(key)
            case (kind, _) if kind == _DAY:
                self.enter_day()
            case (kind, _) if kind == _ABSENCE:
                self.open_absence(self._seat.today)
            case (kind, int() | None as key) if kind == _PERSON:
                self._ask_person(key)
            case (kind, int() | None as key) if kind == _COMPANY:
                self._ask_company(key)
            case (kind, tuple(keys)) if kind == _TRANSFER:
                self._read(transfer_form, keys, None, then=self._open_transfer)

    def drop(self) -> None:
        """Passes over the form that is being read: its page was left."""
        self._then = None

    def open_meeting(self, person: PersonRow | None, met: Met | None = None) -> Form[Any]:
        """The meeting form, about somebody or whoever is chosen in it; the one there while it is being saved."""
        key = None if person is None else person.id
        return self._open((_MEETING, key), lambda: self._meeting_form(person, met))

    def meet(self, met: Met | None) -> None:
        """Opens the meeting form about somebody, or nobody yet, beside the page in view."""
        if met is None:
            self.open_meeting(None)
            return
        self._met = met
        self._read(person_rows, [met.pathway_id], self._seat.today, then=self._on_met)

    def plan(self, met: Met | None) -> None:
        """Opens the form of an appointment to come with somebody, or with whoever is chosen in it."""
        if met is None:
            self.open_appointment(AppointmentStart())
        else:
            self._read(person_rows, [met.pathway_id], self._seat.today, then=self._on_planned)

    def correct_meeting(self, interaction_id: int) -> None:
        """Opens the form of a meeting noted already."""
        self._change(interaction_id, was_held=True)

    def open_appointment(self, start: AppointmentStart) -> Form[Any]:
        """The form of an appointment to come, new or not."""
        opened: Typing = (_APPOINTMENT, None if start.person is None else start.person[0])
        if start.appointment is not None:
            opened = (_CHANGE, start.appointment.id)
        return self._open(opened, lambda: self._planning(AppointmentForm(self._seat, start)))

    def hold_session(self, workshop_id: int | None) -> None:
        """Opens the form of a session of several people, new or not."""
        if workshop_id is None:
            self._open((_SESSION, None), lambda: self._planning(WorkshopForm(self._seat, None)))
        else:
            self._read(session_form, workshop_id, then=self._on_session)

    def enter_day(self) -> None:
        """Opens the grid in which a day is recorded."""
        self._open((_DAY, None), lambda: DayEntryForm(self._seat))

    def call_company(self, company_id: int) -> None:
        """Opens that grid on a call to a company."""
        self._read(company_form, company_id, then=self._on_called)

    def open_absence(self, day: date) -> Form[Any]:
        """The form of days away."""
        return self._open((_ABSENCE, None), lambda: AbsenceForm(self._seat, day))

    def put_off(self, line: ToDo, words: str) -> Form[Any]:
        """The form that puts a line of the day off."""
        return self._open(_SMALL, lambda: SnoozeForm(self._seat, line, words))

    def reach_again(self, interaction_id: int) -> None:
        """Prepares what is sent to somebody who did not come; a form that is being filled stays."""
        if self._side.form is None:
            self._read(no_show, interaction_id, then=self._on_no_show)

    def part(self, met: Met | None) -> None:
        """Opens the form of the days on which a person cannot be met."""
        if met is not None:
            self._read(unavailability_form, met.pathway_id, self._seat.today, then=self._on_parted)

    def correct_pathway(self, met: Met | None) -> None:
        """Opens the form of the prescription and the rights of somebody."""
        if met is not None:
            self._read(pathway_form, met.pathway_id, then=self._on_pathway)

    def sign(self, pathway_id: int) -> None:
        """Opens the form of a contract of commitments."""
        self._read(commitment_form, pathway_id, then=self._on_commitment)

    def cover(self) -> None:
        """Opens the form of a cover."""
        self._read(transfer_form, (), None, then=self._on_cover)

    def correct_person(self, row: PersonRow) -> None:
        """Reads a person and opens the form."""
        self._ask_person(row.id)

    def new_person(self) -> None:
        """The form of somebody new."""
        self._ask_person(None)

    def open_person(self, opened: PersonForm) -> Form[Any]:
        """The form of a person."""
        return self._open((_PERSON, self._asked), lambda: self._person_sheet(opened))

    def transfer(self, asked: SelectedRows) -> None:
        """Reads what is to change hands and opens the form."""
        self._read(transfer_form, asked.keys, asked.selection, then=self._open_transfer)

    def correct_company(self, row: CompanyRow) -> None:
        """Reads a company and opens the form."""
        self._ask_company(row.id)

    def leave_to_sleep(self, company_id: int) -> None:
        """Opens the form of a company at the day until which it is left to sleep."""
        self._read(company_form, company_id, then=self._on_sleeping)

    def new_company(self) -> None:
        """The form of a new company."""
        self._ask_company(None)

    def open_company(self, opened: CompanyForm) -> Form[Any]:
        """The form of a company."""
        return self._open((_COMPANY, opened.company_id), lambda: self._company_sheet(opened))

    def _change(self, interaction_id: int, *, was_held: bool) -> None:
        if was_held:
            self._read(meeting_noted, interaction_id, then=self._on_noted)
        else:
            self._read(appointment, interaction_id, then=self._on_appointment)

    def _ask_person(self, pathway_id: int | None) -> None:
        self._asked = pathway_id
        self._read(person_form, pathway_id, self._seat.sitting.counsellor_id, then=self.open_person)

    def _ask_company(self, company_id: int | None) -> None:
        self._read(company_form, company_id, then=self.open_company)

    def _on_met(self, rows: list[PersonRow]) -> None:
        if rows:
            self.open_meeting(rows[0], self._met)

    def _on_noted(self, found: MeetingNoted) -> None:
        self._open((_CORRECTION, found.id), lambda: CorrectionForm(self._seat, found))

    def _on_session(self, found: SessionForm) -> None:
        self._open((_SESSION, found.workshop_id), lambda: self._planning(WorkshopForm(self._seat, found)))

    def _on_parted(self, found: UnavailabilityForm) -> None:
        self._open(_SMALL, lambda: UnavailabilitySheet(self._seat, found))

    def _on_called(self, found: CompanyForm) -> None:
        if found.company_id is not None:
            call = (found.company_id, found.values.name)
            self._open((_DAY, None), lambda: DayEntryForm(self._seat, call))

    def _on_sleeping(self, found: CompanyForm) -> None:
        form = self.open_company(found)
        if isinstance(form, CompanySheet):
            form.start_at_sleep()

    def _on_pathway(self, found: PathwayForm) -> None:
        self._open(_SMALL, lambda: PathwaySheet(self._seat, found))

    def _on_commitment(self, found: CommitmentForm) -> None:
        self._open(_SMALL, lambda: CommitmentSheet(self._seat, found))

    def _on_no_show(self, found: NoShow | None) -> None:
        if found is not None and self._side.form is None:
            self._open(_SMALL, lambda: self._reach_form(found))

    def _on_cover(self, found: TransferForm) -> None:
        self._open(_SMALL, lambda: CoverForm(self._seat, found.counsellors))

    def _on_planned(self, rows: list[PersonRow]) -> None:
        if rows:
            self.open_appointment(AppointmentStart(person=(rows[0].id, rows[0].name)))

    def _on_appointment(self, found: Appointment) -> None:
        self.open_appointment(AppointmentStart(appointment=found))

    def _read(self, query: Callable[..., Any], *args: object, then: Callable[[Any], object]) -> None:
        self._then = then
        self._reading += 1
        self._seat.runner.see(query, *args, then=self._on_read, failed=self._on_failed)

    def _on_read(self, opened: object) -> None:
        """Of several forms asked for in a row, the last one opens."""
        self._reading -= 1
        if not self._reading and self._then is not None:
            self._then(opened)

    def _on_failed(self, error: Told) -> None:
        self._reading -= 1
        self._seat.runner.told.emit(error)

    def _meeting_form(self, person: PersonRow | None, met: Met | None) -> MeetingForm:
        form = MeetingForm(self._seat, person, _hour_now(), met)
        form.next_asked.connect(self._on_next_meeting)
        form.missed.connect(self.reach_again, Qt.ConnectionType.QueuedConnection)  # once its place is free
        return form

    def _planning(self, form: F) -> F:
        def tell(_key: object) -> None:
            self.planned.emit(form.draft().at.date())

        form.saved.connect(tell)
        return form

    def _reach_form(self, found: NoShow) -> ReachForm:
        form = ReachForm(self._seat, found)
        form.reached.connect(self.reached)
        return form

    def _on_next_meeting(self) -> None:
        self.open_meeting(None)

    def _person_sheet(self, opened: PersonForm) -> PersonSheet:
        form = PersonSheet(self._seat, opened)
        form.near_opened.connect(self.person_asked)
        if opened.beneficiary_id is None:
            form.saved.connect(self.person_asked)
        return form

    def _company_sheet(self, opened: CompanyForm) -> CompanySheet:
        form = CompanySheet(self._seat, opened)
        form.near_opened.connect(self.company_asked)
        if opened.company_id is None:
            form.saved.connect(self.company_asked)
        return form

    def _open_transfer(self, opened: TransferForm) -> None:
        self._open((_TRANSFER, opened.pathway_ids), lambda: TransferSheet(self._seat, opened))


def _hour_now() -> str:
    return f"{datetime.now():%H:%M}"  # noqa: DTZ005  local wall time, proposed in a field
