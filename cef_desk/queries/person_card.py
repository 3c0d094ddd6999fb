"""What stands beside the people list: who somebody is, and what happened, newest first."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.barrier import Barrier
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.queries.pathway_state import open_barrier
from cef_desk.queries.person_rows import PersonRow, person_rows
from cef_desk.queries.timeline import Moment, timeline
from cef_desk.queries.unavailability import Unavailable, unavailable
from cef_desk.rules.kinds import ListName


@dataclass(frozen=True)
class PersonCard:
    """A person beside the list; `timeline` is newest first, what is planned above the rest."""

    row: PersonRow
    beneficiary_id: int
    birth_date: date | None
    address: str
    email: str
    channel: str
    through: str
    vehicle: str | None
    barriers: tuple[str, ...]
    others: int
    away: Unavailable | None
    timeline: tuple[Moment, ...]
    quarterly_month: int | None


_OTHER, _VEHICLE = aliased(Pathway), aliased(ListEntry)
_PERSON = (
    select(
        Pathway.prescribed_on, Pathway.entered_on, Beneficiary.id, Beneficiary.birth_date, Beneficiary.address,
        Beneficiary.postcode, Beneficiary.city, Beneficiary.email, Beneficiary.channel, Beneficiary.contact_through,
        _VEHICLE.label.label("vehicle"), Right.quarterly_month,
        select(func.count(_OTHER.id)).where(_OTHER.beneficiary_id == Beneficiary.id, _OTHER.id != Pathway.id)
        .scalar_subquery().label("others"),
    )
    .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
    .outerjoin(_VEHICLE, and_(_VEHICLE.list_name == ListName.VEHICLE, _VEHICLE.code == Beneficiary.vehicle_code))
    .outerjoin(Right, Right.pathway_id == Pathway.id)
    .where(Pathway.id == bindparam("pathway_id"))
)  # fmt: skip


def person_card(session: Session, pathway_id: int, today: date) -> PersonCard:
    """The card of a pathway; `others` counts the person's earlier or later pathways."""
    asked = {"pathway_id": pathway_id}
    person = session.execute(_PERSON, asked).one_or_none()
    if person is None:
        raise Missing(N_("This record is no longer there."))
    moments = timeline(session, pathway_id, prescribed_on=person.prescribed_on, entered_on=person.entered_on)
    return PersonCard(
        person_rows(session, [pathway_id], today)[0], person.id, person.birth_date,
        ", ".join(part for part in (person.address, f"{person.postcode} {person.city}".strip()) if part), person.email,
        person.channel, person.contact_through, person.vehicle,
        tuple(dict.fromkeys(session.scalars(_barriers(today), asked))), person.others,
        unavailable(session, pathway_id, today), tuple(moments), person.quarterly_month,
    )  # fmt: skip


@lru_cache(maxsize=2)
def _barriers(today: date) -> Select[Any]:
    return (
        select(ListEntry.label)
        .join(Barrier, and_(ListEntry.code == Barrier.theme_code, ListEntry.list_name == ListName.BARRIER))
        .where(Barrier.pathway_id == bindparam("pathway_id"), *open_barrier(today))
        .order_by(ListEntry.position)
    )
