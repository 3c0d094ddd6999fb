"""Workshops, collective information, job datings: a session with its people, each with an outcome."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.appointments import ask_about_session
from cef_desk.actions.rows import fetch
from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.workshop import Workshop
from cef_desk.rules.folding import one_line
from cef_desk.rules.kinds import Kind, Medium, Outcome, SessionKind

_LONGEST, MOST_PEOPLE = 200, 60


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """One person of a session, and how it ended for them."""

    pathway_id: int
    outcome: Outcome | None


@dataclass(frozen=True, kw_only=True)
class WorkshopDraft:
    """A session as typed; `workshop_id` none for a new one, whose counsellor is the one who types.

    `read` holds pathway and version of each place as the form was opened.
    """

    workshop_id: int | None = None
    counsellor_id: int
    kind: SessionKind
    title: str
    at: datetime
    minutes: int
    place: str
    people: tuple[Attendance, ...]
    read: frozenset[tuple[int, int]] = frozenset()
    accepted: frozenset[str] = frozenset()


def record_workshop(session: Session, draft: WorkshopDraft, today: date) -> int:
    """Records a session, or changes one, and gives its key.

    Refuses one with nobody or twice the same person, and an outcome after today. Somebody left out of a session that
    is changed loses their place in it.
    """
    title, place = one_line(draft.title), one_line(draft.place)
    if max(len(title), len(place)) > _LONGEST:
        raise Refusal(N_("This is longer than {most} characters."), field="title", most=_LONGEST)
    people = {each.pathway_id: each for each in draft.people}
    if not people:
        raise Refusal(N_("A session needs somebody: add the people who are expected."), field="people")
    if len(people) < len(draft.people) or len(people) > MOST_PEOPLE:
        raise Refusal(
            N_("The same person stands twice, or there are more than {most}."), field="people", most=MOST_PEOPLE
        )
    workshop = Workshop() if draft.workshop_id is None else fetch(session, Workshop, draft.workshop_id)
    held = {} if draft.workshop_id is None else _places(session, draft)
    former = workshop.title
    if draft.workshop_id is None:
        workshop.counsellor_id = draft.counsellor_id
    workshop.kind, workshop.title, workshop.place = draft.kind, title, place
    workshop.minutes = draft.minutes
    if draft.workshop_id is None and draft.at.date() >= today:
        ask_about_session(session, workshop, draft.at, people, draft.accepted)
    workshop.at = draft.at
    session.add(workshop)
    session.flush()
    for pathway_id, row in held.items():
        if pathway_id not in people:
            session.delete(row)
    for pathway_id, each in people.items():
        fetch(session, Pathway, pathway_id)
        row = held.get(pathway_id) or Interaction(workshop_id=workshop.id, pathway_id=pathway_id, note=title)
        if row.note == former:
            row.note = title
        row.kind, row.medium, row.counsellor_id = Kind.WORKSHOP, _medium(draft.kind), workshop.counsellor_id
        row.at, row.minutes, row.outcome = draft.at, draft.minutes, each.outcome
        row.check(today)
        session.add(row)
    session.flush()
    return workshop.id


def _places(session: Session, draft: WorkshopDraft) -> dict[int | None, Interaction]:
    """The places of a session by pathway; refuses a form opened before one of them changed."""
    found = {
        row.pathway_id: row
        for row in session.scalars(select(Interaction).where(Interaction.workshop_id == draft.workshop_id))
    }
    if {(key, row.version) for key, row in found.items()} != draft.read:
        raise Refusal(N_("This record was changed since the form was opened: close it and open it again."))
    return found


def _medium(kind: SessionKind) -> Medium:
    return Medium.FAIR if kind is SessionKind.JOB_DATING else Medium.OFFICE
