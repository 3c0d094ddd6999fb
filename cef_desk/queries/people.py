"""The people list: pathways with their people, narrowed and ordered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, literal, select
from sqlalchemy.orm import Session

from cef_desk.i18n import N_
from cef_desk.model.barrier import Barrier
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.listing import Builder, Condition, ListFilters, Offered, clauses, days_of, offered_values
from cef_desk.queries.pathway_state import (
    has_exited,
    holds_on,
    last_day,
    last_meeting_of,
    open_barrier,
    running,
    works,
)
from cef_desk.queries.person_rows import PersonRow, person_rows
from cef_desk.queries.selection import Order, Selection, count
from cef_desk.rules.kinds import Kind, ListName, Outcome
from cef_desk.store.search_index import matching

ME = "me"


class State(StrEnum):
    """Where a pathway stands: open or exited by the condition `state`; of the open, by `now`, how."""

    OPEN = "open"
    WAITING = "waiting"
    SEARCHING = "searching"
    WORKING = "working"
    EXITED = "exited"


class PeopleOrder(StrEnum):
    """What the list can be ordered by."""

    NAME = "name"
    CITY = "city"
    LAST_MEETING = "last_meeting"
    ENTERED_ON = "entered_on"


def people(
    filters: ListFilters, order: PeopleOrder = PeopleOrder.NAME, *, descending: bool = False
) -> Selection[PersonRow]:
    """The pathways with their people, filtered and ordered."""
    chosen = select(Pathway.id).join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
    chosen = chosen.where(*clauses(filters, _BUILDERS))
    if filters.typed.strip():
        chosen = chosen.where(matching(Beneficiary, Beneficiary.id, filters.typed, in_order=True))
    columns: dict[PeopleOrder, tuple[SQLColumnExpression[Any], ...]] = {
        PeopleOrder.NAME: (Beneficiary.sort_key,),
        PeopleOrder.CITY: (Beneficiary.city, Beneficiary.sort_key),
        PeopleOrder.ENTERED_ON: (func.coalesce(Pathway.entered_on, literal(date.max)),),
        PeopleOrder.LAST_MEETING: (
            func.coalesce(last_meeting_of(filters.today).scalar_subquery(), literal(datetime.min)),
            Beneficiary.sort_key,
        ),
    }  # fmt: skip
    return Selection(
        key=Pathway.id,
        ids=chosen,
        order=Order(columns[order], descending),
        rows=lambda session, ids: person_rows(session, ids, filters.today),
    )


def people_offered(session: Session, filters: ListFilters) -> list[Offered]:
    """What the list as it stands can be narrowed by, with how many would be left: the most frequent first."""
    within = people(filters).ids.with_only_columns(Pathway.id, maintain_column_froms=True)
    number = func.count(Pathway.id.distinct())
    here = select(Pathway.id).where(Pathway.id.in_(within)).join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)

    def by(column: SQLColumnExpression[Any], asked: Select[Any] = here) -> Select[Any]:
        return asked.with_only_columns(column, number, maintain_column_froms=True).group_by(column)

    barriers = here.join(Barrier, and_(Barrier.pathway_id == Pathway.id, *open_barrier(filters.today)))
    holders = here.join(Holder, and_(Holder.pathway_id == Pathway.id, holds_on(filters.today))).join(
        Counsellor, Counsellor.id == Holder.counsellor_id
    )
    return [
        *offered_values(session, "commune", N_("Commune"), by(Beneficiary.city)),
        *offered_values(session, "barrier", N_("Barrier"), by(Barrier.theme_code, barriers), ListName.BARRIER),
        *offered_values(session, "prescriber", N_("Prescriber"), by(Pathway.prescriber_code), ListName.PRESCRIBER),
        *offered_values(session, "level", N_("Level"), by(Pathway.level_code), ListName.LEVEL),
        *offered_values(session, "whose", N_("Counsellor"), by(Counsellor.code, holders)),
    ]


def counted(session: Session, filters: ListFilters, conditions: Sequence[Condition]) -> dict[Condition, int]:
    """How many rows the list would hold with each condition."""
    return {condition: count(session, people(filters.with_condition(condition))) for condition in conditions}


def _state(value: str, filters: ListFilters) -> ColumnElement[bool]:
    gone = has_exited(filters.today)
    return gone if value == State.EXITED else ~gone


def _now(value: str, filters: ListFilters) -> ColumnElement[bool]:
    working, waiting = works(filters.today), Pathway.entered_on.is_(None)
    now = {State.WAITING: waiting & ~working, State.SEARCHING: ~waiting & ~working, State.WORKING: working}
    return ~has_exited(filters.today) & now[State(value)]


def _whose(value: str, filters: ListFilters) -> ColumnElement[bool]:
    held = select(Holder.pathway_id).where(holds_on(filters.today))
    if value == ME:
        return Pathway.id.in_(held.where(Holder.counsellor_id == filters.counsellor_id))
    who = select(Counsellor.id).where(Counsellor.code == value).scalar_subquery()
    return Pathway.id.in_(held.where(Holder.counsellor_id == who))


def _silent(value: str, filters: ListFilters) -> ColumnElement[bool]:
    """Open, not in a job, and neither met nor entered in the last days."""
    since = filters.today - timedelta(days=days_of(value))
    met = exists().where(
        Interaction.pathway_id == Pathway.id, Interaction.kind == Kind.MEETING, Interaction.outcome == Outcome.HELD,
        Interaction.at >= datetime.combine(since, datetime.min.time()),
        Interaction.at <= datetime.combine(filters.today, datetime.max.time()),
    )  # fmt: skip
    return (Pathway.entered_on < since) & ~met & ~has_exited(filters.today) & ~works(filters.today)


def _ending(value: str, filters: ListFilters) -> ColumnElement[bool]:
    last = filters.today + timedelta(days=days_of(value))
    return exists().where(Contract.pathway_id == Pathway.id, *running(filters.today), last_day() <= last)


def _barrier(value: str, filters: ListFilters) -> ColumnElement[bool]:
    return exists().where(Barrier.pathway_id == Pathway.id, Barrier.theme_code == value, *open_barrier(filters.today))


_BUILDERS: Mapping[str, Builder] = {
    "whose": _whose,
    "state": _state,
    "now": _now,
    "silent": _silent,
    "ending": _ending,
    "commune": lambda value, _filters: Beneficiary.city == value,
    "barrier": _barrier,
    "prescriber": lambda value, _filters: Pathway.prescriber_code == value,
    "level": lambda value, _filters: Pathway.level_code == value,
}
