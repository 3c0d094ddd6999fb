"""Meetings, calls, visits: what a counsellor logs all day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from cef_desk.actions.appointments import next_appointment, plan_appointment
from cef_desk.actions.notes import written_note
from cef_desk.actions.pathways import follow_meetings
from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Doubt, Refusal
from cef_desk.i18n import N_
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.folding import one_line
from cef_desk.rules.kinds import CallResult, DoneBy, Kind, Medium, Outcome

_LONGEST_TASK = 500
_TWICE = "twice"
_NOTE_BOTH = N_("Save again to note another one.")


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What the counsellor or the person does by a day."""

    done_by: DoneBy
    what: str
    by: date


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """`at` in local wall time; without outcome the meeting is planned, or to be filled in once past.

    `appointment_id` is the appointment that took place, none for a meeting that was not planned. With `contract_id` it
    is a check-up of somebody in a job. `accepted` holds what was asked about and is meant.
    """

    pathway_id: int
    counsellor_id: int
    at: datetime
    minutes: int
    medium: Medium
    outcome: Outcome | None
    note: str = ""
    call_result: CallResult | None = None
    subject_codes: tuple[str, ...] | None = ()
    is_private: bool = False
    agreed: tuple[Agreed, ...] = ()
    next_at: datetime | None = None
    next_minutes: int = 30
    appointment_id: int | None = None
    contract_id: int | None = None
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CorrectionDraft:
    """A meeting, follow-up or call as it should have been noted; `version` is that of the row the form was filled from.

    The outcome of a call stays what it was.
    """

    interaction_id: int
    version: int
    at: datetime
    minutes: int
    medium: Medium
    outcome: Outcome
    note: str
    subject_codes: tuple[str, ...]
    is_private: bool
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class VisitDraft:
    """A visit or call to a company; `appointment_id` is the one that was planned, if it was."""

    company_id: int
    counsellor_id: int
    at: datetime
    minutes: int
    medium: Medium
    outcome: Outcome | None
    note: str = ""
    call_result: CallResult | None = None
    appointment_id: int | None = None
    accepted: frozenset[str] = frozenset()


def settle_appointment(session: Session, interaction_id: int, outcome: Outcome, today: date) -> int:
    """Says how an appointment ended, or that a task is done, and gives its key; refuses one of a day to come."""
    appointment = fetch(session, Interaction, interaction_id)
    appointment.outcome = outcome
    appointment.check(today)
    follow_meetings(session, appointment.pathway_id)
    return interaction_id


def record_meeting(session: Session, draft: MeetingDraft, today: date) -> int:
    """Records a meeting with what was agreed at it, and the next one; gives its key.

    Refuses one held after today or before the person was born; asks about the same one twice, two appointments at
    once, and words that a note does without.
    """
    _refuse_before_birth(session, draft.pathway_id, draft.at)
    meeting = _meeting(session, draft)
    note = written_note(session, draft.note, field="note", accepted=draft.accepted)
    meeting.at, meeting.minutes, meeting.medium = draft.at, draft.minutes, draft.medium
    meeting.outcome, meeting.call_result = draft.outcome, draft.call_result
    if draft.contract_id is not None:
        contract = fetch(session, Contract, draft.contract_id)
        if contract.pathway_id != draft.pathway_id:
            raise Refusal(N_("This appointment is with somebody else: choose the person again."))
        meeting.kind, meeting.contract_id, meeting.company_id = Kind.CHECK_UP, contract.id, contract.company_id
    if draft.call_result in {CallResult.MESSAGE, CallResult.WRONG_NUMBER}:
        _reached_nobody(meeting, planned=draft.appointment_id is not None)
    meeting.note, meeting.is_private = note, draft.is_private
    if draft.subject_codes is not None:
        meeting.subject_codes = " ".join(draft.subject_codes)
    meeting.check(today)
    if meeting.outcome is None and draft.at.date() >= today:
        plan_appointment(session, meeting, today, field="day", accepted=draft.accepted)
    session.add(meeting)
    follow_meetings(session, meeting.pathway_id)
    for agreed in draft.agreed:
        session.add(_task(meeting, agreed))
    if draft.next_at is not None:
        following = next_appointment(meeting, draft.next_at, draft.next_minutes)
        plan_appointment(session, following, today, field="next_day", accepted=draft.accepted)
    session.flush()
    return meeting.id


