"""A period of accompaniment: its prescription and entry, the right beside it, the contract of commitments."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.holder import Holder
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.rules.kinds import Kind, Outcome
from cef_desk.rules.period import add_months, age_on

_LONGEST_COMMITMENT = 24
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PathwayDraft:
    """The days of a pathway; none is not known, and no entry while the person waits.

    `quarterly_month` is the place, 1 to 3, of the month of the quarterly return. `version` is that of the row.
    """

    pathway_id: int
    prescribed_on: date | None = None
    oriented_on: date | None = None
    entered_on: date | None = None
    quarterly_month: int | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class InsertionDraft:
    """A contract of mutual commitments that was signed, from that day to its last one."""

    pathway_id: int
    kind_code: str
    signed_on: date
    ends_on: date


def correct_pathway(session: Session, draft: PathwayDraft, today: date) -> int:
    """Sets the days of a pathway; refuses those to come, and no entry of somebody who was met."""
    pathway = fetch(session, Pathway, draft.pathway_id)
    refuse_stale(pathway, draft.version)
    for name in ("prescribed_on", "oriented_on", "entered_on"):
        day = getattr(draft, name)
        if day is not None and day > today:
            raise Refusal(N_("This day is still to come: today is {today}."), field=name, today=today)
    if draft.entered_on is None:
        _refuse_met(session, pathway)
        if draft.prescribed_on is None:
            raise Refusal(N_("Say when the prescription came, or when the person entered."), field="prescribed_on")
    pathway.prescribed_on, pathway.oriented_on = draft.prescribed_on, draft.oriented_on
    _enter(session, pathway, draft.entered_on)
    _hold_from(session, pathway)
    _set_right(session, pathway.id, draft.quarterly_month, today)
    return pathway.id


def note_entry(session: Session, meeting: Interaction) -> None:
    """The first individual meeting held is the entry of whoever waits; no longer held, it is taken back."""
    if meeting.kind != Kind.MEETING or meeting.pathway_id is None or meeting.call_result is not None:
        return
    pathway, day = fetch(session, Pathway, meeting.pathway_id), meeting.at.date()
    if meeting.outcome == Outcome.HELD and pathway.entered_on is None:
        _enter(session, pathway, day)
    elif meeting.outcome != Outcome.HELD and pathway.prescribed_on is not None and pathway.entered_on == day:
        session.flush()
        _enter(session, pathway, _first_met(session, pathway.id))


def record_return(session: Session, pathway_id: int, about: date, today: date) -> int:
    """Notes that the quarterly return due on a day was sent."""
    del today
    right = session.scalar(select(Right).where(Right.pathway_id == pathway_id))
    if right is None:
        raise Missing(N_("This record is no longer there."))
    right.returned_to = about
    return pathway_id


def sign_commitment(session: Session, draft: InsertionDraft, today: date) -> int:
    """Notes a contract of mutual commitments; refuses one signed after today or that ends before it begins."""
    if draft.signed_on > today:
        raise Refusal(N_("This day is still to come: today is {today}."), field="signed_on", today=today)
    if not draft.signed_on <= draft.ends_on <= add_months(draft.signed_on, _LONGEST_COMMITMENT):
        raise Refusal(
            N_("The last day comes between the signature and {n} months after it."),
            field="ends_on", n=_LONGEST_COMMITMENT,
        )  # fmt: skip
    fetch(session, Pathway, draft.pathway_id)
    row = InsertionContract(
        pathway_id=draft.pathway_id, kind_code=draft.kind_code, signed_on=draft.signed_on, starts_on=draft.signed_on,
        ends_on=draft.ends_on,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def _enter(session: Session, pathway: Pathway, day: date | None) -> None:
    """What reports slice by is that of the day of entry."""
    if pathway.entered_on == day:
        return
    born = fetch(session, Beneficiary, pathway.beneficiary_id).birth_date
    if born is not None and day is not None and day < born:
        raise Refusal(N_("The entry cannot come before the birth on {born}."), field="entered_on", born=born)
    pathway.entered_on, pathway.entered_on_estimated = day, False
    pathway.age_at_entry = None if born is None or day is None else age_on(born, day)


def _hold_from(session: Session, pathway: Pathway) -> None:
    """Whoever held the pathway first holds it from its first day on."""
    first = min(day for day in (pathway.prescribed_on, pathway.entered_on) if day is not None)
    holder = session.scalar(
        select(Holder).where(Holder.pathway_id == pathway.id).order_by(Holder.from_on, Holder.id).limit(1)
    )
    if holder is not None and holder.from_on > first:
        holder.from_on = first


def _first_met(session: Session, pathway_id: int) -> date | None:
    first = session.scalar(
        select(func.min(Interaction.at)).where(
            Interaction.pathway_id == pathway_id, Interaction.kind == Kind.MEETING,
            Interaction.outcome == Outcome.HELD, Interaction.call_result.is_(None),
        )
    )  # fmt: skip
    return None if first is None else first.date()


def _refuse_met(session: Session, pathway: Pathway) -> None:
    met = _first_met(session, pathway.id)
    if met is not None:
        raise Refusal(N_("The person was met on {day}: the entry cannot be empty."), field="entered_on", day=met)


def _set_right(session: Session, pathway_id: int, quarterly_month: int | None, today: date) -> None:
    """Returns of months that have passed when it is first typed are taken as sent."""
    right = session.scalar(select(Right).where(Right.pathway_id == pathway_id))
    if quarterly_month is None:
        if right is not None:
            session.delete(right)
        return
    if right is None:
        right = Right(pathway_id=pathway_id, returned_to=today.replace(day=1) - _DAY)
        session.add(right)
    right.quarterly_month = quarterly_month
