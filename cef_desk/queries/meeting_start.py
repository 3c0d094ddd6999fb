"""What the meeting form begins with: the appointment that takes place, last subjects, what the diary holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.diary import taken
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import Kind, ListName, Outcome
from cef_desk.rules.slots import SIX_WEEKS, Taken

_AROUND = timedelta(hours=2)
_AHEAD = SIX_WEEKS + timedelta(weeks=3)


@dataclass(frozen=True)
class Planned:
    """An appointment without outcome."""

    id: int
    at: datetime
    minutes: int
    medium: str
    note: str
    is_private: bool


@dataclass(frozen=True)
class MeetingStart:
    """`appointment` is the one that takes place, `following` the next one that is planned already.

    `contract` is the one that runs, or was to, with the name of its company: a check-up is about it.
    `subjects` are those offered, (code, words); `last_subjects` the codes of the last meeting.
    """

    pathway_id: int
    name: str
    sex: str | None
    appointment: Planned | None
    following: datetime | None
    subjects: tuple[tuple[str, str], ...]
    last_subjects: tuple[str, ...]
    taken: tuple[Taken, ...]
    contract: tuple[int, str] | None


def meeting_start(
    session: Session, pathway_id: int, counsellor_id: int, now: datetime, appointment_id: int | None = None
) -> MeetingStart:
    """The start of a meeting with somebody at a moment; their appointment is that of the key, or the one near now."""
    person = session.execute(
        select(Beneficiary.last_name, Beneficiary.first_name, Beneficiary.sex)
        .join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
        .where(Pathway.id == pathway_id)
    ).one_or_none()
    if person is None:
        raise Missing(N_("This record is no longer there."))
    of_person = Interaction.pathway_id == pathway_id, Interaction.kind == Kind.MEETING
    planned = [
        Planned(row.id, row.at, row.minutes, row.medium, row.note, row.is_private)
        for row in session.scalars(
            select(Interaction)
            .where(
                *of_person, Interaction.outcome.is_(None),
                or_(Interaction.at >= datetime.combine(now, time.min), Interaction.id == (appointment_id or 0)),
            )
            .order_by(Interaction.at)
        )
    ]  # fmt: skip
    here = [each for each in planned if each.id == appointment_id] or [
        each for each in planned if appointment_id is None and abs(each.at - now) <= _AROUND
    ]
    appointment = min(here, key=lambda each: abs(each.at - now), default=None)
    following = next((each.at for each in planned if each is not appointment and each.at > now), None)
    last = session.scalar(
        select(Interaction.subject_codes)
        .where(*of_person, Interaction.outcome == Outcome.HELD, Interaction.at <= now)
        .order_by(Interaction.at.desc())
        .limit(1)
    )
    return MeetingStart(
        pathway_id, full_name(person.last_name, person.first_name), person.sex, appointment, following,
        meeting_subjects(session), tuple((last or "").split()),
        taken(session, counsellor_id, now.date(), now.date() + _AHEAD), contract_of(session, pathway_id, now.date()),
    )  # fmt: skip


def contract_of(session: Session, pathway_id: int, today: date) -> tuple[int, str] | None:
    """The last one begun that nobody has ended or broken."""
    row = session.execute(
        select(Contract.id, Company.name)
        .join(Company, Company.id == Contract.company_id)
        .where(
            Contract.pathway_id == pathway_id, Contract.starts_on <= today,
            or_(Contract.ended_on.is_(None), Contract.ended_on >= today),
            ~exists().where(Rupture.contract_id == Contract.id, Rupture.day <= today),
        )
        .order_by(Contract.starts_on.desc(), Contract.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if row is None else (row.id, row.name)


def meeting_subjects(session: Session, also: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The subjects a meeting can be about, and those it is about `also`, retired since."""
    rows = session.execute(
        select(ListEntry.code, ListEntry.label)
        .where(
            ListEntry.list_name == ListName.MEETING_SUBJECT,
            or_(ListEntry.active.is_(True), ListEntry.code.in_(also)),
        )
        .order_by(ListEntry.position)
    )
    return tuple((code, label) for code, label in rows)
