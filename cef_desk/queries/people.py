"""The people list: one row a pathway."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.selection import Order, Selection
from cef_desk.rules.kinds import Kind, ListName, Outcome
from cef_desk.store.search_index import matching


class State(StrEnum):
    """Which pathways the list holds."""

    OPEN = "open"
    EXITED = "exited"
    ALL = "all"


class PeopleOrder(StrEnum):
    """What the list can be ordered by."""

    NAME = "name"
    CITY = "city"
    LAST_MEETING = "last_meeting"
    ENTERED_ON = "entered_on"


@dataclass(frozen=True)
class PersonRow:
    """One pathway as the list shows it; `id` is the pathway's."""

    id: int
    last_name: str
    first_name: str
    city: str
    contract: str | None
    last_meeting: date | None
    next_appointment: date | None
    entered_on: date
    exited_on: date | None

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class PeopleFilters:
    """`typed` narrows by name or commune; `today` settles what is running or past."""

    today: date
    state: State = State.OPEN
    typed: str = ""

    def clauses(self) -> list[ColumnElement[bool]]:
        """The conditions of the list."""
        exited = exists().where(Exit.pathway_id == Pathway.id, Exit.day <= self.today)
        by_state: dict[State, list[ColumnElement[bool]]] = {
            State.OPEN: [~exited],
            State.EXITED: [exited],
            State.ALL: [],
        }
        typed = [matching(Beneficiary, Beneficiary.id, self.typed)] if self.typed.strip() else []
        return by_state[self.state] + typed


def people(
    filters: PeopleFilters, order: PeopleOrder = PeopleOrder.NAME, *, descending: bool = False
) -> Selection[PersonRow]:
    """The pathways with their people, filtered and ordered."""
    chosen = select(Pathway.id).join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id).where(*filters.clauses())
    columns: dict[PeopleOrder, tuple[SQLColumnExpression[Any], ...]] = {
        PeopleOrder.NAME: (Beneficiary.sort_key,),
        PeopleOrder.CITY: (Beneficiary.city, Beneficiary.sort_key),
        PeopleOrder.ENTERED_ON: (Pathway.entered_on,),
        PeopleOrder.LAST_MEETING: (
            func.coalesce(_last_meeting(filters.today).scalar_subquery(), literal(datetime.min)), Beneficiary.sort_key,
        ),
    }  # fmt: skip
    return Selection(
        key=Pathway.id,
        ids=chosen,
        order=Order(columns[order], descending),
        rows=lambda session, ids: person_rows(session, ids, filters.today),
    )


def person_rows(session: Session, ids: Sequence[int], today: date) -> list[PersonRow]:
    """Rows of some pathways, in any order."""
    rows = session.execute(
        select(
            Pathway.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.city,
            _running_contract(today).scalar_subquery(),
            _last_meeting(today).scalar_subquery(),
            _next_appointment(today).scalar_subquery(),
            Pathway.entered_on,
            select(Exit.day).where(Exit.pathway_id == Pathway.id).scalar_subquery(),
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Pathway.id.in_(ids))
    ).all()  # fmt: skip
    return [
        PersonRow(
            id=row[0], last_name=row[1], first_name=row[2], city=row[3], contract=row[4],
            last_meeting=_day(row[5]), next_appointment=_day(row[6]), entered_on=row[7], exited_on=row[8],
        )
        for row in rows
    ]  # fmt: skip


def _day(at: datetime | None) -> date | None:
    return at.date() if at is not None else None


def _end_of(today: date) -> datetime:
    return datetime.combine(today, datetime.max.time())


def _last_meeting(today: date) -> Select[datetime]:
    return select(func.max(Interaction.at)).where(
        Interaction.pathway_id == Pathway.id,
        Interaction.kind == Kind.MEETING,
        Interaction.outcome == Outcome.HELD,
        Interaction.at <= _end_of(today),
    )


def _next_appointment(today: date) -> Select[datetime]:
    return select(func.min(Interaction.at)).where(
        Interaction.pathway_id == Pathway.id,
        Interaction.kind == Kind.MEETING,
        Interaction.outcome.is_(None),
        Interaction.at >= datetime.combine(today, datetime.min.time()),
    )


def _running_contract(today: date) -> Select[str]:
    last_day = func.coalesce(Contract.ended_on, Contract.planned_end_on)
    return (
        select(ListEntry.label)
        .join(Contract, and_(ListEntry.code == Contract.kind_code, ListEntry.list_name == ListName.CONTRACT_KIND))
        .where(
            Contract.pathway_id == Pathway.id,
            Contract.starts_on <= today,
            or_(last_day.is_(None), last_day >= today),
        )
        .order_by(Contract.starts_on.desc(), Contract.id.desc())
        .limit(1)
    )
