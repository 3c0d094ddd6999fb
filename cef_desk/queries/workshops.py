"""A session with its people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.workshop import Workshop
from cef_desk.rules.folding import full_name


@dataclass(frozen=True)
class SessionForm:
    """A session as its form begins; `people` holds pathway, name and outcome, in the order of names.

    `read` holds pathway and version of each place.
    """

    workshop_id: int
    kind: str
    title: str
    at: datetime
    minutes: int
    place: str
    people: tuple[tuple[int, str, str | None], ...]
    read: frozenset[tuple[int, int]]


def session_form(session: Session, workshop_id: int) -> SessionForm:
    """One session."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        raise Missing(N_("This record is no longer there."))
    rows = session.execute(
        select(
            Interaction.pathway_id,
            Beneficiary.last_name,
            Beneficiary.first_name,
            Interaction.outcome,
            Interaction.version,
        )
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Interaction.workshop_id == workshop_id)
        .order_by(Beneficiary.sort_key)
    ).all()
    people = tuple((row.pathway_id, full_name(row.last_name, row.first_name), row.outcome) for row in rows)
    return SessionForm(
        workshop.id, workshop.kind, workshop.title, workshop.at, workshop.minutes, workshop.place, people,
        frozenset((row.pathway_id, row.version) for row in rows),
    )  # fmt: skip
