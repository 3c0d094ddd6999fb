"""What one counsellor did this month, beside the objectives, and how the week was spent, from what was logged."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.objective import Objective
from cef_desk.model.workshop import Workshop
from cef_desk.rules.kinds import ExitFamily, Kind, Medium, Outcome
from cef_desk.rules.working_days import working_days

_IN_WORK = (ExitFamily.DURABLE, ExitFamily.TRANSITION)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MonthLine:
    """`code` is meetings, visits, check_ups, contracts or exits; `target` that of the month, none without objective."""

    code: str
    done: int
    target: float | None


@dataclass(frozen=True)
class MyMonth:
    """`worked` of `workable` days of the month have passed, today included; `week` holds minutes by kind of work."""

    worked: int
    workable: int
    lines: tuple[MonthLine, ...]
    week: tuple[tuple[str, int], ...]


def my_month(session: Session, counsellor_id: int, today: date) -> MyMonth:
    """The month up to today, the week from its Monday to today."""
    first = today.replace(day=1)
    days = working_days(today)
    kinds = dict(
        session.execute(
            select(Interaction.kind, func.count()).where(*_held(counsellor_id, first, today)).group_by(Interaction.kind)
        ).all()
    )
    visits = session.scalar(
        select(func.count()).select_from(Interaction).where(
            *_held(counsellor_id, first, today), Interaction.kind == Kind.PROSPECTION,
            Interaction.medium == Medium.ON_SITE,
        )
    )  # fmt: skip
    contracts = session.scalar(
        select(func.count()).select_from(Contract).where(
            Contract.counsellor_id == counsellor_id, Contract.parent_id.is_(None), Contract.signed_on >= first,
            Contract.signed_on <= today,
        )
    )  # fmt: skip
    exits = session.scalar(
        select(func.count(Exit.id.distinct()))
        .join(Holder, Holder.pathway_id == Exit.pathway_id)
        .where(
            Exit.day >= first, Exit.day <= today, Exit.family.in_(_IN_WORK), Holder.counsellor_id == counsellor_id,
            Holder.from_on <= Exit.day, (Holder.to_on.is_(None)) | (Holder.to_on >= Exit.day),
        )
    )  # fmt: skip
    targets = _targets(session, counsellor_id, today.year)
    done = {
        "meetings": kinds.get(Kind.MEETING, 0), "visits": visits or 0, "check_ups": kinds.get(Kind.CHECK_UP, 0),
        "contracts": contracts or 0, "exits": exits or 0,
    }  # fmt: skip
    lines = tuple(MonthLine(code, count, targets.get(_INDICATORS.get(code, ""))) for code, count in done.items())
    return MyMonth(sum(day <= today for day in days), len(days), lines, _week(session, counsellor_id, today))


_INDICATORS = {"contracts": "I03", "exits": "S1"}
"""The lines an objective can be set for, by the code of their indicator."""


def _held(counsellor_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Interaction.counsellor_id == counsellor_id, Interaction.outcome == Outcome.HELD,
        Interaction.at >= datetime.combine(first, time.min), Interaction.at < datetime.combine(last, time.min) + _DAY,
    )  # fmt: skip


def _targets(session: Session, counsellor_id: int, year: int) -> dict[str, float]:
    """Monthly: the counsellor's own, else an equal part of the unit's."""
    active = session.scalar(select(func.count()).select_from(Counsellor).where(Counsellor.active.is_(True))) or 1
    found: dict[str, float] = {}
    rows = session.execute(
        select(Objective.indicator_code, Objective.counsellor_id, Objective.target)
        .where(Objective.year == year, (Objective.counsellor_id.is_(None)) | (Objective.counsellor_id == counsellor_id))
        .order_by(Objective.counsellor_id.is_not(None))
    )
    for code, whose, target in rows:
        found[code] = target / 12 if whose is not None else target / 12 / active
    return found


def _week(session: Session, counsellor_id: int, today: date) -> tuple[tuple[str, int], ...]:
    """Minutes by kind of work: people, companies, check-ups, workshops, the longest first."""
    monday = today - timedelta(days=today.weekday())
    rows = session.execute(
        select(Interaction.kind, func.sum(Interaction.minutes))
        .where(*_held(counsellor_id, monday, today), Interaction.workshop_id.is_(None))
        .group_by(Interaction.kind)
    )
    sessions = session.scalar(
        select(func.sum(Workshop.minutes)).where(
            Workshop.counsellor_id == counsellor_id, Workshop.at >= datetime.combine(monday, time.min),
            Workshop.at < datetime.combine(today, time.min) + _DAY,
            exists().where(Interaction.workshop_id == Workshop.id, Interaction.outcome == Outcome.HELD),
        )
    )  # fmt: skip
    spent = [*((kind, minutes) for kind, minutes in rows), (str(Kind.WORKSHOP), sessions)]
    return tuple(sorted(((kind, minutes) for kind, minutes in spent if minutes), key=lambda part: -part[1]))
