"""What contracts ask for while they run, when they break, and after the exit they led to."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from sqlalchemy import Executable, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.exit_check import ExitCheck
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.pathway_state import last_day, last_meeting_of, mine
from cef_desk.rules.alerts import (
    Delays,
    after_exit,
    after_rupture,
    balance,
    check_up,
    check_ups,
    contract_end,
    trial_end,
    without_term,
)
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import ExitFamily, Kind, Outcome
from cef_desk.store.dialect import among, keys_of

_CHECKS_OF_AN_EXIT = 2
_IN_WORK_AFTER = (ExitFamily.DURABLE, ExitFamily.TRANSITION)


def of_contracts(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """CTR_FIN, CTR_FIN_60, CTR_FIN_CONFIRMER, CTR_SANS_TERME, ESSAI_FIN_*, SUIVI_*, BILAN_6M.

    Those of the contracts nobody has ended, broken or renewed.
    """
    rows = session.execute(_contracts(today), {"counsellor_id": counsellor_id}).all()
    done: defaultdict[int, list[date]] = defaultdict(list)
    for contract_id, at in session.execute(_check_ups(today), {"contract_ids": keys_of(row.id for row in rows)}):
        done[contract_id or 0].append(at.date())
    for row in rows:
        who = full_name(row.last_name, row.first_name)
        followed = row.last_day is None or row.last_day >= today
        planned = check_ups(row.starts_on, row.trial_end_on, row.last_day, today, delays)
        trial = trial_end(row.starts_on, row.trial_end_on, delays)
        told = [
            contract_end(row.last_day, today, confirmed=False, aided=row.agreement_number is not None, delays=delays),
            without_term(row.form, row.signed_on, row.last_day, delays),
            trial if trial is not None and not trial.is_late(today) else None,
            check_up(planned, done[row.id]) if followed else None,
            balance(row.kind_code, row.starts_on, done[row.id], today, delays) if followed else None,
        ]
        yield from (ToDo(each, row.pathway_id, who, row.company, row.id) for each in told if each is not None)


def of_ruptures(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """RUPTURE_3J: the last rupture of somebody who has not been met since and signed nothing since."""
    for row in session.execute(_ruptures(today), {"counsellor_id": counsellor_id}):
        told = after_rupture(row.day, [row.met.date()] if row.met else [], delays)
        if told is not None:
            yield ToDo(told, row.pathway_id, full_name(row.last_name, row.first_name), row.company, row.id)


def of_exits(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """SORTIE_3M, SORTIE_6M: exits to employment, asked of whoever held the pathway when it ended."""
    rows = session.execute(_exits(today), {"counsellor_id": counsellor_id}).all()
    checked: defaultdict[int, list[int]] = defaultdict(list)
    of = select(ExitCheck.exit_id, ExitCheck.months).where(ExitCheck.exit_id.in_([row.id for row in rows]))
    for exit_id, months in session.execute(of):
        checked[exit_id].append(months)
    for row in rows:
        who = full_name(row.last_name, row.first_name)
        yield from (ToDo(each, row.pathway_id, who) for each in after_exit(row.day, checked[row.id], delays))


@lru_cache(maxsize=2)
def _contracts(today: date) -> Executable:
    """Kept for a day, as those below: it takes as long to put together as to run."""
    renewal = aliased(Contract)
    return (
        select(
            Contract.id, Contract.pathway_id, Contract.kind_code, Contract.form, Contract.signed_on, Contract.starts_on,
            Contract.trial_end_on, Contract.agreement_number, last_day().label("last_day"), Beneficiary.last_name,
            Beneficiary.first_name, Company.name.label("company"),
        )
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Company, Company.id == Contract.company_id)
        .where(
            Contract.pathway_id.in_(mine(bindparam("counsellor_id"), today)), Contract.starts_on <= today,
            Contract.ended_on.is_(None), ~exists().where(Rupture.contract_id == Contract.id, Rupture.day <= today),
            ~exists().where(renewal.pathway_id == Contract.pathway_id, renewal.starts_on > Contract.starts_on),
        )
    )  # fmt: skip


@lru_cache(maxsize=2)
def _check_ups(today: date) -> Executable:
    return select(Interaction.contract_id, Interaction.at).where(
        among(Interaction.contract_id, "contract_ids"), Interaction.kind == Kind.CHECK_UP,
        Interaction.outcome == Outcome.HELD, Interaction.at <= datetime.combine(today, time.max),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _ruptures(today: date) -> Executable:
    later = aliased(Contract)
    return (
        select(
            Rupture.day, Contract.id, Contract.pathway_id, Beneficiary.last_name, Beneficiary.first_name,
            Company.name.label("company"), last_meeting_of(today).scalar_subquery().label("met"),
        )
        .join(Contract, Contract.id == Rupture.contract_id)
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Company, Company.id == Contract.company_id)
        .where(
            Contract.pathway_id.in_(mine(bindparam("counsellor_id"), today)), Rupture.day <= today,
            ~exists().where(later.pathway_id == Contract.pathway_id, later.starts_on >= Rupture.day),
        )
    )  # fmt: skip


@lru_cache(maxsize=2)
def _exits(today: date) -> Executable:
    return (
        select(Exit.id, Exit.day, Exit.pathway_id, Beneficiary.last_name, Beneficiary.first_name)
        .join(Pathway, Pathway.id == Exit.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(
            Exit.family.in_(_IN_WORK_AFTER), Exit.day <= today,
            exists().where(
                Holder.pathway_id == Exit.pathway_id, Holder.counsellor_id == bindparam("counsellor_id"),
                Holder.from_on <= Exit.day,
                (Holder.to_on.is_(None)) | (Holder.to_on >= Exit.day),
            ),
            select(func.count()).select_from(ExitCheck).where(ExitCheck.exit_id == Exit.id).scalar_subquery()
            < _CHECKS_OF_AN_EXIT,
        )
    )  # fmt: skip
