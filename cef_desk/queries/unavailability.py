"""The days on which a person cannot be met, as their form begins."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.pathway import Pathway
from cef_desk.model.unavailability import Unavailability
from cef_desk.rules.folding import full_name


@dataclass(frozen=True)
class Unavailable:
    """Days noted, without last day until told."""

    id: int
    from_on: date
    to_on: date | None
    reason: str
    version: int


@dataclass(frozen=True)
class UnavailabilityForm:
    """Whom it is about, and the days that are under way or to come, if any."""

    pathway_id: int
    name: str
    noted: Unavailable | None


def unavailability_form(session: Session, pathway_id: int, today: date) -> UnavailabilityForm:
    """The form of a pathway."""
    person = session.execute(
        select(Beneficiary.last_name, Beneficiary.first_name)
        .join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
        .where(Pathway.id == pathway_id)
    ).one_or_none()
    if person is None:
        raise Missing(N_("This record is no longer there."))
    name = full_name(person.last_name, person.first_name)
    return UnavailabilityForm(pathway_id, name, unavailable(session, pathway_id, today))


def unavailable(session: Session, pathway_id: int, today: date) -> Unavailable | None:
    """The first days that have not passed."""
    row = session.scalar(
        select(Unavailability)
        .where(
            Unavailability.pathway_id == pathway_id,
            or_(Unavailability.to_on.is_(None), Unavailability.to_on >= today),
        )
        .order_by(Unavailability.from_on)
        .limit(1)
    )
    return None if row is None else Unavailable(row.id, row.from_on, row.to_on, row.reason, row.version)
