"""Meetings, calls, visits: what a counsellor logs all day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from cef_desk.actions.appointments import next_appointment, plan_appointment
from cef_desk.actions.notes import written_note
from cef_desk.actions.rows import fetch
from cef_desk.errors import Doubt, Refusal
from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.folding import one_line
from cef_desk.rules.kinds import CallResult, DoneBy, Kind, Medium, Outcome

_LONGEST_TASK = 500
_TWICE = "twice"


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
    subject_codes: tuple[str, ...] = ()
    is_private: bool = False
    agreed: tuple[Agreed, ...] = ()
    next_at: datetime | None = None
    next_minutes: int = 30
    appointment_id: int | None = None
    contract_id: int | None = None
    accepted: frozenset[str] = frozenset()


def settle_appointment(session: Session, interaction_id: int, outcome: Outcome, today: date) -> None:
    """Says how an appointment ended, or that a task is done; refuses one that took place after today."""
    appointment = fetch(session, Interaction, interaction_id)
    appointment.outcome = outcome
    appointment.check(today)


def record_meeting(session: Session, draft: MeetingDraft, today: date) -> int:
    """Records a meeting with what was agreed at it, and the next one; gives its key.

    Refuses one held after today or before the person was born; asks about the same one twice, two appointments at
    once, and words that a note does without.
    """
    pathway = fetch(session, Pathway, draft.pathway_id, joinedload(Pathway.beneficiary))
    born = pathway.beneficiary.birth_date
    if born is not None and draft.at.date() < born:
        raise Refusal(N_("The meeting cannot come before the birth on {born}."), field="day", born=born)
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
    meeting.subject_codes = " ".join(draft.subject_codes)
    meeting.check(today)
    if meeting.outcome is None and draft.at.date() >= today:
        plan_appointment(session, meeting, today, field="day", accepted=draft.accepted)
    session.add(meeting)
    session.flush()
    for agreed in draft.agreed:
        session.add(_task(meeting, agreed))
    if draft.next_at is not None:
        following = next_appointment(meeting, draft.next_at, draft.next_minutes)
        plan_appointment(session, following, today, field="next_day", accepted=draft.accepted)
    session.flush()
    return meeting.id


def _meeting(session: Session, draft: MeetingDraft) -> Interaction:
    """The appointment that took place, or a new meeting; asks about one that is there already."""
    if draft.appointment_id is not None:
        appointment = fetch(session, Interaction, draft.appointment_id)
        if appointment.pathway_id != draft.pathway_id:
            raise Refusal(N_("This appointment is with somebody else: choose the person again."))
        if appointment.outcome is not None:
            raise Refusal(N_("This appointment has its outcome already: close this form and open it again."))
        return appointment
    same = select(Interaction.id).where(
        Interaction.pathway_id == draft.pathway_id, Interaction.at == draft.at, Interaction.kind != Kind.TASK
    )
    if _TWICE not in draft.accepted and session.scalar(same) is not None:
        raise Doubt(
            N_("A meeting with this person at {hour} is noted already. Save again to note another one."),
            about=_TWICE, field="time", hour=draft.at,
        )  # fmt: skip
    return Interaction(kind=Kind.MEETING, counsellor_id=draft.counsellor_id, pathway_id=draft.pathway_id)


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
