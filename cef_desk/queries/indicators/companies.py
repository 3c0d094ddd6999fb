"""Companies: I14-I16 of domain/rules.md, and what the monthly sheet says of prospecting."""

from datetime import date

from sqlalchemy import ColumnElement, case, distinct, exists, func, literal, select
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.offer import Offer
from cef_desk.model.pathway import Pathway
from cef_desk.model.referral import Referral
from cef_desk.model.unit import Unit
from cef_desk.queries.facts import AT, Facts, contracts, counted, in_period, interactions
from cef_desk.queries.figures import Indicator
from cef_desk.queries.indicators.signed import SIGNED
from cef_desk.rules.kinds import Kind, Medium, Outcome, Subject
from cef_desk.store.dialect import day_of, plus_days, plus_months

LOYAL_FROM = 2
"""A company is loyal from so many different people hired on."""

STEP_DAYS = 90
"""Each step of prospecting follows the one before within so many days (I16)."""


def _window(contract: type[Contract]) -> ColumnElement[bool]:
    months = select(Unit.loyal_months).scalar_subquery()
    begins = case((months == 0, literal(date.min)), else_=plus_months(AT, -months))
    return (contract.signed_on > begins) & (contract.signed_on <= AT)


def _loyal() -> ColumnElement[bool]:
    hired, person = aliased(Contract), aliased(Pathway)
    return Contract.company_id.in_(
        select(hired.company_id)
        .join(person, person.id == hired.pathway_id)
        .where(_window(hired), *counted(hired))
        .group_by(hired.company_id)
        .having(func.count(distinct(person.beneficiary_id)) >= LOYAL_FROM)
    )


def _first_visit() -> ColumnElement[bool]:
    earlier = aliased(Interaction)
    return ~exists(
        select(earlier.id).where(
            earlier.company_id == Interaction.company_id,
            earlier.kind == Kind.PROSPECTION,
            earlier.medium == Medium.ON_SITE,
            earlier.outcome == Outcome.HELD,
            earlier.at < Interaction.at,
        )
    )


def _steps() -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """After the visit an offer, then a referral on it, then a hire: each within 90 days of the step before."""
    offer, referral, hire = aliased(Offer), aliased(Referral), aliased(Contract)
    visited = day_of(Interaction.at)
    offered = (
        select(offer.id)
        .where(
            offer.company_id == Interaction.company_id,
            offer.received_on.between(visited, plus_days(visited, STEP_DAYS)),
            offer.received_on <= AT,
        )
        .correlate(Interaction)
    )
    referred = offered.join(referral, referral.offer_id == offer.id).where(
        referral.proposed_on.between(offer.received_on, plus_days(offer.received_on, STEP_DAYS)),
        referral.proposed_on <= AT,
    )
    hired = referred.join(hire, hire.company_id == offer.company_id).where(
        hire.signed_on.between(referral.proposed_on, plus_days(referral.proposed_on, STEP_DAYS)),
        hire.signed_on <= AT,
        *counted(hire),
    )
    return exists(offered), exists(referred), exists(hired)


PROSPECTED = interactions(Kind.PROSPECTION, (Outcome.HELD,)).per(Subject.COMPANY)
VISITED = PROSPECTED.where(Interaction.medium == Medium.ON_SITE)
OFFERS = Facts(
    Subject.OFFER, select(Offer.id).where(in_period(Offer.received_on)), Offer.id, Offer.counsellor_id,
    Offer.received_on, company=Offer.company_id,
)  # fmt: skip
_HIRED_LATELY = contracts(_window(Contract), *counted()).per(Subject.COMPANY)
_FIRST_VISITED = VISITED.where(_first_visit())
_OFFERED, _REFERRED, _HIRED = _steps()

COMPANIES_HIRED = Indicator(
    "I14", N_("Companies that hired"), N_("different companies among the contracts signed in the period"),
    SIGNED.per(Subject.COMPANY),
)  # fmt: skip
LOYAL = Indicator(
    "I15", N_("Companies that hired at least two people"),
    N_("companies that hired two different people or more, of those that hired in the window of the unit"),
    _HIRED_LATELY.where(_loyal()), _HIRED_LATELY, stock=True,
)  # fmt: skip
OFFERED = Indicator(
    "I16.OFFERS", N_("Companies first visited, with an offer"),
    N_("companies first visited in the period, with an offer within 90 days"),
    _FIRST_VISITED.where(_OFFERED), _FIRST_VISITED,
)  # fmt: skip
REFERRED = Indicator(
    "I16.REFERRALS", N_("Companies first visited, with a referral"),
    N_("companies first visited in the period, with an offer and a referral on it, each within 90 days"),
    _FIRST_VISITED.where(_REFERRED), _FIRST_VISITED,
)  # fmt: skip
HIRES = Indicator(
    "I16.HIRES", N_("Companies first visited, with a hire"),
    N_("companies first visited in the period, with an offer, a referral and a hire, each within 90 days"),
    _FIRST_VISITED.where(_HIRED), _FIRST_VISITED,
)  # fmt: skip
ALL = (COMPANIES_HIRED, LOYAL, OFFERED, REFERRED, HIRES)
