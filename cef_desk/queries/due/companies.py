"""What companies and offers ask for: a call nobody answered, one that wakes up, an offer or somebody without answer."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, Executable, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.offer import Offer
from cef_desk.model.pathway import Pathway
from cef_desk.model.referral import Referral
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.pathway_state import mine, works
from cef_desk.rules.alerts import AlertCode, Delays, alert, company_wakes, prospect
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import CallResult, Kind, Outcome, ReferralStatus
from cef_desk.store.dialect import day_of

_UNANSWERED = (ReferralStatus.PROPOSED, ReferralStatus.PRESENTED)


def of_companies(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """ENTREPRISE_REVEIL, of whoever let the company sleep; PROSP_RELANCE, of whoever reached nobody."""
    for row in session.execute(_asleep(today), {"counsellor_id": counsellor_id}):
        told = company_wakes(row.wakes_on, row.met.date() if row.met else None, delays)
        if told is not None:
            yield ToDo(told, None, row.name, company_id=row.id)
    for row in session.execute(_called(today), {"counsellor_id": counsellor_id}):
        told = prospect(row.at.date(), asleep=row.wakes_on is not None, delays=delays)
        if told is not None:
            yield ToDo(told, None, row.name, company_id=row.id)


def of_offers(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """OFFRE_SANS_SUITE: offers that wait for somebody; MER_SANS_REP: people who wait for an answer, not in a job."""
    for row in session.execute(_without_referral(today), {"counsellor_id": counsellor_id}):
        told = alert(AlertCode.OFFER_WITHOUT_REFERRAL, row.received_on, delays)
        if told is not None:
            yield ToDo(told, None, row.name, row.job, company_id=row.company_id, offer_id=row.id)
    for row in session.execute(_without_answer(today), {"counsellor_id": counsellor_id}):
        told = alert(AlertCode.REFERRAL_WITHOUT_ANSWER, row.proposed_on, delays)
        if told is not None:
            yield ToDo(
                told, row.pathway_id, full_name(row.last_name, row.first_name), f"{row.job}, {row.name}",
                company_id=row.company_id, referral_id=row.id,
            )  # fmt: skip


_WHO: BindParameter[int] = bindparam("counsellor_id")


@lru_cache(maxsize=2)
def _asleep(today: date) -> Executable:
    """Kept for a day, as those below: it takes as long to put together as to run."""
    met = (
        select(func.max(Interaction.at))
        .where(
            Interaction.company_id == Company.id, Interaction.kind == Kind.PROSPECTION,
            Interaction.outcome == Outcome.HELD, Interaction.at <= datetime.combine(today, time.max),
        )
        .scalar_subquery()
    )  # fmt: skip
    return select(Company.id, Company.name, Company.wakes_on, met.label("met")).where(Company.wakes_for_id == _WHO)


@lru_cache(maxsize=2)
def _called(today: date) -> Executable:
    """Companies called and not reached, with which nothing is planned or took place since, but for a wrong number."""
    later = aliased(Interaction)
    return (
        select(Company.id, Company.name, Company.wakes_on, func.max(Interaction.at).label("at"))
        .join(Company, Company.id == Interaction.company_id)
        .where(
            Interaction.counsellor_id == _WHO, Interaction.call_result == CallResult.MESSAGE,
            Interaction.at <= datetime.combine(today, time.max),
            ~exists().where(
                later.company_id == Interaction.company_id, later.at > Interaction.at, later.id != Interaction.id,
                or_(later.call_result.is_(None), later.call_result != CallResult.WRONG_NUMBER),
                or_(later.outcome.is_(None), later.outcome == Outcome.HELD),
            ),
            ~exists().where(Offer.company_id == Interaction.company_id, Offer.received_on >= day_of(Interaction.at)),
        )
        .group_by(Company.id, Company.name, Company.wakes_on)
    )  # fmt: skip


def _is_open(today: date) -> ColumnElement[bool]:
    return or_(Offer.closed_on.is_(None), Offer.closed_on > today)


@lru_cache(maxsize=2)
def _without_referral(today: date) -> Executable:
    return (
        select(Offer.id, Offer.received_on, Offer.job, Company.id.label("company_id"), Company.name)
        .join(Company, Company.id == Offer.company_id)
        .where(
            Offer.counsellor_id == _WHO, Offer.received_on <= today, _is_open(today),
            ~exists().where(Referral.offer_id == Offer.id),
        )
    )  # fmt: skip


@lru_cache(maxsize=2)
def _without_answer(today: date) -> Executable:
    return (
        select(
            Referral.id, Referral.proposed_on, Referral.pathway_id, Beneficiary.last_name, Beneficiary.first_name,
            Offer.job, Offer.company_id, Company.name,
        )
        .join(Offer, Offer.id == Referral.offer_id)
        .join(Company, Company.id == Offer.company_id)
        .join(Pathway, Pathway.id == Referral.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(
            Referral.counsellor_id == _WHO, Referral.status.in_(_UNANSWERED), Referral.proposed_on <= today,
            _is_open(today), Referral.pathway_id.in_(mine(_WHO, today)), ~works(today),
            ~exists().where(Contract.pathway_id == Referral.pathway_id, Contract.signed_on >= Referral.proposed_on),
        )
    )  # fmt: skip
