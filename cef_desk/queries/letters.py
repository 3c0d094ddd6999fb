"""What a letter of appointment says: to whom, where it is sent, when and where to come, who expects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.unit import Unit
from cef_desk.rules.folding import one_line
from cef_desk.rules.kinds import Outcome


@dataclass(frozen=True)
class Letter:
    """One letter; `address` is the lines under the name, `sex` F, H or none; `missed` when nobody came.

    `place` is where the unit is, `phone` whom to call; empty when the unit has not said.
    """

    interaction_id: int
    name: str
    sex: str | None
    address: tuple[str, ...]
    at: datetime
    minutes: int
    medium: str
    counsellor: str
    missed: bool = False
    place: str = ""
    phone: str = ""


def letters(session: Session, interaction_ids: Sequence[int]) -> list[Letter]:
    """The letters of some appointments, to come or missed, by the day and hour of each."""
    rows = session.execute(
        select(Interaction, Beneficiary, Counsellor.name)
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Counsellor, Counsellor.id == Interaction.counsellor_id)
        .where(
            Interaction.id.in_(interaction_ids),
            or_(Interaction.outcome.is_(None), Interaction.outcome == Outcome.MISSED),
        )
        .order_by(Interaction.at, Interaction.id)
    )
    where, phone = session.execute(select(Unit.address, Unit.phone)).one()
    return [
        Letter(
            row.id, one_line(f"{person.first_name} {person.last_name}"), person.sex,
            tuple(line for line in map(one_line, (person.address, f"{person.postcode} {person.city}")) if line),
            row.at, row.minutes, row.medium, counsellor, row.outcome == Outcome.MISSED, where, phone,
        )
        for row, person, counsellor in rows
    ]  # fmt: skip
