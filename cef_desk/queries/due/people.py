"""What people ask for: a meeting, a contract of commitments, a quarterly return, a first meeting that is awaited."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, ScalarSelect, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.model.unavailability import Unavailability
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.no_show import missed_in_a_row
from cef_desk.queries.pathway_state import last_meeting_of, mine, next_appointment_of, running, unavailable_on
from cef_desk.rules.alerts import (
    Alert,
    Delays,
    after_absence,
    commitment,
    insertion,
    no_meeting,
    quarterly_return,
    waiting,
)
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import CallResult, Kind, Outcome
from cef_desk.rules.schemes import is_rmi
from cef_desk.store.dialect import among, keys_of


def of_people(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """SANS_RDV, ABSENCE, CI_3M, CI_FIN, CE_1M, DTR, PRESCRIPTION_ATTENTE."""
    absent: list[tuple[Alert, int, str]] = []
    for row in session.execute(_rows(today), {"counsellor_id": counsellor_id}):
        who = full_name(row.last_name, row.first_name)
        yield from (ToDo(each, row.id, who) for each in _told(row, delays) if each is not None)
        reached = _day(row.reached)
        absence = None if row.away else after_absence(_day(row.missed), _followed(row), delays, reached_on=reached)
        if absence is not None:
            absent.append((absence, row.id, who))
    asked = {"pathway_ids": keys_of(pathway_id for _absence, pathway_id, _who in absent)}
    missed = {row.pathway_id: row for row in session.execute(_last_missed(today), asked)} if absent else {}
    for absence, pathway_id, who in absent:
        last = missed[pathway_id]
        yield ToDo(absence, pathway_id, who, interaction_id=last.id, times=last.times)


def _told(row: Any, delays: Delays) -> Iterator[Alert | None]:  # noqa: ANN401  a row of the query below
    if row.quarterly_month is not None:
        yield quarterly_return(row.quarterly_month, row.returned_to, delays)
    yield commitment(row.oriented_on, row.committed_on, delays)
    if row.insertion_ends_on is not None or row.entered_on is not None:
        yield _insertion(row, delays)
    if row.entered_on is None:
        since = max((day for day in (row.prescribed_on, row.back) if day is not None), default=None)
        yield waiting(since, paused=row.away or row.expected is not None, delays=delays)
        return
    last = max(day for day in (row.entered_on, _day(row.met), row.back) if day is not None)
    yield no_meeting(last, paused=row.works or row.away or row.expected is not None, delays=delays)


def _insertion(row: Any, delays: Delays) -> Alert | None:  # noqa: ANN401  as above
    """The contrat d'insertion is of the RMI."""
    began = row.entered_on or row.prescribed_on
    return insertion(began, row.insertion_ends_on, delays) if began is not None and is_rmi(began) else None


def _followed(row: Any) -> list[date]:  # noqa: ANN401  as above
    return [day.date() for day in (row.met, row.expected, row.called) if day is not None]


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.date()


@lru_cache(maxsize=2)
def _rows(today: date) -> Executable:
    """Kept for a day, since it takes as long to put together as to run."""
    until = datetime.combine(today, time.max)
    missed, reminded = aliased(Interaction), aliased(Interaction)
    return (
        select(
            Pathway.id, Pathway.entered_on, Pathway.prescribed_on, Pathway.oriented_on,
            Beneficiary.last_name, Beneficiary.first_name, Right.quarterly_month, Right.returned_to,
            last_meeting_of(today).scalar_subquery().label("met"),
            next_appointment_of(today).scalar_subquery().label("expected"),
            _last(Kind.MEETING, Outcome.MISSED, until).label("missed"),
            select(func.max(missed.at)).join(reminded, missed.id == reminded.origin_id).where(
                reminded.pathway_id == Pathway.id, reminded.outcome == Outcome.HELD, missed.outcome == Outcome.MISSED,
            ).scalar_subquery().label("reached"),
            exists().where(Contract.pathway_id == Pathway.id, *running(today)).label("works"),
            exists().where(*unavailable_on(today)).label("away"),
            select(func.max(Unavailability.to_on)).where(
                Unavailability.pathway_id == Pathway.id, Unavailability.to_on < today
            ).scalar_subquery().label("back"),
            select(func.max(Interaction.at)).where(
                Interaction.pathway_id == Pathway.id, Interaction.call_result == CallResult.MESSAGE,
                Interaction.at <= until,
            ).scalar_subquery().label("called"),
            select(func.max(InsertionContract.ends_on)).where(InsertionContract.pathway_id == Pathway.id)
            .scalar_subquery().label("insertion_ends_on"),
            select(func.max(InsertionContract.signed_on)).where(InsertionContract.pathway_id == Pathway.id)
            .scalar_subquery().label("committed_on"),
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Right, Right.pathway_id == Pathway.id)
        .where(Pathway.id.in_(mine(bindparam("counsellor_id"), today)))
    )  # fmt: skip


def _last(kind: Kind, outcome: Outcome, until: datetime) -> ScalarSelect[datetime]:
    return (
        select(func.max(Interaction.at))
        .where(
            Interaction.pathway_id == Pathway.id, Interaction.kind == kind, Interaction.outcome == outcome,
            Interaction.at <= until,
        )
        .scalar_subquery()
    )  # fmt: skip


@lru_cache(maxsize=2)
def _last_missed(today: date) -> Executable:
    """The last appointment that each of some people missed, and how many they missed in a row with it."""
    last = aliased(Interaction)
    at = select(func.max(last.at)).where(
        last.pathway_id == Interaction.pathway_id, last.kind == Kind.MEETING, last.outcome == Outcome.MISSED,
        last.at <= datetime.combine(today, time.max),
    )  # fmt: skip
    return (
        select(
            Interaction.pathway_id, Interaction.id,
            missed_in_a_row(Interaction.pathway_id, Interaction.at).label("times"),
        )
        .where(
            among(Interaction.pathway_id, "pathway_ids"), Interaction.kind == Kind.MEETING,
            Interaction.outcome == Outcome.MISSED, Interaction.at == at.scalar_subquery(),
        )
    )  # fmt: skip
