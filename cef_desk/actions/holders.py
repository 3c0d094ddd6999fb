"""Who holds a pathway: several change hands at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder


@dataclass(frozen=True, kw_only=True)
class TransferDraft:
    """Pathways to be held by another counsellor from a day on."""

    pathway_ids: Sequence[int]
    counsellor_code: str
    from_on: date


def transfer(session: Session, draft: TransferDraft, _today: date) -> int:
    """Gives pathways to another counsellor and tells how many changed hands.

    Those that are that counsellor's already, and those that have ended, stay as they are. Refuses a day before that
    on which one of them came to whoever holds it now: what was counted for a counsellor stays theirs.
    """
    to = session.scalar(select(Counsellor).where(Counsellor.code == draft.counsellor_code))
    if to is None:
        raise Missing(N_("This counsellor is no longer there."))
    ended = set(session.scalars(select(Exit.pathway_id).where(Exit.day < draft.from_on)))
    open_ids = [key for key in draft.pathway_ids if key not in ended]
    moved = sum(_hand(session, key, to.id, draft.from_on) for key in open_ids)
    if not moved:
        raise Refusal(
            N_("Nothing to hand over: these files have ended, or {who} holds them already."),
            field="counsellor_code", who=to.code,
        )  # fmt: skip
    return moved


def _hand(session: Session, pathway_id: int, counsellor_id: int, from_on: date) -> bool:
    held = session.scalar(
        select(Holder).where(Holder.pathway_id == pathway_id).order_by(Holder.from_on.desc(), Holder.id.desc()).limit(1)
    )
    if held is not None and held.from_on > from_on:
        raise Refusal(
            N_("One of these files came to its counsellor on {day}: it cannot leave earlier."),
            field="from_on", day=held.from_on,
        )  # fmt: skip
    if held is not None and held.counsellor_id == counsellor_id and (held.to_on is None or held.to_on >= from_on):
        return False
    if held is not None and held.from_on == from_on:
        held.counsellor_id, held.to_on = counsellor_id, None
        return True
    if held is not None and (held.to_on is None or held.to_on >= from_on):
        held.to_on = from_on - timedelta(days=1)
    session.add(Holder(pathway_id=pathway_id, counsellor_id=counsellor_id, from_on=from_on))
    return True
