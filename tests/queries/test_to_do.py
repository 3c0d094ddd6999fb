"""À faire: what waits, what pauses, whose list it is; nothing disappears by itself, what is done goes at once."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cef_desk.actions.settings import CounsellorDraft, set_counsellor
from cef_desk.actions.watching import (
    AlertDraft,
    CoverDraft,
    SnoozeDraft,
    UnavailabilityDraft,
    put_off,
    record_cover,
    record_unavailability,
    set_alert,
)
from cef_desk.errors import Refusal
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.my_month import my_month
from cef_desk.queries.reminders import Reminder, reminders
from cef_desk.queries.to_do import to_do
from cef_desk.queries.unavailability import unavailable
from cef_desk.rules.alerts import AlertCode, check_ups, set_delays
from cef_desk.rules.kinds import Away, CallResult, Channel, Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

LONG_AGO = TODAY - timedelta(days=80)


@pytest.fixture
def made(desk: Desk) -> Maker:
    return Maker(desk)


@pytest.fixture
def person(made: Maker) -> int:
    """Somebody met 60 days ago, with nothing planned: SANS_RDV."""
    key = made.pathway("Bruyère", "Sonia", entered_on=LONG_AGO)
    made.meeting(key, datetime.combine(TODAY - timedelta(days=60), datetime.min.time()))
    return key


def codes(desk: Desk, day: date = TODAY) -> list[AlertCode]:
    return [each.alert.code for each in desk.see(to_do, 1, day) if each.put_off is None]


def away(desk: Desk, person: int, first: int, last: int | None) -> int:
    draft = UnavailabilityDraft(
        pathway_id=person, from_on=TODAY + timedelta(days=first),
        to_on=None if last is None else TODAY + timedelta(days=last), reason=Away.ILLNESS,
    )  # fmt: skip
    return desk.do("Away", record_unavailability, draft, TODAY)[0]


def test_somebody_who_cannot_be_met_is_not_asked_for(desk: Desk, person: int) -> None:
    assert AlertCode.NO_MEETING in codes(desk)
    key = away(desk, person, -3, None)
    assert AlertCode.NO_MEETING not in codes(desk)
    noted = desk.see(unavailable, person, TODAY)
    assert noted is not None
    back = UnavailabilityDraft(
        pathway_id=person, from_on=noted.from_on, to_on=TODAY - timedelta(days=1), reason=Away.ILLNESS,
        unavailability_id=key, version=noted.version,
    )  # fmt: skip
    desk.do("Back", record_unavailability, back, TODAY)
    assert desk.see(unavailable, person, TODAY) is None
    with pytest.raises(Refusal, match="changed since"):
        desk.do("Back", record_unavailability, back, TODAY)
    assert AlertCode.NO_MEETING not in codes(desk), "the delay begins again"
    assert AlertCode.NO_MEETING in codes(desk, TODAY + timedelta(days=46))


@pytest.mark.parametrize(("first", "last"), [(-3, 5), (-10, -3), (-40, None)])
def test_days_that_stand_upon_others_are_refused(desk: Desk, person: int, first: int, last: int | None) -> None:
    away(desk, person, -5, 2)
    if (first, last) != (-10, -3):
        with pytest.raises(Refusal):
            away(desk, person, first, last)
    with pytest.raises(Refusal):
        away(desk, person, 9, 8)


def test_a_line_put_off_comes_back_on_its_day_and_goes_when_it_is_done(desk: Desk, made: Maker, person: int) -> None:
    (line,) = [each for each in desk.see(to_do, 1, TODAY) if each.alert.code is AlertCode.NO_MEETING]
    draft = SnoozeDraft(
        counsellor_id=1, pathway_id=person, code=line.alert.code, about=line.alert.about,
        until_on=TODAY + timedelta(days=7), reason="en déplacement",
    )  # fmt: skip
    desk.do("Put off", put_off, draft, TODAY)
    assert AlertCode.NO_MEETING not in codes(desk)
    assert AlertCode.NO_MEETING in codes(desk, TODAY + timedelta(days=7))
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()))
    assert AlertCode.NO_MEETING not in [each.alert.code for each in desk.see(to_do, 1, TODAY + timedelta(days=7))]


@pytest.mark.parametrize(
    ("days", "reason"), [(0, "x"), (-1, "x"), (400, "x"), (7, "  "), (7, "x" * 201)]
)  # fmt: skip
def test_putting_off_needs_a_day_and_a_reason(desk: Desk, person: int, days: int, reason: str) -> None:
    draft = SnoozeDraft(
        counsellor_id=1, pathway_id=person, code=AlertCode.NO_MEETING, about=TODAY,
        until_on=TODAY + timedelta(days=days), reason=reason,
    )  # fmt: skip
    with pytest.raises(Refusal):
        desk.do("Put off", put_off, draft, TODAY)


def test_a_message_left_after_an_absence_is_the_call_that_was_asked_for(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=9))
    made.meeting(person, datetime.combine(TODAY - timedelta(days=3), datetime.min.time()), Outcome.MISSED)
    assert codes(desk) == [AlertCode.ABSENCE]

    def call(session: Session) -> None:
        session.add(
            Interaction(
                kind=Kind.TASK, medium=Medium.PHONE, outcome=Outcome.HELD, call_result=CallResult.MESSAGE,
                at=datetime.combine(TODAY - timedelta(days=1), datetime.min.time()), minutes=5, counsellor_id=1,
                pathway_id=person,
            )
        )  # fmt: skip

    desk.do("Call", call)
    assert codes(desk) == []


def test_a_unit_sets_its_delays_and_silences_a_rule(desk: Desk, person: int) -> None:
    assert AlertCode.NO_MEETING in codes(desk)
    desk.do("Delay", set_alert, AlertDraft(code=AlertCode.NO_MEETING, count=70, active=True), TODAY)
    assert AlertCode.NO_MEETING not in codes(desk)
    desk.do("Delay", set_alert, AlertDraft(code=AlertCode.NO_MEETING, count=45, active=False), TODAY)
    assert AlertCode.NO_MEETING not in codes(desk, TODAY + timedelta(days=300))
    with pytest.raises(Refusal):
        desk.do("Delay", set_alert, AlertDraft(code=AlertCode.NO_MEETING, count=-1, active=True), TODAY)
    with pytest.raises(Refusal):
        desk.do("Delay", set_alert, AlertDraft(code=AlertCode.CHECK_UP_60, count=0, active=True), TODAY)
    assert person


def test_a_follow_up_every_no_days_ends_all_the_same() -> None:
    delays = set_delays({AlertCode.CHECK_UP_60: 0})
    assert len(check_ups(date(2006, 1, 2), None, None, TODAY, delays)) < 10


def test_of_two_tasks_of_one_day_one_is_put_off(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=9))

    def agree(session: Session) -> None:
        for what in ("un", "deux"):
            session.add(
                Interaction(
                    kind=Kind.TASK, medium=Medium.OFFICE, outcome=None, note=what, minutes=0, counsellor_id=1,
                    at=datetime.combine(TODAY - timedelta(days=1), datetime.min.time()), pathway_id=person,
                )
            )  # fmt: skip

    desk.do("Agree", agree)
    line = desk.see(to_do, 1, TODAY)[0]
    draft = SnoozeDraft(
        counsellor_id=1, pathway_id=person, code=line.alert.code, about=line.alert.about,
        until_on=TODAY + timedelta(days=7), reason="plus tard", row=line.row,
    )  # fmt: skip
    desk.do("Put off", put_off, draft, TODAY)
    assert [each.put_off is None for each in desk.see(to_do, 1, TODAY)] == [False, True]


def colleague(desk: Desk) -> int:
    draft = CounsellorDraft(counsellor_id=None, code="CEF02", name="Denis Lierre", is_manager=False, active=True)
    return desk.do("Counsellor", set_counsellor, draft, TODAY)[0]


def test_the_list_of_a_colleague_away_stands_beside_ones_own(desk: Desk, person: int) -> None:
    other = colleague(desk)

    def give(session: Session) -> None:
        session.query(Holder).filter(Holder.pathway_id == person).one().counsellor_id = other

    desk.do("Give", give)
    assert codes(desk) == []
    draft = CoverDraft(counsellor_id=1, absent_code="CEF02", from_on=TODAY, to_on=TODAY + timedelta(days=4))
    desk.do("Cover", record_cover, draft, TODAY)
    told = {each.alert.code: each.colleague for each in desk.see(to_do, 1, TODAY)}
    assert told[AlertCode.NO_MEETING] == "Denis Lierre"
    assert codes(desk, TODAY + timedelta(days=5)) == []
    with pytest.raises(Refusal):
        desk.do("Cover", record_cover, CoverDraft(
            counsellor_id=1, absent_code="CEF01", from_on=TODAY, to_on=TODAY), TODAY)  # fmt: skip


def reach(desk: Desk, person: int, **how: str) -> Reminder:
    def change(session: Session) -> None:
        row = session.get_one(Beneficiary, session.get_one(Pathway, person).beneficiary_id)
        for name, value in how.items():
            setattr(row, name, value)

    desk.do("Reach", change)
    (found,) = desk.see(reminders, 1, TODAY)
    return found


def test_each_person_is_reminded_by_what_reaches_them(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère", "Sonia", city="")
    made.meeting(person, datetime.combine(TODAY + timedelta(days=1), datetime.min.time()), None)
    assert reach(desk, person).channel is None
    assert reach(desk, person, city="Trélazé").channel is Channel.POST
    assert reach(desk, person, contact_through="sa sœur").channel is Channel.THROUGH
    assert reach(desk, person, phone="02 41 00 12 34").channel is Channel.PHONE
    assert reach(desk, person, channel="sms").channel is Channel.SMS
    assert reach(desk, person, channel="email").channel is Channel.PHONE, "there is no address to write to"


def test_before_a_week_end_the_people_of_monday_are_reminded(desk: Desk, made: Maker) -> None:
    friday = date(2008, 2, 1)
    made.meeting(made.pathway("Bruyère"), datetime(2008, 2, 4, 9), None)
    assert len(desk.see(reminders, 1, friday)) == 1


def test_the_month_counts_what_was_logged_and_the_week_its_minutes(desk: Desk, made: Maker, person: int) -> None:
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()))
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=2), Outcome.MISSED)
    found = desk.see(my_month, 1, TODAY)
    assert [(line.code, line.done) for line in found.lines][:2] == [("meetings", 1), ("visits", 0)]
    assert found.week == ((Kind.MEETING, 30),)
    assert (found.worked, found.workable) == (21, 21)


def test_on_a_friday_the_people_of_saturday_are_reminded_too(desk: Desk, made: Maker) -> None:
    made.meeting(made.pathway("Bruyère"), datetime(2008, 2, 2, 9), None)
    made.meeting(made.pathway("Tilleul"), datetime(2008, 2, 4, 9), None)
    assert len(desk.see(reminders, 1, date(2008, 2, 1))) == 2
