"""What asks for something of one counsellor on a day: one list, over people, contracts, companies, offers and exits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cef_desk.model.counsellor import Counsellor
from cef_desk.model.cover import Cover
from cef_desk.model.snooze import Snooze
from cef_desk.queries.alert_delays import delays
from cef_desk.queries.due.appointments import of_appointments
from cef_desk.queries.due.companies import of_companies, of_offers
from cef_desk.queries.due.contracts import of_contracts, of_exits, of_ruptures
from cef_desk.queries.due.line import PutOff, ToDo
from cef_desk.queries.due.people import of_people

_SUBJECTS = (of_people, of_contracts, of_ruptures, of_exits, of_companies, of_offers, of_appointments)
Known = tuple[int | None, str, date, str]
"""What a line is known by when it is put off: pathway, rule, day it speaks of, row."""


def to_do(session: Session, counsellor_id: int, today: date) -> list[ToDo]:
    """Everything due or overdue, the most urgent first, that of a colleague who is covered too.

    What has a later day to be told on is left out; a line that was put off says until when.
    """
    set_by_unit = delays(session)
    found = [
        replace(line, colleague=colleague) if colleague else line
        for who, colleague in ((counsellor_id, ""), *covered(session, counsellor_id, today))
        for of in _SUBJECTS
        for line in of(session, who, today, set_by_unit)
        if line.alert.shows(today)
    ]
    held = _put_off(session, found, counsellor_id, today)
    told = [replace(each, put_off=held[_known(each)]) if _known(each) in held else each for each in found]
    return sorted(told, key=lambda each: (each.alert.due, each.alert.code, each.who, each.pathway_id or 0))


def covered(session: Session, counsellor_id: int, today: date) -> list[tuple[int, str]]:
    """The colleagues whose list a counsellor has beside their own on a day: key and name."""
    rows = session.execute(
        select(Counsellor.id, func.coalesce(func.nullif(Counsellor.name, ""), Counsellor.code))
        .join(Cover, Cover.absent_id == Counsellor.id)
        .where(Cover.counsellor_id == counsellor_id, Cover.from_on <= today, Cover.to_on >= today)
        .distinct()
    )
    return [(key, name) for key, name in rows]


def _known(each: ToDo) -> Known:
    return each.pathway_id, each.alert.code, each.alert.about, each.row


def _put_off(session: Session, found: Sequence[ToDo], counsellor_id: int, today: date) -> dict[Known, PutOff]:
    """A line about nobody, as that of a company, is put off by its counsellor for themselves alone."""
    people = {each.pathway_id for each in found if each.pathway_id is not None}
    rows = session.execute(
        select(Snooze.pathway_id, Snooze.code, Snooze.about, Snooze.row, Snooze.until_on, Snooze.reason).where(
            Snooze.until_on > today, or_(Snooze.counsellor_id == counsellor_id, Snooze.pathway_id.in_(people))
        )
    )
    return {(row.pathway_id, row.code, row.about, row.row): PutOff(row.until_on, row.reason) for row in rows}
