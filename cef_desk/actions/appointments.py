"""Appointments: made, moved, in series; two at once are asked about, one in the past is refused; days away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import false, func, or_, select, true
from sqlalchemy.orm import Session

from cef_desk.actions.notes import written_note
from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Doubt, Refusal
from cef_desk.i18n import N_
from cef_desk.model.absence import Absence
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.workshop import Workshop
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import AbsenceReason, Kind, Medium, Repeat
from cef_desk.rules.series import MOST, days_of
from cef_desk.rules.slots import Taken, clash
from cef_desk.rules.working_days import is_open

CLASH = "clash"
_CLOSED = "closed"
_KEEP_DAY, _KEEP_BOTH = N_("Save again to keep this day."), N_("Save again to keep both.")
_MOVE_LATER = N_("Save again to keep them there, then move them.")
_LONGEST = timedelta(days=1)
_ELSEWHERE = {Medium.HOME, Medium.VIDEO, Medium.ON_SITE}


@dataclass(frozen=True, kw_only=True)
class AppointmentDraft:
    """`appointment_id` none for a new one, which may come back until a day, included; `version` that of one changed."""

    appointment_id: int | None = None
    pathway_id: int
    counsellor_id: int
    at: datetime
    minutes: int
    medium: Medium
    about: str = ""
    repeat: Repeat | None = None
    until: date | None = None
    version: int = 0
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class AbsenceDraft:
    """Days away, both included."""

    counsellor_id: int
    from_on: date
    to_on: date
    reason: AbsenceReason
    accepted: frozenset[str] = frozenset()


def record_appointment(session: Session, draft: AppointmentDraft, today: date) -> list[int]:
    """Makes one appointment or a series, or changes one; gives their keys.

    Refuses one before today, and a series without end or of more than a year of weeks.
    """
    note = written_note(session, draft.about, field="about", accepted=draft.accepted)
    if draft.appointment_id is not None:
        appointment = _open_one(session, draft.appointment_id)
        refuse_stale(appointment, draft.version)
        appointment.pathway_id, appointment.medium, appointment.note = draft.pathway_id, draft.medium, note
        _place(session, appointment, draft.at, draft.minutes, today, draft.accepted)
        return [appointment.id]
    if draft.repeat is not None and draft.until is None:
        raise Refusal(N_("Until when does it come back?"), field="until")
    days = days_of(draft.at.date(), draft.repeat, draft.until)
    if not days or len(days) > MOST:
        raise Refusal(N_("A series has from 1 to {most} appointments."), field="until", most=MOST)
    made = []
    for day in days:
        appointment = Interaction(
            kind=Kind.MEETING, medium=draft.medium, outcome=None, at=datetime.combine(day, draft.at.time()),
            minutes=draft.minutes, note=note, counsellor_id=draft.counsellor_id, pathway_id=draft.pathway_id,
        )  # fmt: skip
        plan_appointment(session, appointment, today, field="day", accepted=draft.accepted)
        made.append(appointment)
    session.flush()
    return [each.id for each in made]


def move_appointment(
    session: Session, appointment_id: int, at: datetime, accepted: Collection[str], today: date
) -> None:
    """Moves an appointment without outcome to another day or hour."""
    appointment = _open_one(session, appointment_id)
    _place(session, appointment, at, appointment.minutes, today, accepted)


def move_session(session: Session, workshop_id: int, at: datetime, accepted: Collection[str], today: date) -> None:
    """Moves a session of which nobody has an outcome yet to another day or hour."""
    workshop = fetch(session, Workshop, workshop_id)
    places = session.scalars(select(Interaction).where(Interaction.workshop_id == workshop_id)).all()
    if any(each.outcome is not None for each in places):
        raise Refusal(N_("Somebody of this session has an outcome already: it stays where it was."))
    if at.date() < today:
        raise Refusal(N_("An appointment cannot be made for a day before today, {today}."), today=today)
    people = [each.pathway_id for each in places if each.pathway_id is not None]
    ask_about_session(session, workshop, at, people, accepted)
    workshop.at = at
    for each in places:
        each.at = at


def record_absence(session: Session, draft: AbsenceDraft, today: date) -> int:
    """Notes the days a counsellor is away; refuses an end before the start, and days noted already."""
    del today
    if draft.to_on < draft.from_on:
        raise Refusal(N_("The last day comes before the first, {first}."), field="to_on", first=draft.from_on)
    same = select(Absence.from_on).where(
        Absence.counsellor_id == draft.counsellor_id, Absence.from_on <= draft.to_on, Absence.to_on >= draft.from_on
    )
    other = session.scalar(same)
    if other is not None:
        raise Refusal(N_("An absence from {day} on is noted already."), field="from_on", day=other)
    if _CLOSED not in draft.accepted:
        _ask_about_expected(session, draft)
    absence = Absence(counsellor_id=draft.counsellor_id, from_on=draft.from_on, to_on=draft.to_on, reason=draft.reason)
    session.add(absence)
    session.flush()
    return absence.id


def remove_absence(session: Session, absence_id: int) -> None:
    """Takes back days away."""
    session.delete(fetch(session, Absence, absence_id))


def plan_appointment(
    session: Session, appointment: Interaction, today: date, *, field: str, accepted: Collection[str]
) -> None:
    """Adds an appointment to the diary; refuses one before today, asks about one that stands upon another.

    A day that is closed, or on which the counsellor is away, is asked about too. `field` holds its day in the draft.
    """
    if appointment.at.date() < today:
        raise Refusal(N_("An appointment cannot be made for a day before today, {today}."), field=field, today=today)
    ask_about(session, appointment, field, accepted)
    session.add(appointment)


def ask_about(
    session: Session, wanted: Interaction, field: str, accepted: Collection[str], *, but: int | None = None
) -> None:
    """Asks about a closed day, days away, and another appointment at the same time, `but` those of a session."""
    if _CLOSED not in accepted:
        _ask_about_day(session, wanted, field)
    if CLASH not in accepted:
        _ask_about_clash(session, wanted, field, but)


def ask_about_session(
    session: Session, workshop: Workshop, at: datetime, people: Iterable[int], accepted: Collection[str]
) -> None:
    """Asks about the day of a session, and about its counsellor and each of its people expected elsewhere then."""
    for pathway_id in people:
        wanted = Interaction(
            counsellor_id=workshop.counsellor_id, pathway_id=pathway_id, at=at, minutes=workshop.minutes
        )
        ask_about(session, wanted, "day", accepted, but=workshop.id)


def next_appointment(meeting: Interaction, at: datetime, minutes: int) -> Interaction:
    """What was agreed at a meeting: the next one, in the office unless it was elsewhere."""
    return Interaction(
        kind=Kind.MEETING, medium=meeting.medium if meeting.medium in _ELSEWHERE else Medium.OFFICE, outcome=None,
        at=at, minutes=minutes, counsellor_id=meeting.counsellor_id, pathway_id=meeting.pathway_id,
        origin_id=meeting.id,
    )  # fmt: skip


def _open_one(session: Session, appointment_id: int) -> Interaction:
    appointment = fetch(session, Interaction, appointment_id)
    if appointment.outcome is not None or appointment.kind == Kind.TASK or appointment.workshop_id is not None:
        raise Refusal(N_("This appointment has its outcome already: it stays where it was."))
    return appointment


def _place(
    session: Session, appointment: Interaction, at: datetime, minutes: int, today: date, accepted: Collection[str]
) -> None:
    appointment.at, appointment.minutes = at, minutes
    plan_appointment(session, appointment, today, field="day", accepted=accepted)


def _ask_about_day(session: Session, wanted: Interaction, field: str) -> None:
    day = wanted.at.date()
    if not is_open(day):
        raise Doubt(N_("{day} is a Sunday or a holiday."), about=_CLOSED, again=_KEEP_DAY, field=field, day=day)
    away = select(Absence.id).where(
        Absence.counsellor_id == wanted.counsellor_id, Absence.from_on <= day, Absence.to_on >= day
    )
    if session.scalar(away) is not None:
        raise Doubt(N_("Somebody is away on {day}."), about=_CLOSED, again=_KEEP_DAY, field=field, day=day)


def _ask_about_expected(session: Session, draft: AbsenceDraft) -> None:
    expected = session.scalar(
        select(func.count()).select_from(Interaction).where(
            Interaction.counsellor_id == draft.counsellor_id, Interaction.kind != Kind.TASK,
            Interaction.outcome.is_(None), Interaction.at >= datetime.combine(draft.from_on, time.min),
            Interaction.at <= datetime.combine(draft.to_on, time.max),
        )
    )  # fmt: skip
    if expected:
        raise Doubt(
            N_("Appointments that stand on these days: {n}."), about=_CLOSED, again=_MOVE_LATER, field="from_on",
            n=expected,
        )  # fmt: skip


def _ask_about_clash(session: Session, wanted: Interaction, field: str, but: int | None) -> None:
    """Asks about another appointment of the counsellor, or of the person in any pathway, at the same time."""
    person = select(Pathway.beneficiary_id).where(Pathway.id == wanted.pathway_id).scalar_subquery()
    rows = session.execute(
        select(Interaction.at, Interaction.minutes, Beneficiary.last_name, Beneficiary.first_name, Company.name)
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(
            or_(
                Interaction.counsellor_id == wanted.counsellor_id,
                false() if wanted.pathway_id is None else Pathway.beneficiary_id == person,
            ),
            Interaction.kind != Kind.TASK, Interaction.outcome.is_(None), Interaction.at > wanted.at - _LONGEST,
            Interaction.at < wanted.at + timedelta(minutes=wanted.minutes), Interaction.id.is_not(wanted.id),
            or_(Interaction.workshop_id.is_(None), Interaction.workshop_id != but) if but is not None else true(),
        )
    )  # fmt: skip
    taken = [Taken(row.at, row.minutes, full_name(row.last_name, row.first_name) or row.name or "") for row in rows]
    over = clash(wanted.at, wanted.minutes, taken)
    if over is not None:
        who = ", ".join(each.who for each in taken if clash(wanted.at, wanted.minutes, [each]))
        raise Doubt(
            N_("There is an appointment on {hour} already: {who}."), about=CLASH, again=_KEEP_BOTH, field=field,
            hour=over.at, who=who,
        )  # fmt: skip
