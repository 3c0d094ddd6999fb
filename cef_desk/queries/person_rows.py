"""One row of the people list, read for the pathways in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, and_, exists, func, select
from sqlalchemy.orm import Session

from cef_desk.model.barrier import Barrier
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.alert_delays import delays
from cef_desk.queries.pathway_state import (
    holds_on,
    last_day,
    last_meeting_of,
    next_appointment_of,
    open_barrier,
    running,
    unavailable_on,
)
from cef_desk.rules.alerts import (
    Alert,
    AlertCode,
    Delays,
    alert,
    contract_end,
    most_urgent,
    no_meeting,
    trial_end,
    waiting,
)
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import ListName
from cef_desk.rules.period import age_on
from cef_desk.rules.schemes import is_rmi
from cef_desk.store.dialect import among, keys_of


@dataclass(frozen=True)
class PersonRow:
    """One pathway as the list shows it; `id` is the pathway's."""

    id: int
    last_name: str
    first_name: str
    city: str
    contract: str | None
    last_meeting: date | None
    next_appointment: date | None
    entered_on: date | None
    exited_on: date | None
    phone: str
    age: int | None
    counsellor: str | None
    prescriber: str | None
    barriers: int
    alert: Alert | None

    @property
    def name(self) -> str:
        """Last name, first name."""
        return full_name(self.last_name, self.first_name)


def person_rows(session: Session, ids: Sequence[int], today: date) -> list[PersonRow]:
    """Rows of some pathways, in any order."""
    asked, set_by_unit = {"pathway_ids": keys_of(ids)}, delays(session)
    contracts = {row.pathway_id: row for row in session.execute(_running_contracts(today), asked)}
    return [
        _person_row(row, contracts.get(row.id), today, set_by_unit) for row in session.execute(_people(today), asked)
    ]


@lru_cache(maxsize=2)
def _people(today: date) -> Executable:
    """The rows of `pathway_ids`; kept, since it takes as long to put together as to run."""
    return (
        select(
            Pathway.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.city, Beneficiary.phone,
            Beneficiary.birth_date, Pathway.entered_on, Pathway.prescribed_on,
            exists().where(*unavailable_on(today)).label("away"),
            last_meeting_of(today).scalar_subquery().label("last_meeting"),
            next_appointment_of(today).scalar_subquery().label("next_appointment"),
            select(Exit.day).where(Exit.pathway_id == Pathway.id).scalar_subquery().label("exited_on"),
            select(Counsellor.code).join(Holder, Holder.counsellor_id == Counsellor.id)
            .where(Holder.pathway_id == Pathway.id, holds_on(today)).limit(1).scalar_subquery().label("counsellor"),
            select(ListEntry.label).where(
                ListEntry.list_name == ListName.PRESCRIBER, ListEntry.code == Pathway.prescriber_code
            ).scalar_subquery().label("prescriber"),
            select(func.count()).select_from(Barrier).where(
                Barrier.pathway_id == Pathway.id, *open_barrier(today)
            ).scalar_subquery().label("barriers"),
            select(func.max(InsertionContract.ends_on)).where(
                InsertionContract.pathway_id == Pathway.id
            ).scalar_subquery().label("insertion_ends_on"),
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(among(Pathway.id, "pathway_ids"))
    )  # fmt: skip


def _person_row(row: Any, contract: Any, today: date, delays: Delays) -> PersonRow:  # noqa: ANN401  rows of the queries above
    last_meeting, gone = _day(row.last_meeting), row.exited_on is not None and row.exited_on <= today
    told = None
    if not gone:
        last_contact = max((day for day in (row.entered_on, last_meeting) if day is not None), default=None)
        trial = contract and trial_end(contract.starts_on, contract.trial_end_on, delays)
        began = row.entered_on or row.prescribed_on
        ends = row.insertion_ends_on if began is not None and is_rmi(began) else None
        insertion = alert(AlertCode.INSERTION_END, ends, delays)
        expected = row.next_appointment is not None
        told = most_urgent(
            today,
            None
            if row.entered_on is not None
            else waiting(row.prescribed_on, paused=expected or row.away, delays=delays),
            None
            if last_contact is None
            else no_meeting(last_contact, paused=contract is not None or expected or row.away, delays=delays),
            insertion if insertion is not None and not insertion.is_late(today) else None,
            trial if trial and not trial.is_late(today) else None,
            contract and contract_end(contract.last_day, today, confirmed=False, aided=False, delays=delays),
        )
    return PersonRow(
        id=row.id, last_name=row.last_name, first_name=row.first_name, city=row.city,
        contract=contract.label if contract is not None else None,
        last_meeting=last_meeting, next_appointment=_day(row.next_appointment), entered_on=row.entered_on,
        exited_on=row.exited_on if gone else None, phone=row.phone,
        age=None if row.birth_date is None else age_on(row.birth_date, today),
        counsellor=row.counsellor, prescriber=row.prescriber, barriers=row.barriers, alert=told,
    )  # fmt: skip


@lru_cache(maxsize=2)
def _running_contracts(today: date) -> Executable:
    """The contracts that run, of `pathway_ids`; of one pathway the latest comes last."""
    return (
        select(
            Contract.pathway_id, func.coalesce(ListEntry.label, Contract.kind_code).label("label"), Contract.starts_on,
            Contract.trial_end_on, last_day().label("last_day"),
        )
        .outerjoin(
            ListEntry, and_(ListEntry.code == Contract.kind_code, ListEntry.list_name == ListName.CONTRACT_KIND)
        )
        .where(among(Contract.pathway_id, "pathway_ids"), *running(today))
        .order_by(Contract.starts_on, Contract.id)
    )  # fmt: skip


def _day(at: datetime | None) -> date | None:
    return at.date() if at is not None else None
