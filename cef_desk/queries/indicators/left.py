"""Exits: S1-S5, I07 and I08 of domain/rules.md."""

from sqlalchemy import ColumnElement, exists, or_, select, tuple_
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.unit import Unit
from cef_desk.queries.facts import AT, contracts, exits, flagged, in_period, last_day
from cef_desk.queries.figures import Indicator
from cef_desk.queries.indicators.entered import ENTERED
from cef_desk.queries.indicators.signed import SIGNED
from cef_desk.rules.contract_checks import PLACEMENT_GAP_DAYS
from cef_desk.rules.exit_class import DYNAMIC, EMPLOYMENT
from cef_desk.rules.kinds import ExitFamily, ListName, Subject
from cef_desk.store.dialect import days_between, plus_days


def _long_enough() -> ColumnElement[bool]:
    stayed = aliased(Pathway)
    least = select(Unit.min_stay_days).scalar_subquery()
    return exists(
        select(stayed.id).where(stayed.id == Exit.pathway_id, days_between(stayed.entered_on, Exit.day) >= least)
    )


def exited_to_employment(pathway: object) -> ColumnElement[bool]:
    """A pathway that ended by the report date with an exit to employment."""
    left = aliased(Exit)
    return exists(select(left.id).where(left.pathway_id == pathway, left.family.in_(EMPLOYMENT), left.day <= AT))


def _out_of_aid() -> ColumnElement[bool]:
    """Another contract begins, or an exit to employment is dated, at most 15 free days after this one."""
    by_then = plus_days(last_day(Contract), PLACEMENT_GAP_DAYS + 1)
    next_one, left = aliased(Contract), aliased(Exit)
    return or_(
        exists(
            select(next_one.id).where(
                next_one.pathway_id == Contract.pathway_id,
                next_one.id != Contract.id,
                next_one.starts_on <= by_then,
                next_one.starts_on <= AT,
                or_(last_day(next_one).is_(None), last_day(next_one) > last_day(Contract)),
            )
        ),
        exists(
            select(left.id).where(
                left.pathway_id == Contract.pathway_id,
                left.family.in_(EMPLOYMENT),
                left.day <= by_then,
                left.day <= AT,
            )
        ),
    )


def _last_aided_ended() -> ColumnElement[bool]:
    """No other aided contract of the pathway ends later or runs on."""
    other = aliased(Contract)
    aided = flagged(ListName.CONTRACT_KIND, ListEntry.aided)
    later = exists(
        select(other.id).where(
            other.pathway_id == Contract.pathway_id,
            other.kind_code.in_(aided),
            other.signed_on <= AT,
            or_(
                last_day(other).is_(None),
                tuple_(last_day(other), other.id) > tuple_(last_day(Contract), Contract.id),
            ),
        )
    )
    return Contract.kind_code.in_(aided) & in_period(last_day()) & ~later


EXITED = exits(in_period(Exit.day))
COUNTED = EXITED.where(Exit.family != ExitFamily.NEUTRAL, _long_enough())
TO_EMPLOYMENT = COUNTED.where(Exit.family.in_(EMPLOYMENT))
DYNAMIC_EXITS = COUNTED.where(Exit.family.in_(DYNAMIC))
POSITIVE = COUNTED.where(Exit.family == ExitFamily.POSITIVE)
OTHER = COUNTED.where(Exit.family == ExitFamily.OTHER)
NEUTRAL = EXITED.where(or_(Exit.family == ExitFamily.NEUTRAL, ~_long_enough()))
_AIDED_ENDED = contracts(_last_aided_ended()).on(last_day()).per(Subject.PATHWAY)
_WHO_SIGNED = SIGNED.per(Subject.PATHWAY)

S1 = Indicator(
    "S1", N_("Exit rate to employment (S1)"),
    N_(
        "exits to a durable or transition job, divided by all exits of the period less those not counted: "
        "neutralised, or after a stay shorter than the unit counts (90 days unless it says otherwise)"
    ),
    TO_EMPLOYMENT, COUNTED,
)  # fmt: skip
S2 = Indicator(
    "S2", N_("Exit rate to employment, all exits (S2)"), N_("exits to a job, divided by all exits of the period"),
    EXITED.where(Exit.family.in_(EMPLOYMENT)), EXITED,
)  # fmt: skip
S3 = Indicator(
    "S3", N_("Entries that led to a job (S3)"),
    N_("pathways entered in the period and exited to a job by the report date, divided by the entries"),
    ENTERED.where(exited_to_employment(Pathway.id)), ENTERED,
)  # fmt: skip
S4 = Indicator(
    "S4", N_("In a job after the aided contract (S4)"),
    N_(
        "people whose last aided contract ended in the period: those with another contract or an exit to a job at "
        "most 15 free days later"
    ),
    _AIDED_ENDED.where(_out_of_aid()), _AIDED_ENDED,
)  # fmt: skip
S5 = Indicator(
    "S5", N_("People with a contract exited to a job (S5)"),
    N_("people who signed a contract in the period: those exited to a job by the report date"),
    _WHO_SIGNED.where(exited_to_employment(Contract.pathway_id)), _WHO_SIGNED,
)  # fmt: skip
DYNAMIC_RATE = Indicator(
    "I07", N_("Rate of dynamic exits"), N_("exits to a job and positive exits, divided as S1"), DYNAMIC_EXITS, COUNTED
)
DURABLE_RATE = Indicator(
    "I08", N_("Rate of durable jobs"), N_("exits to a durable job, divided as S1"),
    COUNTED.where(Exit.family == ExitFamily.DURABLE), COUNTED,
)  # fmt: skip
ALL = (S1, S2, S3, S4, S5, DYNAMIC_RATE, DURABLE_RATE)
