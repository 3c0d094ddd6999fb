"""What a window or a command needs to know of a file before anything else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.counsellor import Counsellor
from cef_desk.model.pathway import Pathway
from cef_desk.model.unit import Unit


@dataclass(frozen=True)
class Sitting:
    """Whose file it is, who sits here, the day a demonstration lives on, whether nobody is in it yet."""

    unit: str
    frozen_today: date | None
    counsellor_id: int
    counsellor_code: str
    counsellor_name: str
    is_empty: bool = False


def sitting(session: Session) -> Sitting:
    """The unit with the counsellor this installation belongs to: the first active one."""
    unit = session.execute(select(Unit.name, Unit.frozen_today)).one()
    who = session.execute(
        select(Counsellor.id, Counsellor.code, Counsellor.name)
        .where(Counsellor.active.is_(True))
        .order_by(Counsellor.id)
        .limit(1)
    ).one()
    nobody = session.scalar(select(Pathway.id).limit(1)) is None
    return Sitting(unit.name, unit.frozen_today, who.id, who.code, who.name, nobody)
