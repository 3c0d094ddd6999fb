"""What stands beside the companies list: whom to speak to, what the unit remembers, who works there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select, union
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.company_contact import CompanyContact
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.companies import CompanyRow, company_rows
from cef_desk.queries.pathway_state import last_day, running
from cef_desk.queries.timeline import Event, Moment
from cef_desk.rules.kinds import ListName


@dataclass(frozen=True)
class Speaker:
    """Somebody to speak to."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True)
class Employee:
    """A person placed there now; `id` is the pathway's."""

    id: int
    name: str
    job: str
    contract: str
    trial_end_on: date | None
    last_day: date | None


@dataclass(frozen=True)
class CompanyCard:
    """A company beside the list.

    `tried` are the contracts whose trial is over, `kept` those of them that went on; `causes` the ruptures by reason.
    """

    row: CompanyRow
    siret: str | None
    email: str
    address: str
    speakers: tuple[Speaker, ...]
    tried: int
    kept: int
    causes: tuple[tuple[str, int], ...]
    employees: tuple[Employee, ...]
    timeline: tuple[Moment, ...]
    wakes_on: date | None


def company_card(session: Session, company_id: int, today: date) -> CompanyCard:
    """The card of a company."""
    company = session.get(Company, company_id)
    if company is None:
        raise Missing(N_("This record is no longer there."))
    speakers = session.scalars(
        select(CompanyContact).where(CompanyContact.company_id == company_id).order_by(CompanyContact.id)
    )
    tried, kept = _trials(session, company_id, today)
    causes = session.execute(
        select(func.coalesce(ListEntry.label, Rupture.reason_code), func.count())
        .select_from(Rupture)
        .join(Contract, Contract.id == Rupture.contract_id)
        .outerjoin(
            ListEntry, and_(ListEntry.code == Rupture.reason_code, ListEntry.list_name == ListName.RUPTURE_REASON)
        )
        .where(Contract.company_id == company_id)
        .group_by(Rupture.reason_code, ListEntry.label)
        .order_by(func.count().desc(), ListEntry.label)
    )
    return CompanyCard(
        company_rows(session, [company_id], today)[0], company.siret, company.email,
        f"{company.postcode} {company.city}".strip(),
        tuple(Speaker(each.name, each.role, each.phone) for each in speakers), tried, kept,
        tuple((label, number) for label, number in causes), tuple(_employees(session, company_id, today)),
        tuple(_exchanges(session, company_id)), company.wakes_on,
    )  # fmt: skip


def _trials(session: Session, company_id: int, today: date) -> tuple[int, int]:
    """Contracts whose trial is over, and those that ran on after it."""
    over = select(func.count()).select_from(Contract).where(
        Contract.company_id == company_id, Contract.parent_id.is_(None), Contract.trial_end_on < today
    )  # fmt: skip
    after = or_(last_day().is_(None), last_day() > Contract.trial_end_on)
    return session.scalar(over) or 0, session.scalar(over.where(after)) or 0


def _employees(session: Session, company_id: int, today: date) -> list[Employee]:
    rows = session.execute(
        select(
            Pathway.id, Beneficiary.last_name, Beneficiary.first_name, Contract.job,
            func.coalesce(ListEntry.label, Contract.kind_code), Contract.trial_end_on, last_day(),
        )
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(
            ListEntry, and_(ListEntry.code == Contract.kind_code, ListEntry.list_name == ListName.CONTRACT_KIND)
        )
        .where(Contract.company_id == company_id, *running(today))
        .order_by(Beneficiary.sort_key, Contract.starts_on.desc())
    )  # fmt: skip
    found: dict[int, Employee] = {}
    for key, last, first, job, kind, trial, end in rows:
        found.setdefault(key, Employee(key, f"{last} {first}".strip(), job or "", kind, trial, end))
    return list(found.values())


def _exchanges(session: Session, company_id: int) -> list[Moment]:
    """Visits, calls and follow-ups there, newest first."""
    here = union(
        select(Interaction.id).where(Interaction.company_id == company_id),
        select(Interaction.id)
        .join(Contract, Contract.id == Interaction.contract_id)
        .where(Contract.company_id == company_id),
    )
    rows = session.execute(
        select(Interaction, Beneficiary.last_name, Beneficiary.first_name)
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Interaction.id.in_(here))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
    )
    return [
        Moment(
            Event.INTERACTION, row.at, row.kind, who=f"{last or ''} {first or ''}".strip(), note=row.note,
            medium=row.medium, outcome=row.outcome,
        )
        for row, last, first in rows
    ]  # fmt: skip