def correct_meeting(session: Session, draft: CorrectionDraft, today: date) -> int:
    """Corrects what was noted of a meeting, follow-up or call, and gives its key.

    Refuses one held after today or before the person was born, and a form filled from an older state of it; asks about
    words that a note does without.
    """
    meeting = fetch(session, Interaction, draft.interaction_id)
    refuse_stale(meeting, draft.version)
    if meeting.pathway_id is not None:
        _refuse_before_birth(session, meeting.pathway_id, draft.at)
    meeting.note = written_note(session, draft.note, field="note", accepted=draft.accepted)
    meeting.at, meeting.minutes, meeting.medium = draft.at, draft.minutes, draft.medium
    meeting.subject_codes, meeting.is_private = " ".join(draft.subject_codes), draft.is_private
    if meeting.call_result is None:
        meeting.outcome = draft.outcome
    meeting.check(today)
    follow_meetings(session, meeting.pathway_id)
    return meeting.id


def record_visit(session: Session, draft: VisitDraft, today: date) -> int:
    """Records a visit or call to a company, held or planned, and gives its key.

    Refuses one held after today; asks about the same one twice, and words that a note does without.
    """
    company = fetch(session, Company, draft.company_id)
    if draft.appointment_id is not None:
        visit = _still_open(fetch(session, Interaction, draft.appointment_id))
    elif _is_noted(session, draft, Interaction.company_id == company.id):
        raise Doubt(
            N_("A visit or call to this company on {hour} is noted already."),
            about=_TWICE, again=_NOTE_BOTH, field="time", hour=draft.at,
        )  # fmt: skip
    else:
        visit = Interaction(kind=Kind.PROSPECTION, counsellor_id=draft.counsellor_id, company_id=company.id)
    visit.note = written_note(session, draft.note, field="note", accepted=draft.accepted)
    visit.at, visit.minutes, visit.medium = draft.at, draft.minutes, draft.medium
    visit.outcome, visit.call_result = draft.outcome, draft.call_result
    if draft.call_result in {CallResult.MESSAGE, CallResult.WRONG_NUMBER}:
        _reached_nobody(visit, planned=draft.appointment_id is not None)
    visit.check(today)
    session.add(visit)
    session.flush()
    return visit.id


def _refuse_before_birth(session: Session, pathway_id: int, at: datetime) -> None:
    born = fetch(session, Pathway, pathway_id, joinedload(Pathway.beneficiary)).beneficiary.birth_date
    if born is not None and at.date() < born:
        raise Refusal(N_("The meeting cannot come before the birth on {born}."), field="day", born=born)


def _still_open(appointment: Interaction) -> Interaction:
    if appointment.outcome is not None:
        raise Refusal(N_("This appointment has its outcome already: close this form and open it again."))
    return appointment


def _meeting(session: Session, draft: MeetingDraft) -> Interaction:
    """The appointment that took place, or a new meeting; asks about one that is there already."""
    if draft.appointment_id is not None:
        appointment = fetch(session, Interaction, draft.appointment_id)
        if appointment.pathway_id != draft.pathway_id:
            raise Refusal(N_("This appointment is with somebody else: choose the person again."))
        return _still_open(appointment)
    if _is_noted(session, draft, Interaction.pathway_id == draft.pathway_id):
        raise Doubt(
            N_("A meeting with this person at {hour} is noted already."),
            about=_TWICE, again=_NOTE_BOTH, field="time", hour=draft.at,
        )  # fmt: skip
    return Interaction(kind=Kind.MEETING, counsellor_id=draft.counsellor_id, pathway_id=draft.pathway_id)


def _is_noted(session: Session, draft: MeetingDraft | VisitDraft, whose: ColumnElement[bool]) -> bool:
    """True when something with the same stands at the same hour already, and nobody has said that both are meant."""
    same = select(Interaction.id).where(whose, Interaction.at == draft.at, Interaction.kind != Kind.TASK)
    return _TWICE not in draft.accepted and session.scalar(same) is not None


def _reached_nobody(call: Interaction, *, planned: bool) -> None:
    """A call is a task done; an appointment by telephone stays one, which was missed."""
    if planned:
        call.outcome = Outcome.MISSED
    else:
        call.kind, call.outcome = Kind.TASK, Outcome.HELD


def _task(meeting: Interaction, agreed: Agreed) -> Interaction:
    what = one_line(agreed.what)
    if len(what) > _LONGEST_TASK:
        raise Refusal(N_("This is longer than {most} characters."), field="agreed", most=_LONGEST_TASK)
    if agreed.by < meeting.at.date():
        raise Refusal(N_("What is agreed cannot be due before the meeting, on {day}."), field="agreed", day=agreed.by)
    return Interaction(
        kind=Kind.TASK, medium=meeting.medium, outcome=None, at=datetime.combine(agreed.by, time.min), minutes=0,
        note=what, counsellor_id=meeting.counsellor_id, pathway_id=meeting.pathway_id, done_by=agreed.done_by,
        origin_id=meeting.id,
    )  # fmt: skip
