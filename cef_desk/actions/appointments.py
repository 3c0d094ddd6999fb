"""Appointments: two at once are asked about, one in the past is refused."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from cef_desk.errors import Doubt, Refusal
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.kinds import Kind, Medium
from cef_desk.rules.slots import Taken, clash

CLASH = "clash"
_LONGEST = timedelta(days=1)


def plan_appointment(
    session: Session, appointment: Interaction, today: date, *, field: str, accepted: Collection[str]
) -> None:
    """Adds an appointment to the diary; refuses one before today, asks about one that stands upon another.

    `field` is the draft field that holds its hour.
    """
    if appointment.at.date() < today:
        raise Refusal(N_("An appointment cannot be made for a day before today, {today}."), field=field, today=today)
    if CLASH not in accepted:
        ask_about_clash(session, appointment, field)
    session.add(appointment)


def ask_about_clash(session: Session, wanted: Interaction, field: str) -> None:
    """Asks about another appointment of the counsellor, or of the person, at the same time."""
    rows = session.execute(
        select(Interaction.at, Interaction.minutes, Beneficiary.last_name, Beneficiary.first_name, Company.name)
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(
            or_(
                Interaction.counsellor_id == wanted.counsellor_id,
                Interaction.pathway_id == wanted.pathway_id if wanted.pathway_id else false(),
            ),
            Interaction.kind != Kind.TASK, Interaction.outcome.is_(None), Interaction.at > wanted.at - _LONGEST,
            Interaction.at < wanted.at + timedelta(minutes=wanted.minutes), Interaction.id.is_not(wanted.id),
        )
    )  # fmt: skip
    taken = [
        Taken(row.at, row.minutes, f"{row.last_name or ''} {row.first_name or ''}".strip() or row.name or "")
        for row in rows
    ]
    over = clash(wanted.at, wanted.minutes, taken)
    if over is not None:
        raise Doubt(
            N_("There is an appointment at {hour} already: {who}. Save again to keep both."),
            about=CLASH, field=field, hour=over.at, who=over.who,
        )  # fmt: skip


def next_appointment(meeting: Interaction, at: datetime, minutes: int) -> Interaction:
    """What was agreed at a meeting: the next one, in the office unless it was elsewhere."""
    kept = {Medium.HOME, Medium.VIDEO, Medium.ON_SITE}
    return Interaction(
        kind=Kind.MEETING, medium=meeting.medium if meeting.medium in kept else Medium.OFFICE, outcome=None, at=at,
        minutes=minutes, counsellor_id=meeting.counsellor_id, pathway_id=meeting.pathway_id, origin_id=meeting.id,
    )  # fmt: skip
