"""Getting in touch again with somebody who did not come: a line in the timeline, and nothing more to do about it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from cef_desk.actions.notes import written_note
from cef_desk.actions.rows import fetch
from cef_desk.errors import Refusal
from cef_desk.i18n import N_, _, field_day
from cef_desk.model.interaction import Interaction
from cef_desk.rules.kinds import Channel, Kind, Medium, Outcome

_MEDIA = {
    Channel.SMS: Medium.PHONE, Channel.PHONE: Medium.PHONE, Channel.THROUGH: Medium.PHONE,
    Channel.EMAIL: Medium.EMAIL, Channel.POST: Medium.POST,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReachDraft:
    """Through which channel somebody was reached after the appointment that was missed, and in which words."""

    interaction_id: int
    counsellor_id: int
    channel: Channel
    words: str = ""
    accepted: frozenset[str] = frozenset()


def reach_again(session: Session, draft: ReachDraft, today: date) -> int:
    """Notes it today and gives its key; refuses when the appointment is no longer one that was missed."""
    missed = fetch(session, Interaction, draft.interaction_id)
    if missed.outcome != Outcome.MISSED:
        raise Refusal(N_("This appointment is not missed any more: nothing is to be sent. Close this form."))
    words = written_note(session, draft.words, field="words", accepted=draft.accepted)
    told = _("Reached again after the absence of {day}").format(day=field_day(missed.at.date()))
    row = Interaction(
        kind=Kind.TASK, medium=_MEDIA[draft.channel], outcome=Outcome.HELD, minutes=0,
        at=datetime.combine(today, time.min), counsellor_id=draft.counsellor_id, pathway_id=missed.pathway_id,
        origin_id=missed.id, note="\n".join(part for part in (told, words) if part),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id
