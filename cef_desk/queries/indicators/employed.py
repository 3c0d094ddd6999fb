"""Still in a job some months later: I09 by contract, I10 by check after the exit (domain/rules.md)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.exit_check import ExitCheck
from cef_desk.model.pathway import Pathway
from cef_desk.queries.facts import AT, FIRST, LAST, contracts, counted, exits, in_period, last_day
from cef_desk.queries.figures import Indicator
from cef_desk.rules.contract_checks import PLACEMENT_GAP_DAYS
from cef_desk.rules.exit_class import EMPLOYMENT
from cef_desk.rules.kinds import IN_WORK, CheckStatus
from cef_desk.store.dialect import plus_days, plus_months


def _pathways_of(contract: type[Contract]) -> Select[Any]:
    """Every pathway of the person of a contract."""
    mine, theirs = aliased(Pathway), aliased(Pathway)
    return (
        select(theirs.id)
        .join(mine, mine.beneficiary_id == theirs.beneficiary_id)
        .where(mine.id == contract.pathway_id)
        .correlate(contract)
    )


def runs_by_chain(day: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """On that day the person is in a contract that a chain without a gap over 15 days links to this one.

    A contract of theirs runs that day, and each one that ended meanwhile was followed in time by another.
    """
    there, ended, after = aliased(Contract), aliased(Contract), aliased(Contract)
    runs = exists(
        select(there.id).where(
            there.pathway_id.in_(_pathways_of(Contract)),
            there.starts_on <= day,
            or_(last_day(there).is_(None), last_day(there) >= day),
        )
    )
    followed = exists(
        select(after.id).where(
            after.pathway_id.in_(_pathways_of(ended)),
            after.starts_on <= plus_days(last_day(ended), PLACEMENT_GAP_DAYS + 1),
            or_(last_day(after).is_(None), last_day(after) > last_day(ended)),
        )
    )
    gap = exists(
        select(ended.id).where(
            ended.pathway_id.in_(_pathways_of(Contract)),
            last_day(ended) >= last_day(Contract),
            last_day(ended) < day,
            ~followed,
        )
    )
    return or_(last_day(Contract).is_(None), last_day(Contract) >= day, runs & ~gap)


def _still_running(months: int) -> Indicator:
    day = plus_days(plus_months(Contract.starts_on, months), -1)
    cohort = contracts(
        *counted(), Contract.starts_on >= plus_months(FIRST, -months - 1), Contract.starts_on <= LAST, in_period(day)
    ).on(day)
    labels = {
        3: N_("Still in a job after 3 months"),
        6: N_("Still in a job after 6 months"),
        12: N_("Still in a job after 12 months"),
    }
    return Indicator(
        f"I09.{months}M", labels[months],
        N_(
            "contracts whose third, sixth or twelfth month ends in the period, still running that day or followed by "
            "others with gaps of 15 days at most"
        ),
        cohort.where(runs_by_chain(day)), cohort,
    )  # fmt: skip


def _check(months: int, *clauses: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(ExitCheck.id).where(
            ExitCheck.exit_id == Exit.id, ExitCheck.months == months, ExitCheck.day <= AT, *clauses
        )
    )


def _checked(months: int) -> tuple[Indicator, Indicator]:
    day = plus_months(Exit.day, months)
    due = exits(
        Exit.family.in_(EMPLOYMENT), Exit.day >= plus_months(FIRST, -months - 1), Exit.day <= LAST, in_period(day)
    ).on(day)
    reached = due.where(_check(months, ExitCheck.status != CheckStatus.UNREACHABLE))
    in_work = _check(months, ExitCheck.status.in_(IN_WORK))
    labels = {
        3: (N_("In a job 3 months after the exit, of all"), N_("In a job 3 months after the exit, of those reached")),
        6: (N_("In a job 6 months after the exit, of all"), N_("In a job 6 months after the exit, of those reached")),
    }[months]
    return (
        Indicator(
            f"I10.{months}M.DUE", labels[0],
            N_("exits to a job whose check falls in the period: those found in a job, of all"),
            due.where(in_work), due,
        ),
        Indicator(
            f"I10.{months}M.REACHED", labels[1],
            N_("exits to a job whose check falls in the period: those found in a job, of those reached"),
            reached.where(in_work), reached,
        ),
    )  # fmt: skip


RETENTION_3M, RETENTION_6M, RETENTION_12M = (_still_running(months) for months in (3, 6, 12))
ALL = (RETENTION_3M, RETENTION_6M, RETENTION_12M, *_checked(3), *_checked(6))
