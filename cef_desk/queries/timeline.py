"""What happened in a pathway, a moment a line: entry, meetings, people put forward, contracts, ruptures, exit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.offer import Offer
from cef_desk.model.referral import Referral
from cef_desk.model.rupture import Rupture
from cef_desk.rules.kinds import Kind, ListName


class Event(StrEnum):
    """What a line of a timeline tells."""

    PRESCRIPTION = "prescription"
    ENTRY = "entry"
    INTERACTION = "interaction"
    INSERTION = "insertion"
    REFERRAL = "referral"
    CONTRACT = "contract"
    RUPTURE = "rupture"
    EXIT = "exit"


@dataclass(frozen=True)
class Moment:
    """One line of a timeline.

    `what` is the kind of contract, reason or exit in the words of its list, or the code of an interaction's kind or of
    a referral's state; `where` a company, `who` a person where the line stands on a company's card.
    `corrects` is the key of an interaction that can be corrected: a meeting, follow-up or call that has its outcome.
    """

    event: Event
    at: datetime
    what: str = ""
    where: str = ""
    who: str = ""
    note: str = ""
    medium: str = ""
    outcome: str | None = None
    last_day: date | None = None
    is_private: bool = False
    done_by: str | None = None
    call_result: str | None = None
    corrects: int | None = None

    @property
    def day(self) -> date:
        """The day of it."""
        return self.at.date()


_PATHWAY: BindParameter[int] = bindparam("pathway_id")
_KIND, _REASON = aliased(ListEntry), aliased(ListEntry)
_INTERACTIONS = (
    select(
        Interaction.id, Interaction.at, Interaction.kind, Interaction.note, Interaction.medium, Interaction.outcome,
        Interaction.is_private, Interaction.done_by, Interaction.call_result, Company.name,
    )
    .outerjoin(Contract, Contract.id == Interaction.contract_id)
    .outerjoin(Company, Company.id == func.coalesce(Interaction.company_id, Contract.company_id))
    .where(Interaction.pathway_id == _PATHWAY)
)  # fmt: skip
_INSERTIONS = select(InsertionContract.signed_on, InsertionContract.kind_code, InsertionContract.ends_on).where(
    InsertionContract.pathway_id == _PATHWAY
)
_REFERRALS = (
    select(Referral.proposed_on, Referral.status, Offer.job, Company.name)
    .join(Offer, Offer.id == Referral.offer_id)
    .join(Company, Company.id == Offer.company_id)
    .where(Referral.pathway_id == _PATHWAY)
)
_CONTRACTS = (
    select(
        Contract.starts_on, func.coalesce(_KIND.label, Contract.kind_code).label("kind"), Contract.job,
        func.coalesce(Contract.ended_on, Contract.planned_end_on).label("last_day"), Company.name,
        Rupture.day.label("broken_on"), func.coalesce(_REASON.label, Rupture.reason_code).label("reason"),
    )
    .join(Company, Company.id == Contract.company_id)
    .outerjoin(Rupture, Rupture.contract_id == Contract.id)
    .outerjoin(_KIND, and_(_KIND.list_name == ListName.CONTRACT_KIND, _KIND.code == Contract.kind_code))
    .outerjoin(_REASON, and_(_REASON.list_name == ListName.RUPTURE_REASON, _REASON.code == Rupture.reason_code))
    .where(Contract.pathway_id == _PATHWAY)
)  # fmt: skip
_EXITS = (
    select(Exit.day, func.coalesce(ListEntry.label, Exit.kind_code).label("kind"))
    .outerjoin(ListEntry, and_(ListEntry.code == Exit.kind_code, ListEntry.list_name == ListName.EXIT_KIND))
    .where(Exit.pathway_id == _PATHWAY)
)
"""Put together once: a file is opened forty times a day."""


def timeline(session: Session, pathway_id: int, *, prescribed_on: date | None, entered_on: date | None) -> list[Moment]:
    """Everything of a pathway, newest first."""
    asked = {"pathway_id": pathway_id}
    found = [
        *(
            Moment(event, _midnight(day))
            for event, day in ((Event.PRESCRIPTION, prescribed_on), (Event.ENTRY, entered_on))
            if day is not None
        ),
        *(_interaction(row) for row in session.execute(_INTERACTIONS, asked)),
        *(
            Moment(Event.INSERTION, _midnight(row.signed_on), row.kind_code, last_day=row.ends_on)
            for row in session.execute(_INSERTIONS, asked)
        ),
        *(
            Moment(Event.REFERRAL, _midnight(row.proposed_on), row.status, row.name, note=row.job)
            for row in session.execute(_REFERRALS, asked)
        ),
        *(moment for row in session.execute(_CONTRACTS, asked) for moment in _contract(row)),
        *(Moment(Event.EXIT, _midnight(row.day), row.kind) for row in session.execute(_EXITS, asked)),
    ]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _interaction(row: Any) -> Moment:  # noqa: ANN401  a row of the query above
    met = row.kind in {Kind.MEETING, Kind.CHECK_UP} or row.call_result is not None
    return Moment(
        Event.INTERACTION, row.at, row.kind, row.name or "", note=row.note, medium=row.medium, outcome=row.outcome,
        is_private=row.is_private, done_by=row.done_by, call_result=row.call_result,
        corrects=row.id if met and row.outcome is not None else None,
    )  # fmt: skip


def _contract(row: Any) -> Iterator[Moment]:  # noqa: ANN401  as above
    yield Moment(
        Event.CONTRACT, _midnight(row.starts_on), row.kind, row.name, note=row.job or "", last_day=row.last_day
    )
    if row.broken_on is not None:
        yield Moment(Event.RUPTURE, _midnight(row.broken_on), row.reason, row.name)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())
