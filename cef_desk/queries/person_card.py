"""What stands beside the people list: who somebody is, and what happened, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.barrier import Barrier
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.offer import Offer
from cef_desk.model.pathway import Pathway
from cef_desk.model.referral import Referral
from cef_desk.model.rupture import Rupture
from cef_desk.queries.pathway_state import open_barrier
from cef_desk.queries.person_rows import PersonRow, person_rows
from cef_desk.queries.unavailability import Unavailable, unavailable
from cef_desk.rules.kinds import ListName


class Event(StrEnum):
    """What a line of a timeline tells."""

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

    @property
    def day(self) -> date:
        """The day of it."""
        return self.at.date()


@dataclass(frozen=True)
class PersonCard:
    """A person beside the list; `timeline` is newest first, what is planned above the rest."""

    row: PersonRow
    beneficiary_id: int
    birth_date: date | None
    address: str
    email: str
    channel: str
    through: str
    vehicle: str | None
    barriers: tuple[str, ...]
    others: int
    away: Unavailable | None
    timeline: tuple[Moment, ...]


def person_card(session: Session, pathway_id: int, today: date) -> PersonCard:
    """The card of a pathway; `others` counts the person's earlier or later pathways."""
    found = session.execute(
        select(Pathway, Beneficiary)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Pathway.id == pathway_id)
    ).one_or_none()
    if found is None:
        raise Missing(N_("This record is no longer there."))
    pathway, person = found
    others = session.scalar(
        select(func.count()).select_from(Pathway).where(
            Pathway.beneficiary_id == person.id, Pathway.id != pathway_id
        )
    )  # fmt: skip
    barriers = session.scalars(
        select(ListEntry.label)
        .join(Barrier, and_(ListEntry.code == Barrier.theme_code, ListEntry.list_name == ListName.BARRIER))
        .where(Barrier.pathway_id == pathway_id, *open_barrier(today))
        .order_by(ListEntry.position)
    )
    moments = [
        Moment(Event.ENTRY, _midnight(pathway.entered_on)),
        *_interactions(session, pathway_id),
        *_insertion_contracts(session, pathway_id),
        *_referrals(session, pathway_id),
        *_contracts(session, pathway_id),
        *_exits(session, pathway_id),
    ]
    return PersonCard(
        person_rows(session, [pathway_id], today)[0], person.id, person.birth_date,
        ", ".join(part for part in (person.address, f"{person.postcode} {person.city}".strip()) if part), person.email,
        person.channel, person.contact_through, label_of(session, ListName.VEHICLE, person.vehicle_code),
        tuple(dict.fromkeys(barriers)), others or 0,
        unavailable(session, pathway_id, today), tuple(sorted(moments, key=lambda m: m.at, reverse=True)),
    )  # fmt: skip


def label_of(session: Session, name: ListName, code: str | None) -> str | None:
    """The words of a code, none when there is none."""
    return session.scalar(select(ListEntry.label).where(ListEntry.list_name == name, ListEntry.code == code))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _interactions(session: Session, pathway_id: int) -> Sequence[Moment]:
    rows = session.execute(
        select(Interaction, Company.name)
        .outerjoin(Contract, Contract.id == Interaction.contract_id)
        .outerjoin(Company, Company.id == func.coalesce(Interaction.company_id, Contract.company_id))
        .where(Interaction.pathway_id == pathway_id)
    )
    return [
        Moment(
            Event.INTERACTION,
            row.at,
            row.kind,
            name or "",
            note=row.note,
            medium=row.medium,
            outcome=row.outcome,
            is_private=row.is_private,
            done_by=row.done_by,
            call_result=row.call_result,
        )
        for row, name in rows
    ]


def _insertion_contracts(session: Session, pathway_id: int) -> Sequence[Moment]:
    rows = session.scalars(select(InsertionContract).where(InsertionContract.pathway_id == pathway_id))
    return [Moment(Event.INSERTION, _midnight(row.signed_on), row.kind_code, last_day=row.ends_on) for row in rows]


def _referrals(session: Session, pathway_id: int) -> Sequence[Moment]:
    rows = session.execute(
        select(Referral.proposed_on, Referral.status, Offer.job, Company.name)
        .join(Offer, Offer.id == Referral.offer_id)
        .join(Company, Company.id == Offer.company_id)
        .where(Referral.pathway_id == pathway_id)
    )
    return [Moment(Event.REFERRAL, _midnight(day), status, name, note=job) for day, status, job, name in rows]


def _contracts(session: Session, pathway_id: int) -> Sequence[Moment]:
    kind, reason = ListName.CONTRACT_KIND, ListName.RUPTURE_REASON
    labels = {
        (row.list_name, row.code): row.label
        for row in session.execute(
            select(ListEntry.list_name, ListEntry.code, ListEntry.label).where(ListEntry.list_name.in_([kind, reason]))
        )
    }
    found = []
    rows = session.execute(
        select(Contract, Company.name, Rupture)
        .join(Company, Company.id == Contract.company_id)
        .outerjoin(Rupture, Rupture.contract_id == Contract.id)
        .where(Contract.pathway_id == pathway_id)
    )
    for contract, name, rupture in rows:
        told = labels.get((kind, contract.kind_code), contract.kind_code)
        found.append(
            Moment(
                Event.CONTRACT, _midnight(contract.starts_on), told, name, note=contract.job or "",
                last_day=contract.ended_on or contract.planned_end_on,
            )
        )  # fmt: skip
        if rupture is not None:
            why = labels.get((reason, rupture.reason_code), rupture.reason_code)
            found.append(Moment(Event.RUPTURE, _midnight(rupture.day), why, name))
    return found


def _exits(session: Session, pathway_id: int) -> Sequence[Moment]:
    rows = session.execute(
        select(Exit.day, func.coalesce(ListEntry.label, Exit.kind_code))
        .outerjoin(ListEntry, and_(ListEntry.code == Exit.kind_code, ListEntry.list_name == ListName.EXIT_KIND))
        .where(Exit.pathway_id == pathway_id)
    )
    return [Moment(Event.EXIT, _midnight(day), kind) for day, kind in rows]
