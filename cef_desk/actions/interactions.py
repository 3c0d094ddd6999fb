"""Meetings, calls, visits: what a counsellor logs all day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, joinedload

from cef_desk.actions.rows import fetch
from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.folding import without_control_marks
from cef_desk.rules.kinds import Kind, Medium, Outcome

LONGEST_NOTE = 20_000


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """`at` in local wall time; without outcome the meeting is planned, or to be filled in once past."""

    pathway_id: int
    counsellor_id: int
    at: datetime
    minutes: int
    medium: Medium
    outcome: Outcome | None
    note: str = ""


def settle_appointment(session: Session, interaction_id: int, outcome: Outcome, today: date) -> None:
    """Says how an appointment ended, or that a task is done; refuses one that took place after today."""
    appointment = fetch(session, Interaction, interaction_id)
    appointment.outcome = outcome
    appointment.check(today)


def record_meeting(session: Session, draft: MeetingDraft, today: date) -> int:
    """Records a meeting, held or planned; refuses one held after today or before the person was born."""
    pathway = fetch(session, Pathway, draft.pathway_id, joinedload(Pathway.beneficiary))
    born = pathway.beneficiary.birth_date
    if born is not None and draft.at.date() < born:
        raise Refusal(N_("The meeting cannot come before the birth on {born}."), field="day", born=born)
    if len(draft.note) > LONGEST_NOTE:
        raise Refusal(N_("The note is longer than {most} characters."), field="note", most=LONGEST_NOTE)
    meeting = Interaction(
        kind=Kind.MEETING,
        medium=draft.medium,
        outcome=draft.outcome,
        at=draft.at,
        minutes=draft.minutes,
        note=without_control_marks(draft.note),
        counsellor_id=draft.counsellor_id,
        pathway=pathway,
    )
    meeting.check(today)
    session.add(meeting)
    session.flush()
    return meeting.id
