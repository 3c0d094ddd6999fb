"""Somebody who did not come: how to reach them, how many times in a row, and the words that are proposed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, SQLColumnExpression, func, select
from sqlalchemy.orm import Session, aliased

from cef_desk.i18n import _, hour_words, long_day
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.reminders import channel_of
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import Channel, Kind, Outcome


@dataclass(frozen=True)
class NoShow:
    """An appointment that was missed, `times` the number of those in a row with it.

    `channel` is the one that reaches the person, none when nothing is known.
    """

    interaction_id: int
    pathway_id: int
    name: str
    at: datetime
    times: int
    channel: Channel | None
    phone: str
    email: str
    through: str


def no_show(session: Session, interaction_id: int) -> NoShow | None:
    """What is known of somebody who did not come; none when it was no person."""
    row = session.execute(
        select(
            Interaction.at, Interaction.pathway_id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.phone,
            Beneficiary.email, Beneficiary.channel, Beneficiary.contact_through, Beneficiary.city,
            missed_in_a_row(Interaction.pathway_id, Interaction.at).label("times"),
        )
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Interaction.id == interaction_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return NoShow(
        interaction_id, row.pathway_id, full_name(row.last_name, row.first_name), row.at, row.times,
        channel_of(row.channel, row.phone, row.email, row.contact_through, row.city), row.phone, row.email,
        row.contact_through,
    )  # fmt: skip


def missed_in_a_row(
    pathway_id: SQLColumnExpression[int | None], until: SQLColumnExpression[datetime]
) -> ScalarSelect[int]:
    """How many meetings were missed up to one, since the last that was held; excused ones do not break the row."""
    missed, held = aliased(Interaction), aliased(Interaction)
    last_held = (
        select(func.max(held.at))
        .where(held.pathway_id == pathway_id, held.kind == Kind.MEETING, held.outcome == Outcome.HELD, held.at <= until)
        .scalar_subquery()
    )
    return (
        select(func.count(missed.id))
        .where(
            missed.pathway_id == pathway_id, missed.kind == Kind.MEETING, missed.outcome == Outcome.MISSED,
            missed.at <= until, missed.at > func.coalesce(last_held, datetime.min),
        )
        .scalar_subquery()
    )  # fmt: skip


def words_after(found: NoShow, unit: str) -> str:
    """What an SMS, an e-mail or a call says; nothing of why the person was expected."""
    words = _("Hello, we expected you on {day} at {hour}. Please call us so that we can find another moment. {unit}")
    return words.format(day=long_day(found.at.date()), hour=hour_words(found.at), unit=unit)
