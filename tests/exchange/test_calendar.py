"""The calendar file as other calendars read it: the hour of Paris in winter and in summer, no name unless wanted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import vobject  # type: ignore[import-untyped]

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.exchange.calendar_out import calendar_bytes, write_calendar
from cef_desk.progress import Progress
from cef_desk.queries.diary import Appointment
from cef_desk.rules.kinds import CallResult, Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

NINE = Appointment(
    id=1, uid="0f0e", version=3, at=datetime(2008, 3, 28, 9), minutes=30, kind=Kind.MEETING, medium=Medium.OFFICE,
    outcome=None, pathway_id=1, company_id=None, person="Bruyère Sonia", company="", about="secret",
)  # fmt: skip


def read(content: bytes) -> list[vobject.base.Component]:
    return list(vobject.readOne(content.decode("utf-8")).vevent_list)


def test_nine_o_clock_stays_nine_o_clock_across_the_change_to_summer_time() -> None:
    found = read(calendar_bytes([NINE, replace(NINE, at=datetime(2008, 3, 31, 9))], named=True))
    assert [event.dtstart.value.astimezone(UTC).hour for event in found] == [8, 7]
    assert [event.dtstart.value.hour for event in found] == [9, 9]
    assert [event.dtend.value - event.dtstart.value for event in found] == [timedelta(minutes=30)] * 2


def test_the_zone_of_the_hours_is_in_the_file() -> None:
    written = calendar_bytes([NINE], named=True).decode("utf-8")
    assert "BEGIN:VTIMEZONE" in written
    assert "TZID:Europe/Paris" in written
    assert "DTSTART;TZID=Europe/Paris:20080328T090000" in written
    assert "\r\n" in written


def test_names_are_initials_unless_they_are_wanted_and_notes_are_never_there() -> None:
    hidden, named = (calendar_bytes([NINE], named=named).decode("utf-8") for named in (False, True))
    assert "Bruyère" not in hidden
    assert "B. S." in hidden
    assert "Bruyère Sonia" in named
    assert "secret" not in hidden + named


def test_one_appointment_keeps_its_identity_and_its_number_of_changes() -> None:
    (event,) = read(calendar_bytes([replace(NINE, outcome=Outcome.CANCELLED_BY_OTHER)], named=False))
    assert (event.uid.value, event.sequence.value, event.status.value) == ("0f0e@cef-desk", "3", "CANCELLED")


def test_an_empty_agenda_is_a_calendar_too(desk: Desk, tmp_path: Path) -> None:
    assert b"END:VCALENDAR" in calendar_bytes([], named=False)
    made = Maker(desk)
    made.meeting(made.pathway("Bruyère"), datetime.combine(TODAY, datetime.min.time()), None)
    place = tmp_path / "agenda.ics"
    assert write_calendar(desk, Progress(lambda _done, _all: None), place, 1, TODAY, TODAY, named=True) == (
        "agenda.ics",
        None,
    )
    assert len(read(place.read_bytes())) == 1


def test_a_session_says_where_it_is_and_a_call_that_reached_nobody_is_no_appointment(
    desk: Desk, tmp_path: Path
) -> None:
    session = replace(NINE, workshop_id=4, person="", company="Atelier CV", about="Salle 2", kind=Kind.WORKSHOP)
    (event,) = read(calendar_bytes([session], named=False))
    assert (event.summary.value, event.location.value) == ("Atelier CV", "Salle 2")
    made = Maker(desk)
    call = MeetingDraft(
        pathway_id=made.pathway("Bruyère"), counsellor_id=1, at=datetime.combine(TODAY, datetime.min.time()), minutes=5,
        medium=Medium.PHONE, outcome=Outcome.HELD, call_result=CallResult.MESSAGE,
    )  # fmt: skip
    desk.do("Call", record_meeting, call, TODAY)
    place = tmp_path / "agenda.ics"
    write_calendar(desk, Progress(lambda _done, _all: None), place, 1, TODAY, TODAY, named=True)
    assert b"VEVENT" not in place.read_bytes()
