"""Where a pathway stands on a day: clauses that lists and cards share."""

from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, Select, and_, exists, func, or_, select

from cef_desk.model.barrier import Barrier
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.unavailability import Unavailability
from cef_desk.rules.kinds import BarrierStatus, Kind, Outcome


def last_day() -> ColumnElement[date]:
    """The last day of a contract as typed or planned, none while it is open."""
    return func.coalesce(Contract.ended_on, Contract.planned_end_on)


def running(today: date) -> tuple[ColumnElement[bool], ...]:
    """Contracts that run on a day."""
    return Contract.starts_on <= today, or_(last_day().is_(None), last_day() >= today)


def holds_on(today: date) -> ColumnElement[bool]:
    """Holders of a day."""
    return and_(Holder.from_on <= today, or_(Holder.to_on.is_(None), Holder.to_on >= today))


def open_barrier(today: date) -> tuple[ColumnElement[bool], ...]:
    """Barriers not lifted on a day."""
    return (
        Barrier.opened_on <= today, Barrier.status != BarrierStatus.LIFTED,
        or_(Barrier.closed_on.is_(None), Barrier.closed_on > today),
    )  # fmt: skip


def last_meeting_of(today: date) -> Select[datetime]:
    """When the pathway was last met, up to a day."""
    return select(func.max(Interaction.at)).where(
        Interaction.pathway_id == Pathway.id,
        Interaction.kind == Kind.MEETING,
        Interaction.outcome == Outcome.HELD,
        Interaction.at <= datetime.combine(today, datetime.max.time()),
    )


def next_appointment_of(today: date) -> Select[datetime]:
    """When the pathway is next expected, from a day on."""
    return select(func.min(Interaction.at)).where(
        Interaction.pathway_id == Pathway.id,
        Interaction.kind == Kind.MEETING,
        Interaction.outcome.is_(None),
        Interaction.at >= datetime.combine(today, datetime.min.time()),
    )


def mine(counsellor_id: int | BindParameter[int], today: date) -> Select[int]:
    """The pathways a counsellor holds on a day and that have not ended."""
    return (
        select(Holder.pathway_id)
        .join(Pathway, Pathway.id == Holder.pathway_id)
        .where(Holder.counsellor_id == counsellor_id, holds_on(today), ~has_exited(today))
    )


def unavailable_on(today: date) -> tuple[ColumnElement[bool], ...]:
    """Days on which the person of a pathway cannot be met hold this one."""
    return (
        Unavailability.pathway_id == Pathway.id, Unavailability.from_on <= today,
        or_(Unavailability.to_on.is_(None), Unavailability.to_on >= today),
    )  # fmt: skip


def has_exited(today: date) -> ColumnElement[bool]:
    """The pathway ended by a day."""
    return exists().where(Exit.pathway_id == Pathway.id, Exit.day <= today)


def works(today: date) -> ColumnElement[bool]:
    """A contract of the pathway runs on a day."""
    return exists().where(Contract.pathway_id == Pathway.id, *running(today))
