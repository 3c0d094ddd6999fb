"""The companies list: employers, prospected or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from cef_desk.i18n import N_
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.offer import Offer
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.listing import Builder, Condition, ListFilters, Offered, clauses, days_of, offered_values
from cef_desk.queries.pathway_state import running
from cef_desk.queries.selection import Order, Selection, count
from cef_desk.rules.kinds import SIZE_GROUPS, Kind, ListName, Outcome
from cef_desk.store.search_index import matching


class CompaniesOrder(StrEnum):
    """What the list can be ordered by."""

    NAME = "name"
    CITY = "city"
    LAST_CONTACT = "last_contact"
    HIRES = "hires"


@dataclass(frozen=True)
class CompanyRow:
    """One employer as the list shows it; `size` is a band of employees, `people` who work there now."""

    id: int
    name: str
    city: str
    size: str | None
    sector: str | None
    phone: str
    last_contact: date | None
    hires: int
    people: int
    ruptures: int
    offers: int


def companies(
    filters: ListFilters, order: CompaniesOrder = CompaniesOrder.NAME, *, descending: bool = False
) -> Selection[CompanyRow]:
    """The companies, filtered and ordered."""
    chosen = select(Company.id).where(*clauses(filters, _BUILDERS))
    if filters.typed.strip():
        chosen = chosen.where(matching(Company, Company.id, filters.typed, in_order=True))
    columns: dict[CompaniesOrder, tuple[SQLColumnExpression[Any], ...]] = {
        CompaniesOrder.NAME: (Company.sort_key,),
        CompaniesOrder.CITY: (Company.city, Company.sort_key),
        CompaniesOrder.LAST_CONTACT: (
            _last_contact(filters.today).scalar_subquery(),
            Company.sort_key,
        ),
        CompaniesOrder.HIRES: (_hires().scalar_subquery(), Company.sort_key),
    }
    return Selection(
        key=Company.id,
        ids=chosen,
        order=Order(columns[order], descending),
        rows=lambda session, ids: company_rows(session, ids, filters.today),
    )


def companies_offered(session: Session, filters: ListFilters) -> list[Offered]:
    """What the list as it stands can be narrowed by, with how many would be left: the most frequent first."""
    within = companies(filters).ids.with_only_columns(Company.id, maintain_column_froms=True)

    def by(column: SQLColumnExpression[Any]) -> Select[Any]:
        return select(column, func.count()).select_from(Company).where(Company.id.in_(within)).group_by(column)

    return [
        *offered_values(session, "commune", N_("Commune"), by(Company.city)),
        *offered_values(session, "sector", N_("Activity"), by(Company.naf_section), ListName.NAF_SECTION),
        *offered_values(session, "size", N_("Employees"), by(case(SIZE_GROUPS, value=Company.size_band))),
    ]


def counted(session: Session, filters: ListFilters, conditions: Sequence[Condition]) -> dict[Condition, int]:
    """How many rows the list would hold with each condition."""
    return {condition: count(session, companies(filters.with_condition(condition))) for condition in conditions}


def company_rows(session: Session, ids: Sequence[int], today: date) -> list[CompanyRow]:
    """Rows of some companies, in any order."""
    rows = session.execute(
        select(
            Company.id, Company.name, Company.city, Company.size_band, Company.phone,
            select(ListEntry.label).where(
                ListEntry.list_name == ListName.NAF_SECTION, ListEntry.code == Company.naf_section
            ).scalar_subquery().label("sector"),
            _last_contact(today).scalar_subquery().label("last_contact"),
            _hires().scalar_subquery().label("hires"),
            select(func.count(Contract.pathway_id.distinct())).where(
                Contract.company_id == Company.id, *running(today)
            ).scalar_subquery().label("people"),
            select(func.count()).select_from(Rupture).join(Contract, Contract.id == Rupture.contract_id).where(
                Contract.company_id == Company.id
            ).scalar_subquery().label("ruptures"),
            select(func.count()).select_from(Offer).where(*_open_offer(today)).scalar_subquery().label("offers"),
        ).where(Company.id.in_(ids))
    )  # fmt: skip
    return [
        CompanyRow(
            id=row.id, name=row.name, city=row.city, size=SIZE_GROUPS.get(row.size_band), sector=row.sector,
            phone=row.phone, last_contact=row.last_contact.date() if row.last_contact > datetime.min else None,
            hires=row.hires, people=row.people, ruptures=row.ruptures, offers=row.offers,
        )
        for row in rows
    ]  # fmt: skip


def _held(today: date, since: date | None = None) -> tuple[ColumnElement[bool], ...]:
    """Interactions that took place by a day: visits, calls, follow-ups; a task is no contact."""
    return (
        Interaction.outcome == Outcome.HELD, Interaction.kind != Kind.TASK,
        Interaction.at <= datetime.combine(today, datetime.max.time()),
        *(() if since is None else (Interaction.at >= datetime.combine(since, datetime.min.time()),)),
    )  # fmt: skip


def _there() -> Select[int]:
    """The contracts signed with a company: their follow-ups are contacts with it."""
    return select(Contract.id).where(Contract.company_id == Company.id).correlate(Company)


def _last_contact(today: date) -> Select[datetime]:
    """When the company was last met or called, about it or about somebody there; the first of days when never."""
    never = literal(datetime.min)
    prospected = select(func.max(Interaction.at)).where(Interaction.company_id == Company.id, *_held(today))
    followed = select(func.max(Interaction.at)).where(Interaction.contract_id.in_(_there()), *_held(today))
    both = [func.coalesce(part.correlate(Company).scalar_subquery(), never) for part in (prospected, followed)]
    return select(case((both[0] > both[1], both[0]), else_=both[1])).correlate(Company)


def _hires() -> Select[int]:
    return select(func.count()).select_from(Contract).where(
        Contract.company_id == Company.id, Contract.parent_id.is_(None)
    )  # fmt: skip


def _open_offer(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Offer.company_id == Company.id, Offer.received_on <= today,
        or_(Offer.closed_on.is_(None), Offer.closed_on > today),
    )  # fmt: skip


def _loyal() -> ColumnElement[bool]:
    several = (
        select(Contract.company_id)
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .group_by(Contract.company_id)
        .having(func.count(Pathway.beneficiary_id.distinct()) > 1)
    )
    return Company.id.in_(several)


def _hiring(value: str, _filters: ListFilters) -> ColumnElement[bool]:
    hired = exists().where(Contract.company_id == Company.id)
    return ~hired if value == "never" else hired


def _silent(value: str, filters: ListFilters) -> ColumnElement[bool]:
    """No contact held in the last days, or ever."""
    since = filters.today - timedelta(days=days_of(value))
    held = _held(filters.today, since)
    prospected = exists().where(Interaction.company_id == Company.id, *held)
    followed = exists().where(Interaction.contract_id.in_(_there()), *held)
    return ~prospected & ~followed


_BUILDERS: Mapping[str, Builder] = {
    "hiring": _hiring,
    "loyal": lambda _value, _filters: _loyal(),
    "there": lambda _value, filters: exists().where(Contract.company_id == Company.id, *running(filters.today)),
    "silent": _silent,
    "offer": lambda _value, filters: exists().where(*_open_offer(filters.today)),
    "commune": lambda value, _filters: Company.city == value,
    "sector": lambda value, _filters: Company.naf_section == value,
    "size": lambda value, _filters: case(SIZE_GROUPS, value=Company.size_band) == value,
}
