"""A period of accompaniment: its prescription and entry, the right beside it, the contract of commitments."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.rules.kinds import Kind, Medium, Outcome
from cef_desk.rules.period import add_months, age_on

_LONGEST_COMMITMENT, _MONTHS_OF_A_QUARTER = 24, 3
_DAY = timedelta(days=1)
_FROM_AFAR = (Medium.PHONE, Medium.EMAIL, Medium.POST)
"""A call or a letter is no first meeting."""


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


def begin_pathway(session: Session, pathway: Pathway, entered_on: date | None, today: date) -> None:
    """Sets the entry of a new pathway; refuses days that cannot be, and neither prescription nor entry."""
    pathway.entry_follows_meetings = entered_on is None
    _refuse_days(session, pathway, entered_on, today)
    _enter(session, pathway, entered_on)


def correct_pathway(session: Session, draft: PathwayDraft, today: date) -> int:
    """Sets the days of a pathway; refuses those that cannot be, and no entry of somebody who works or has left."""
    pathway = fetch(session, Pathway, draft.pathway_id)
    refuse_stale(pathway, draft.version)
    pathway.prescribed_on, pathway.oriented_on = draft.prescribed_on, draft.oriented_on
    entered = draft.entered_on
    if entered is None:
        entered = _first_met(session, pathway.id)
        pathway.entry_follows_meetings = True
    elif entered != pathway.entered_on:
        pathway.entry_follows_meetings = False
    _refuse_days(session, pathway, entered, today)
    _refuse_without_entry(session, pathway, entered)
    _enter(session, pathway, entered)
    _hold_from(session, pathway)
    _set_right(session, pathway.id, draft.quarterly_month, today)
    return pathway.id


def follow_meetings(session: Session, pathway_id: int | None) -> None:
    """The first individual meeting held is the entry of whoever has no other: glossary, *entrée*."""
    if pathway_id is None:
        return
    session.flush()
    pathway = fetch(session, Pathway, pathway_id)
    if pathway.entry_follows_meetings:
        _enter(session, pathway, _first_met(session, pathway_id))
        _hold_from(session, pathway)


def record_return(session: Session, pathway_id: int, about: date, today: date) -> int:
    """Notes that the quarterly return due on a day was sent; one sent before stays so."""
    del today
    right = session.scalar(select(Right).where(Right.pathway_id == pathway_id))
    if right is None:
        raise Missing(N_("This record is no longer there."))
    right.returned_to = max(right.returned_to, about)
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


def _refuse_days(session: Session, pathway: Pathway, entered_on: date | None, today: date) -> None:
    if entered_on is None and pathway.prescribed_on is None:
        raise Refusal(N_("Say when the prescription came, or when the person entered."), field="prescribed_on")
    born = fetch(session, Beneficiary, pathway.beneficiary_id).birth_date
    for name, day in (
        ("prescribed_on", pathway.prescribed_on), ("oriented_on", pathway.oriented_on), ("entered_on", entered_on)
    ):  # fmt: skip
        if day is not None and day > today:
            raise Refusal(N_("This day is still to come: today is {today}."), field=name, today=today)
        if born is not None and day is not None and day < born:
            raise Refusal(N_("This day comes before the birth on {born}."), field=name, born=born)
    left = session.scalar(select(Exit.day).where(Exit.pathway_id == pathway.id))
    if left is not None and entered_on is not None and entered_on > left:
        raise Refusal(N_("The exit was on {day}: the entry comes before it."), field="entered_on", day=left)


def _refuse_without_entry(session: Session, pathway: Pathway, entered_on: date | None) -> None:
    """Whoever signed a contract or has left had entered."""
    signed = session.scalar(select(func.min(Contract.signed_on)).where(Contract.pathway_id == pathway.id))
    left = session.scalar(select(Exit.day).where(Exit.pathway_id == pathway.id))
    since = min((day for day in (signed, left) if day is not None), default=None)
    if entered_on is None and since is not None:
        raise Refusal(N_("A contract or an exit of {day} stands here: the entry cannot be empty."), field="entered_on",
                      day=since)  # fmt: skip


def _enter(session: Session, pathway: Pathway, day: date | None) -> None:
    """What reports slice by is that of the day of entry."""
    if pathway.entered_on == day and pathway.id is not None:
        return
    person = fetch(session, Beneficiary, pathway.beneficiary_id)
    if pathway.entered_on is None:
        pathway.commune = person.city or None
    pathway.entered_on, pathway.entered_on_estimated = day, False
    pathway.age_at_entry = None if person.birth_date is None or day is None else age_on(person.birth_date, day)


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
            Interaction.outcome == Outcome.HELD, Interaction.medium.not_in(_FROM_AFAR),
        )
    )  # fmt: skip
    return None if first is None else first.date()


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
    if not 1 <= quarterly_month <= _MONTHS_OF_A_QUARTER:
        raise Refusal(N_("A quarter has three months."), field="quarterly_month")
    right.quarterly_month = quarterly_month
