"""Contracts signed, running and broken: I03, I04, I13, I17 and R1-R6 of domain/rules.md."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.lists import ListEntry
from cef_desk.model.rupture import Rupture
from cef_desk.queries.facts import (
    AT,
    FIRST,
    LAST,
    Facts,
    chain,
    chains,
    contracts,
    counted,
    flagged,
    in_period,
    interactions,
    last_day,
    not_renewed,
    of_counted_kind,
)
from cef_desk.queries.figures import Indicator
from cef_desk.rules.contract_checks import DURABLE_MONTHS, FULL_TIME_HOURS
from cef_desk.rules.kinds import Form, Kind, ListName, Outcome, Subject
from cef_desk.store.dialect import plus_days, plus_months

SIGNED = contracts(in_period(Contract.signed_on), *counted())


def broken_by_then(*reasons: ColumnElement[bool]) -> ColumnElement[bool]:
    """Broken by the report date, themselves or in a renewal."""
    broken = aliased(Contract)
    return Contract.id.in_(
        select(chain(broken)).join(Rupture, Rupture.contract_id == broken.id).where(Rupture.day <= AT, *reasons)
    )


def running(first: SQLColumnExpression[Any], last: SQLColumnExpression[Any]) -> Facts:
    """Contracts that run on some day from one to another, themselves or in a renewal; told by their first row."""
    row = aliased(Contract)
    open_then = or_(last_day(row).is_(None), last_day(row) >= first)
    there = select(chain(row)).where(row.starts_on <= last, open_then, of_counted_kind(row))
    return replace(contracts(Contract.id.in_(there)), day=None)


def _broken_within_six_months() -> ColumnElement[bool]:
    broken, first = aliased(Contract), aliased(Contract)
    return Contract.id.in_(
        select(first.id)
        .select_from(Rupture)
        .join(broken, broken.id == Rupture.contract_id)
        .join(first, first.id == chain(broken))
        .where(Rupture.day < plus_months(first.starts_on, 6), Rupture.day <= AT)
    )


_in_trial = Rupture.reason_code.in_(flagged(ListName.RUPTURE_REASON, ListEntry.in_trial))
_net = Rupture.reason_code.in_(flagged(ListName.RUPTURE_REASON, ListEntry.counts_net))
_ENDED = not_renewed(chains(of_counted_kind(), Contract.signed_on <= AT, in_period(last_day())).on(last_day()))
"""Contracts whose last day, of their last renewal, falls in the period."""

_R6 = contracts(
    *counted(), Contract.starts_on > plus_months(AT, -18), Contract.starts_on <= plus_months(AT, -6)
).on(Contract.starts_on)  # fmt: skip
DURABLE = or_(
    Contract.form == Form.CDI,
    Contract.planned_end_on >= plus_days(plus_months(Contract.starts_on, DURABLE_MONTHS), -1),
)

CONTRACTS = Indicator(
    "I03", N_("Contracts signed"), N_("contracts signed in the period, without renewals and amendments"), SIGNED
)
PEOPLE_WHO_SIGNED = Indicator(
    "I04", N_("People who signed"), N_("different people among the contracts signed in the period"),
    SIGNED.per(Subject.PATHWAY),
)  # fmt: skip
R1 = Indicator(
    "R1", N_("Rupture rate (R1)"),
    N_(
        "contracts signed in the period and broken by the report date, for any reason, divided by the contracts "
        "signed in the period; contracts still running may break later"
    ),
    SIGNED.where(broken_by_then()), SIGNED,
)  # fmt: skip
R2 = Indicator(
    "R2", N_("Rupture rate without positive and neutral ruptures (R2)"),
    N_("as R1, without ruptures to take a job or a training, by death or by a move"),
    SIGNED.where(broken_by_then(_net)), SIGNED,
)  # fmt: skip
R3 = Indicator(
    "R3", N_("Rupture rate of the contracts ended (R3)"),
    N_("contracts broken, divided by the contracts whose last day falls in the period"),
    _ENDED.where(exists(select(Rupture.id).where(Rupture.contract_id == Contract.id, Rupture.day <= AT))), _ENDED,
)  # fmt: skip
R4 = Indicator(
    "R4", N_("Rupture rate in the trial period (R4)"),
    N_("as R1, ruptures in the trial period alone"),
    SIGNED.where(broken_by_then(_in_trial)), SIGNED,
)  # fmt: skip
R5 = Indicator(
    "R5", N_("Ruptures dated in the period (R5)"),
    N_("ruptures dated in the period, beside the contracts running on its first day; a flow, not a rate"),
    Facts(
        Subject.CONTRACT, select(Contract.id).join(Rupture, Rupture.contract_id == Contract.id).where(
            in_period(Rupture.day)
        ),
        Contract.id, Contract.counsellor_id, Rupture.day, Contract.pathway_id, Contract.company_id,
    ),
    running(FIRST, FIRST), quotient=True,
)  # fmt: skip
R6 = Indicator(
    "R6", N_("Broken within six months (R6)"),
    N_("contracts started from 18 to 6 months before the report date and broken before their sixth month was over"),
    _R6.where(_broken_within_six_months()), _R6, stock=True,
)  # fmt: skip
CHECK_UPS = interactions(Kind.CHECK_UP, (Outcome.HELD,))
FOLLOW_UP = Indicator(
    "I13", N_("Follow-ups in companies per contract"),
    N_("follow-ups held in companies in the period, divided by the contracts running in it"),
    CHECK_UPS, running(FIRST, LAST), quotient=True,
)  # fmt: skip
CDI_SHARE = Indicator(
    "I17.CDI", N_("Share of CDI"), N_("CDI among the contracts signed in the period"),
    SIGNED.where(Contract.form == Form.CDI), SIGNED,
)  # fmt: skip
FULL_TIME_SHARE = Indicator(
    "I17.FULL_TIME", N_("Share of full time"), N_("contracts of 35 hours a week and more among those signed"),
    SIGNED.where(Contract.weekly_hours >= FULL_TIME_HOURS), SIGNED,
)  # fmt: skip
DURABLE_SHARE = Indicator(
    "I17.DURABLE", N_("Share of durable contracts"), N_("CDI and terms of six months and more among those signed"),
    SIGNED.where(DURABLE), SIGNED,
)  # fmt: skip
ALL = (
    CONTRACTS, PEOPLE_WHO_SIGNED, R1, R2, R3, R4, R5, R6, FOLLOW_UP, CDI_SHARE, FULL_TIME_SHARE, DURABLE_SHARE,
)  # fmt: skip
