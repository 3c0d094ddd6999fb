"""Letters that were written: a line in each timeline."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch
from cef_desk.i18n import _, field_day
from cef_desk.model.interaction import Interaction
from cef_desk.rules.kinds import Kind, Medium, Outcome


def note_letters(session: Session, interaction_ids: Sequence[int], today: date) -> int:
    """Notes that the letter of each appointment was written today, and gives how many."""
    for key in interaction_ids:
        appointment = fetch(session, Interaction, key)
        session.add(
            Interaction(
                kind=Kind.TASK, medium=Medium.POST, outcome=Outcome.HELD, at=datetime.combine(today, time.min),
                minutes=0, counsellor_id=appointment.counsellor_id, pathway_id=appointment.pathway_id,
                origin_id=appointment.id,
                note=_("Letter of appointment for {day}").format(day=field_day(appointment.at.date())),
            )
        )  # fmt: skip
    session.flush()
    return len(interaction_ids)
