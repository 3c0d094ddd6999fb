"""The diary of one counsellor."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.kinds import Kind
from cef_desk.rules.slots import Taken


@dataclass(frozen=True)
class Appointment:
    """One line of the diary: when, with whom, where, about what, and how it ended."""

    id: int
    at: datetime
    kind: str
    medium: str
    outcome: str | None
    pathway_id: int | None
    company_id: int | None
    person: str
    company: str
    about: str


def taken(session: Session, counsellor_id: int, first: date, last: date) -> tuple[Taken, ...]:
    """What a counsellor's days hold already, from one day to another, both included."""
    rows = session.execute(
        select(Interaction.at, Interaction.minutes, Beneficiary.last_name, Beneficiary.first_name, Company.name)
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(
            Interaction.counsellor_id == counsellor_id, Interaction.kind != Kind.TASK, Interaction.outcome.is_(None),
            Interaction.at >= datetime.combine(first, time.min), Interaction.at <= datetime.combine(last, time.max),
        )
        .order_by(Interaction.at)
    )  # fmt: skip
    return tuple(
        Taken(row.at, row.minutes, f"{row.last_name or ''} {row.first_name or ''}".strip() or row.name or "")
        for row in rows
    )


def appointments(session: Session, counsellor_id: int, day: date) -> list[Appointment]:
    """What a counsellor does on a day, in order; tasks have no hour and are not in it."""
    first = datetime.combine(day, time.min)
    rows = session.execute(
        select(
            Interaction.id, Interaction.at, Interaction.kind, Interaction.medium, Interaction.outcome,
            Interaction.pathway_id, Interaction.company_id, Interaction.note, Beneficiary.last_name,
            Beneficiary.first_name, Company.name.label("company"),
        )
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(
            Interaction.counsellor_id == counsellor_id, Interaction.kind != Kind.TASK, Interaction.at >= first,
            Interaction.at < first + timedelta(days=1),
        )
        .order_by(Interaction.at, Interaction.id)
    )  # fmt: skip
    return [
        Appointment(
            row.id, row.at, row.kind, row.medium, row.outcome, row.pathway_id, row.company_id,
            f"{row.last_name or ''} {row.first_name or ''}".strip(), row.company or "", row.note.partition("\n")[0],
        )
        for row in rows
    ]  # fmt: skip
