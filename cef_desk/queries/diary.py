"""The diary of one counsellor: appointments, days away, what is taken."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.absence import Absence
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.workshop import Workshop
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import Kind, Medium, Outcome
from cef_desk.rules.slots import Taken

_DAY = timedelta(days=1)
_HAS_HOUR = or_(Interaction.kind != Kind.TASK, Interaction.call_result.is_not(None))


@dataclass(frozen=True)
class Appointment:
    """One line of the diary: when, for how long, with whom, where, about what, and how it ended.

    `about` is the first line of its `note`. A session stands once, with the number of its `people`; its `id` is below
    zero, and it is without outcome while one of them is. `call_result` is that of a call.
    """

    id: int
    uid: str
    version: int
    at: datetime
    minutes: int
    kind: str
    medium: str
    outcome: str | None
    pathway_id: int | None
    company_id: int | None
    person: str
    company: str
    about: str
    workshop_id: int | None = None
    people: int = 0
    note: str = ""
    is_private: bool = False
    call_result: str | None = None

    @property
    def ends_by_key(self) -> bool:
        """An outcome can be given: of a session each person has one, of a call that reached nobody there is none."""
        return self.workshop_id is None and self.kind != Kind.TASK

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class DaysAway:
    """Days a counsellor is away, both included."""

    id: int
    from_on: date
    to_on: date
    reason: str


@dataclass(frozen=True)
class Agenda:
    """The diary from one day to another, both included."""

    first: date
    last: date
    appointments: tuple[Appointment, ...]
    absences: tuple[DaysAway, ...]

    def away(self, day: date) -> DaysAway | None:
        """The absence that holds a day."""
        return next((each for each in self.absences if each.from_on <= day <= each.to_on), None)


def agenda(session: Session, counsellor_id: int, first: date, last: date) -> Agenda:
    """The diary of some days."""
    return Agenda(
        first, last, tuple(appointments(session, counsellor_id, first, last)),
        tuple(absences(session, counsellor_id, first, last)),
    )  # fmt: skip


def appointments(session: Session, counsellor_id: int, first: date, last: date | None = None) -> list[Appointment]:
    """What a counsellor does on some days, in order; a task has no hour unless it is a call, a session stands once."""
    start, end = datetime.combine(first, time.min), datetime.combine(last or first, time.min) + _DAY
    alone = _read(
        session, Interaction.counsellor_id == counsellor_id, _HAS_HOUR, Interaction.at >= start,
        Interaction.at < end, Interaction.workshop_id.is_(None),
    )  # fmt: skip
    return sorted([*alone, *_sessions(session, counsellor_id, start, end)], key=lambda each: (each.at, each.id))


def appointment(session: Session, appointment_id: int) -> Appointment:
    """One line of the diary."""
    found = _read(session, Interaction.id == appointment_id)
    if not found:
        raise Missing(N_("This record is no longer there."))
    return found[0]


def absences(session: Session, counsellor_id: int, first: date, last: date) -> list[DaysAway]:
    """The days away that touch some days, in order."""
    rows = session.execute(
        select(Absence.id, Absence.from_on, Absence.to_on, Absence.reason)
        .where(Absence.counsellor_id == counsellor_id, Absence.from_on <= last, Absence.to_on >= first)
        .order_by(Absence.from_on)
    )
    return [DaysAway(*row) for row in rows]


def taken(session: Session, counsellor_id: int, first: date, last: date) -> tuple[Taken, ...]:
    """What a counsellor's days hold already, from one day to another, both included; days away are whole."""
    held = [
        Taken(each.at, each.minutes, each.person or each.company)
        for each in appointments(session, counsellor_id, first, last)
        if each.outcome is None
    ]
    away = [
        Taken(datetime.combine(each.from_on, time.min), ((each.to_on - each.from_on).days + 1) * 24 * 60)
        for each in absences(session, counsellor_id, first, last)
    ]
    return tuple(sorted([*held, *away], key=lambda each: each.at))


def _sessions(session: Session, counsellor_id: int, start: datetime, end: datetime) -> list[Appointment]:
    rows = session.execute(
        select(
            Workshop.id, Workshop.uid, Workshop.version, Workshop.at, Workshop.minutes, Workshop.title, Workshop.place,
            func.count(Interaction.id).label("people"), func.count(Interaction.outcome).label("ended"),
        )
        .outerjoin(Interaction, Interaction.workshop_id == Workshop.id)
        .where(Workshop.counsellor_id == counsellor_id, Workshop.at >= start, Workshop.at < end)
        .group_by(Workshop.id)
    )  # fmt: skip
    return [
        Appointment(
            -row.id, row.uid, row.version, row.at, row.minutes, Kind.WORKSHOP, Medium.OFFICE,
            Outcome.HELD if row.ended == row.people else None, None, None, "", row.title, row.place, row.id,
            row.people,
        )
        for row in rows
    ]  # fmt: skip


def _read(session: Session, *where: ColumnElement[bool]) -> list[Appointment]:
    rows = session.execute(
        select(
            Interaction.id, Interaction.uid, Interaction.version, Interaction.at, Interaction.minutes,
            Interaction.kind, Interaction.medium, Interaction.outcome, Interaction.pathway_id, Interaction.company_id,
            Interaction.note, Interaction.is_private, Interaction.call_result, Beneficiary.last_name,
            Beneficiary.first_name, Company.name.label("company"),
        )
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(*where)
        .order_by(Interaction.at, Interaction.id)
    )  # fmt: skip
    return [
        Appointment(
            row.id, row.uid, row.version, row.at, row.minutes, row.kind, row.medium, row.outcome, row.pathway_id,
            row.company_id, full_name(row.last_name, row.first_name), row.company or "",
            row.note.partition("\n")[0], note=row.note, is_private=row.is_private,
            call_result=row.call_result,
        )
        for row in rows
    ]  # fmt: skip
