"""Appointments as a calendar file (RFC 5545), at the hour of Paris; initials unless names are wanted."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cef_desk.exchange.whole_files import write_bytes
from cef_desk.i18n import _
from cef_desk.progress import Progress
from cef_desk.queries.diary import Appointment, appointments
from cef_desk.rules.kinds import Kind, Outcome
from cef_desk.store.desk import Desk

if TYPE_CHECKING:  # loaded when a calendar is written
    from icalendar import Timezone

_PARIS = "Europe/Paris"
_CHANGES = (
    ("DAYLIGHT", datetime(1996, 3, 31, 2), 3, timedelta(hours=1), timedelta(hours=2), "CEST"),
    ("STANDARD", datetime(1996, 10, 27, 3), 10, timedelta(hours=2), timedelta(hours=1), "CET"),
)
"""The last Sundays of March and October: directive 2000/84/CE. A list of days instead of the rule is read wrongly."""

_GIVEN_UP = {Outcome.EXCUSED, Outcome.CANCELLED_BY_UNIT, Outcome.CANCELLED_BY_OTHER}


def write_calendar(
    desk: Desk,
    progress: Progress,
    path: Path,
    counsellor_id: int,
    first: date,
    last: date,
    named: bool,  # noqa: FBT001  the runner hands its arguments by place
) -> tuple[str, None]:
    """Writes the appointments of some days and gives the name of the file; what a note says is never in it."""
    del progress
    found = [each for each in desk.see(appointments, counsellor_id, first, last) if each.kind != Kind.TASK]
    write_bytes(path, calendar_bytes(found, named=named))
    return path.name, None


def calendar_bytes(found: Iterable[Appointment], *, named: bool) -> bytes:
    """The file; an appointment keeps its identity, so that a calendar that reads it again moves it."""
    from icalendar import Calendar, Event  # loaded when a calendar is written

    calendar = Calendar()
    calendar.add("prodid", "-//CEF Desk//agenda//FR")
    calendar.add("version", "2.0")
    calendar.add_component(_zone())
    for each in found:
        event = Event()
        event.add("uid", f"{each.uid}@cef-desk")
        event.add("dtstamp", datetime.combine(each.at.date(), datetime.min.time(), UTC))
        event.add("dtstart", each.at.replace(tzinfo=ZoneInfo(_PARIS)))
        event.add("dtend", each.until.replace(tzinfo=ZoneInfo(_PARIS)))
        event.add("summary", _summary(each, named=named))
        event.add("sequence", each.version)
        if each.workshop_id is not None and each.about:
            event.add("location", each.about)
        event.add("status", "CANCELLED" if each.outcome in _GIVEN_UP else "CONFIRMED")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone() -> "Timezone":
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", _PARIS)
    for name, first, month, before, after, words in _CHANGES:
        change = TimezoneDaylight() if name == "DAYLIGHT" else TimezoneStandard()
        change.add("dtstart", first)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        change.add("tzname", words)
        zone.add_component(change)
    return zone


def _summary(each: Appointment, *, named: bool) -> str:
    """With whom: a company by its name, a person by the initials, a session by its title."""
    if each.workshop_id is not None:
        return each.company
    if not each.person:
        return _("Visit: {name}").format(name=each.company)
    who = each.person if named else " ".join(f"{word[0]}." for word in each.person.split())
    return _("Appointment: {name}").format(name=who)
