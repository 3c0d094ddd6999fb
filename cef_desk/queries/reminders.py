"""Who is expected up to the next working day, and how to reach each of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import Channel, Kind
from cef_desk.rules.working_days import next_working


@dataclass(frozen=True)
class Reminder:
    """One appointment to remind of; `channel` is the first that can be used, none when nothing is known."""

    interaction_id: int
    pathway_id: int
    at: datetime
    medium: str
    name: str
    channel: Channel | None
    phone: str
    email: str
    through: str


def reminders(session: Session, counsellor_id: int, today: date) -> list[Reminder]:
    """The people expected from tomorrow to the next working day, by day and hour."""
    first = today + timedelta(days=1)
    last = next_working(first)
    rows = session.execute(
        select(
            Interaction.id, Interaction.pathway_id, Interaction.at, Interaction.medium, Beneficiary.last_name,
            Beneficiary.first_name, Beneficiary.phone, Beneficiary.email, Beneficiary.channel,
            Beneficiary.contact_through, Beneficiary.city,
        )
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(
            Interaction.counsellor_id == counsellor_id, Interaction.kind == Kind.MEETING, Interaction.outcome.is_(None),
            Interaction.at >= datetime.combine(first, time.min), Interaction.at <= datetime.combine(last, time.max),
        )
        .order_by(Interaction.at, Interaction.id)
    )  # fmt: skip
    return [
        Reminder(
            row.id, row.pathway_id, row.at, row.medium, full_name(row.last_name, row.first_name),
            channel_of(row.channel, row.phone, row.email, row.contact_through, row.city), row.phone, row.email,
            row.contact_through,
        )
        for row in rows
    ]  # fmt: skip


def channel_of(wanted: str, phone: str, email: str, through: str, city: str) -> Channel | None:
    """The channel that was chosen when it can be used, else the first that can."""
    usable = {
        Channel.SMS: bool(phone), Channel.PHONE: bool(phone), Channel.EMAIL: bool(email),
        Channel.THROUGH: bool(through), Channel.POST: bool(city),
    }  # fmt: skip
    if wanted in set(Channel) and usable[Channel(wanted)]:
        return Channel(wanted)
    order = (Channel.PHONE, Channel.EMAIL, Channel.THROUGH, Channel.POST)
    return next((channel for channel in order if usable[channel]), None)
