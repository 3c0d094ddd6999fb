"""What the next thirty days bring after the report date: line G of the monthly sheet."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased

from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.queries.facts import AT, Facts, chains, contracts, exits, holder_on, not_renewed, of_counted_kind
from cef_desk.rules.exit_class import EMPLOYMENT
from cef_desk.rules.kinds import Subject
from cef_desk.store.dialect import plus_days, plus_months

DAYS_AHEAD = 30


def _soon(day: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return day.between(plus_days(AT, 1), plus_days(AT, DAYS_AHEAD))


def _not_ended() -> ColumnElement[bool]:
    return or_(Contract.ended_on.is_(None), Contract.ended_on > AT)


def _exited() -> ColumnElement[bool]:
    left = aliased(Exit)
    return exists(select(left.id).where(left.pathway_id == InsertionContract.pathway_id, left.day <= AT))


ENDS = not_renewed(chains(of_counted_kind(), Contract.signed_on <= AT, _soon(Contract.planned_end_on), _not_ended()))
TRIALS = contracts(of_counted_kind(), Contract.signed_on <= AT, _soon(Contract.trial_end_on), _not_ended())
CHECKS = exits(
    Exit.family.in_(EMPLOYMENT), Exit.day <= AT,
    or_(_soon(plus_months(Exit.day, 3)), _soon(plus_months(Exit.day, 6))),
)  # fmt: skip
INSERTION_CONTRACTS = Facts(
    Subject.INSERTION_CONTRACT,
    select(InsertionContract.id).where(InsertionContract.signed_on <= AT, _soon(InsertionContract.ends_on), ~_exited()),
    InsertionContract.id, holder_on(InsertionContract.pathway_id, AT), pathway=InsertionContract.pathway_id,
)  # fmt: skip
