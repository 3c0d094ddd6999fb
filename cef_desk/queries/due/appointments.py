"""What the diary asks for: appointments that have passed without outcome, what was agreed."""

from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.due.line import ToDo
from cef_desk.rules.alerts import AlertCode, Delays, alert
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import DoneBy, Kind


def of_appointments(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """RDV_A_RENSEIGNER: of people, companies and sessions; TACHE."""
    rows = session.execute(
        select(
            Interaction.id, Interaction.kind, Interaction.at, Interaction.note, Interaction.is_private,
            Interaction.pathway_id, Interaction.company_id, Interaction.done_by, Interaction.workshop_id,
            Beneficiary.last_name, Beneficiary.first_name, Company.name.label("company"),
        )
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(
            Interaction.counsellor_id == counsellor_id, Interaction.outcome.is_(None),
            Interaction.at < datetime.combine(today, time.min),
        )
    )  # fmt: skip
    sessions: set[int] = set()
    for row in rows:
        told = alert(AlertCode.TASK if row.kind == Kind.TASK else AlertCode.TO_FILL_IN, row.at.date(), delays)
        if told is None or row.workshop_id in sessions:
            continue
        what = "" if row.is_private else row.note.partition("\n")[0]
        if row.workshop_id is not None:
            sessions.add(row.workshop_id)
            yield ToDo(told, None, what, workshop_id=row.workshop_id)
            continue
        who = full_name(row.last_name, row.first_name) or row.company or ""
        yield ToDo(
            told, row.pathway_id, who, what, interaction_id=row.id, by_person=row.done_by == DoneBy.PERSON,
            company_id=row.company_id,
        )  # fmt: skip
