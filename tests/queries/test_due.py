"""What prescriptions, rights, companies and offers ask for: who is told, when, and what settles it."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.beneficiaries import NewPersonDraft, add_person
from cef_desk.actions.companies import CompanyDraft, correct_company
from cef_desk.actions.interactions import MeetingDraft, VisitDraft, record_meeting, record_visit, settle_appointment
from cef_desk.actions.no_shows import ReachDraft, reach_again
from cef_desk.actions.pathways import (
    InsertionDraft,
    PathwayDraft,
    correct_pathway,
    record_return,
    sign_commitment,
)
from cef_desk.actions.settings import CounsellorDraft, set_counsellor
from cef_desk.actions.watching import SnoozeDraft, put_off
from cef_desk.errors import Refusal
from cef_desk.model.company import Company
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.offer import Offer
from cef_desk.model.pathway import Pathway
from cef_desk.model.referral import Referral
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.figures import figure, scope_of
from cef_desk.queries.indicators import INDICATORS
from cef_desk.queries.indicators.entered import ENTRIES
from cef_desk.queries.listing import Condition, ListFilters
from cef_desk.queries.pathway_forms import pathway_form
from cef_desk.queries.people import PeopleOrder, State, people
from cef_desk.queries.selection import all_ids
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import CallResult, Channel, Kind, Medium, Outcome, ReferralStatus
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

DAY, NOON = timedelta(days=1), time(12)


@pytest.fixture
def made(desk: Desk) -> Maker:
    return Maker(desk)


def lines(desk: Desk, code: AlertCode, day: date = TODAY) -> list[ToDo]:
    return [each for each in desk.see(to_do, 1, day) if each.alert.code is code]


def prescribed(desk: Desk, days_ago: int) -> int:
    draft = NewPersonDraft(
        last_name="Bruyère", first_name="Sonia", birth_date=date(1980, 5, 2), entered_on=None,
        prescribed_on=TODAY - days_ago * DAY, counsellor_code="CEF01",
    )  # fmt: skip
    return desk.do("New person", add_person, draft, TODAY)[0]


def entries(desk: Desk) -> int:
    return desk.see(figure, ENTRIES, Period.month(2006, 11), desk.see(scope_of)).numerator or 0


def entry(desk: Desk, pathway_id: int) -> tuple[date | None, int | None]:
    def read(session: Session) -> tuple[date | None, int | None]:
        row = session.get_one(Pathway, pathway_id)
        return row.entered_on, row.age_at_entry

    return desk.see(read)


def test_somebody_prescribed_waits_and_enters_with_the_first_meeting_held(desk: Desk) -> None:
    person = prescribed(desk, 20)
    assert [each.pathway_id for each in lines(desk, AlertCode.WAITING_TO_ENTER)] == [person]
    assert lines(desk, AlertCode.WAITING_TO_ENTER, TODAY - 6 * DAY) == []
    assert lines(desk, AlertCode.NO_MEETING, TODAY + 100 * DAY) == [], "nobody is asked to come who has not entered"
    assert entries(desk) == 0
    waits = ListFilters(TODAY, 1, conditions=frozenset({Condition("now", State.WAITING)}))
    later = Maker(desk).pathway("Zinnia", entered_on=TODAY - 40 * DAY)
    everybody = people(ListFilters(TODAY, 1), PeopleOrder.ENTERED_ON)
    assert desk.see(all_ids, everybody) == [later, person], "who waits enters last"
    assert desk.see(all_ids, people(waits, PeopleOrder.ENTERED_ON)) == [person]
    draft = MeetingDraft(
        pathway_id=person, counsellor_id=1, at=datetime.combine(TODAY, time(9)), minutes=30, medium=Medium.OFFICE,
        outcome=Outcome.HELD,
    )  # fmt: skip
    desk.do("Meeting", record_meeting, draft, TODAY)
    assert entry(desk, person) == (TODAY, 26)
    assert entries(desk) == 1
    assert desk.see(all_ids, people(waits)) == []
    assert lines(desk, AlertCode.WAITING_TO_ENTER) == []
    desk.undo()
    assert entry(desk, person) == (None, None)


def test_a_call_is_no_entry_and_a_first_meeting_that_was_not_held_after_all_takes_it_back(
    desk: Desk, made: Maker
) -> None:
    person = prescribed(desk, 20)
    call = MeetingDraft(
        pathway_id=person, counsellor_id=1, at=datetime.combine(TODAY, time(8)), minutes=5, medium=Medium.PHONE,
        outcome=Outcome.HELD, call_result=CallResult.REACHED,
    )  # fmt: skip
    desk.do("Call", record_meeting, call, TODAY)
    assert entry(desk, person) == (None, None)
    appointment = made.meeting(person, datetime.combine(TODAY, time(9)), None)
    assert lines(desk, AlertCode.WAITING_TO_ENTER) == [], "somebody expected does not wait"
    desk.do("Came", settle_appointment, appointment, Outcome.HELD, TODAY)
    assert entry(desk, person) == (TODAY, 26)
    desk.do("Did not", settle_appointment, appointment, Outcome.EXCUSED, TODAY)
    assert entry(desk, person) == (None, None)
    assert [each.pathway_id for each in lines(desk, AlertCode.WAITING_TO_ENTER)] == [person]


def test_a_person_needs_a_prescription_or_an_entry_that_have_come(desk: Desk) -> None:
    for entered, came, field in (
        (None, None, "prescribed_on"), (TODAY + DAY, None, "entered_on"), (None, TODAY + DAY, "prescribed_on")
    ):  # fmt: skip
        draft = NewPersonDraft(
            last_name="Bruyère", first_name="Sonia", entered_on=entered, prescribed_on=came, counsellor_code="CEF01"
        )
        with pytest.raises(Refusal) as refused:
            desk.do("New person", add_person, draft, TODAY)
        assert refused.value.field == field


def draft_of(desk: Desk, person: int, **changed: date | int | None) -> PathwayDraft:
    opened = desk.see(pathway_form, person)
    values: dict[str, date | int | None] = {
        "prescribed_on": opened.prescribed_on, "oriented_on": opened.oriented_on, "entered_on": opened.entered_on,
        "quarterly_month": opened.quarterly_month, **changed,
    }  # fmt: skip
    return PathwayDraft(pathway_id=person, version=opened.version, **values)  # type: ignore[arg-type]  # days and a month


def refused(desk: Desk, draft: PathwayDraft) -> str | None:
    with pytest.raises(Refusal) as refusal:
        desk.do("Days", correct_pathway, draft, TODAY)
    return refusal.value.field


def test_the_days_of_a_pathway_are_corrected_and_those_that_cannot_be_refused(desk: Desk, made: Maker) -> None:
    person = made.pathway("Tilleul", entered_on=TODAY - 9 * DAY)
    desk.do("Days", correct_pathway, draft_of(desk, person, entered_on=TODAY - 12 * DAY), TODAY)
    assert entry(desk, person)[0] == TODAY - 12 * DAY
    assert holder_from(desk, person) == TODAY - 12 * DAY, "the counsellor who held it first holds it from there on"
    assert refused(desk, draft_of(desk, person, entered_on=TODAY + DAY)) == "entered_on"
    assert refused(desk, draft_of(desk, person, oriented_on=TODAY + DAY)) == "oriented_on"
    assert refused(desk, draft_of(desk, person, prescribed_on=date(1970, 1, 1))) == "prescribed_on", "before the birth"
    assert refused(desk, draft_of(desk, person, quarterly_month=4)) == "quarterly_month"
    assert refused(desk, draft_of(desk, person, entered_on=None)) == "prescribed_on"
    made.contract(person, signed_on=TODAY - 5 * DAY)
    assert refused(desk, draft_of(desk, person, entered_on=None, prescribed_on=TODAY - 12 * DAY)) == "entered_on"
    made.exit(person, TODAY - DAY)
    assert refused(desk, draft_of(desk, person, entered_on=TODAY)) == "entered_on"
    stale = draft_of(desk, person, oriented_on=TODAY)
    desk.do("Days", correct_pathway, draft_of(desk, person, oriented_on=TODAY - DAY), TODAY)
    with pytest.raises(Refusal, match="changed since"):
        desk.do("Days", correct_pathway, stale, TODAY)


def test_an_entry_that_was_typed_is_never_that_of_a_meeting(desk: Desk, made: Maker) -> None:
    person = made.pathway("Tilleul", entered_on=TODAY - 9 * DAY)
    desk.do("Days", correct_pathway, draft_of(desk, person, prescribed_on=TODAY - 20 * DAY), TODAY)
    for outcome, ago in ((Outcome.MISSED, 9), (None, 0), (Outcome.HELD, 15)):
        record(desk, person, TODAY - ago * DAY, outcome)
        assert entry(desk, person)[0] == TODAY - 9 * DAY
    desk.do("Days", correct_pathway, draft_of(desk, person, entered_on=None), TODAY)
    assert entry(desk, person)[0] == TODAY - 15 * DAY, "emptied, it is that of the first meeting"


def record(desk: Desk, person: int, day: date, outcome: Outcome | None, medium: Medium = Medium.OFFICE) -> int:
    draft = MeetingDraft(
        pathway_id=person, counsellor_id=1, at=datetime.combine(day, time(16)), minutes=30, medium=medium,
        outcome=outcome,
    )  # fmt: skip
    return desk.do("Meeting", record_meeting, draft, TODAY)[0]


def holder_from(desk: Desk, person: int) -> date:
    return desk.see(lambda session: session.scalars(select(Holder.from_on).where(Holder.pathway_id == person)).one())


def test_meetings_typed_late_and_before_the_prescription_count_from_the_first_of_them(desk: Desk) -> None:
    person = prescribed(desk, 5)
    record(desk, person, TODAY - 1 * DAY, Outcome.HELD)
    early = record(desk, person, TODAY - 10 * DAY, Outcome.HELD)
    record(desk, person, TODAY - 20 * DAY, Outcome.HELD, Medium.PHONE)
    assert entry(desk, person)[0] == TODAY - 10 * DAY
    assert holder_from(desk, person) == TODAY - 10 * DAY, "somebody holds the pathway on the day of entry"
    desk.do("Did not come", settle_appointment, early, Outcome.EXCUSED, TODAY)
    assert entry(desk, person)[0] == TODAY - 1 * DAY


def test_figures_are_counted_with_a_contract_of_somebody_who_waits(desk: Desk, made: Maker) -> None:
    person = prescribed(desk, 40)
    made.contract(person, signed_on=TODAY - 5 * DAY)
    for indicator in INDICATORS.values():
        desk.see(figure, indicator, Period.month(2006, 11), desk.see(scope_of))
    assert entries(desk) == 0


def test_the_quarterly_return_is_asked_for_once_a_quarter(desk: Desk, made: Maker) -> None:
    person = made.pathway(entered_on=TODAY - 9 * DAY)
    desk.do("Days", correct_pathway, draft_of(desk, person, quarterly_month=2), TODAY)  # 30/11/2006: due today
    (told,) = lines(desk, AlertCode.QUARTERLY_RETURN)
    assert told.alert.about == TODAY
    desk.do("Sent", record_return, person, told.alert.about, TODAY)
    assert lines(desk, AlertCode.QUARTERLY_RETURN) == []
    assert lines(desk, AlertCode.QUARTERLY_RETURN, date(2007, 2, 20)) == []
    assert [each.alert.about for each in lines(desk, AlertCode.QUARTERLY_RETURN, date(2007, 2, 21))] == [
        date(2007, 2, 28)
    ]
    assert lines(desk, AlertCode.QUARTERLY_RETURN, date(2007, 3, 15))[0].alert.is_late(date(2007, 3, 15))
    desk.do("Days", correct_pathway, draft_of(desk, person, quarterly_month=None), TODAY)
    assert lines(desk, AlertCode.QUARTERLY_RETURN, date(2007, 3, 15)) == []


def test_a_contrat_d_engagement_settles_what_the_orientation_asked_for(desk: Desk, made: Maker) -> None:
    today = date(2026, 11, 26)
    person = made.pathway(entered_on=date(2026, 10, 1))
    desk.do("Days", correct_pathway, draft_of(desk, person, oriented_on=date(2026, 11, 2)), today)
    assert [each.pathway_id for each in lines(desk, AlertCode.COMMITMENT_MISSING, today)] == [person]
    for signed, ends in ((today + DAY, today + 90 * DAY), (today, today - DAY), (today, today + 1000 * DAY)):
        with pytest.raises(Refusal):
            desk.do("Sign", sign_commitment, InsertionDraft(
                pathway_id=person, kind_code="CE", signed_on=signed, ends_on=ends), today)  # fmt: skip
    desk.do("Sign", sign_commitment, InsertionDraft(
        pathway_id=person, kind_code="CE", signed_on=today, ends_on=today + 300 * DAY), today)  # fmt: skip
    assert lines(desk, AlertCode.COMMITMENT_MISSING, today) == []


def call(desk: Desk, company: int, days_ago: int, result: CallResult) -> None:
    draft = VisitDraft(
        company_id=company, counsellor_id=1, at=datetime.combine(TODAY - days_ago * DAY, NOON), minutes=5,
        medium=Medium.PHONE, outcome=Outcome.HELD, call_result=result,
    )  # fmt: skip
    desk.do("Call", record_visit, draft, TODAY)


def test_a_company_that_did_not_answer_is_called_again_once(desk: Desk, made: Maker) -> None:
    company = made.company("Boulangerie Tournesol")
    call(desk, company, 40, CallResult.MESSAGE)
    call(desk, company, 20, CallResult.MESSAGE)
    (told,) = lines(desk, AlertCode.PROSPECT)
    assert (told.company_id, told.who, told.alert.about) == (company, "Boulangerie Tournesol", TODAY - 20 * DAY)
    call(desk, company, 19, CallResult.WRONG_NUMBER)
    assert len(lines(desk, AlertCode.PROSPECT)) == 1, "a wrong number is no answer"
    call(desk, company, 1, CallResult.REACHED)
    assert lines(desk, AlertCode.PROSPECT) == []


def asleep(desk: Desk, company: int, until: date | None) -> None:
    def name_and_version(session: Session) -> tuple[str, int]:
        row = session.get_one(Company, company)
        return row.name, row.version

    name, version = desk.see(name_and_version)
    draft = CompanyDraft(name=name, wakes_on=until, counsellor_id=1, version=version)
    desk.do("Correct", correct_company, company, draft, TODAY)


def test_a_company_sleeps_until_its_day_and_wakes_for_whoever_let_it_sleep(desk: Desk, made: Maker) -> None:
    company = made.company("Boulangerie Tournesol")
    call(desk, company, 20, CallResult.MESSAGE)
    asleep(desk, company, TODAY + 5 * DAY)
    assert lines(desk, AlertCode.PROSPECT) == []
    assert lines(desk, AlertCode.COMPANY_WAKES, TODAY + 4 * DAY) == []
    (told,) = lines(desk, AlertCode.COMPANY_WAKES, TODAY + 5 * DAY)
    assert told.company_id == company
    assert desk.see(to_do, 2, TODAY + 5 * DAY) == []
    draft = SnoozeDraft(
        counsellor_id=1, pathway_id=None, code=told.alert.code, about=told.alert.about, until_on=TODAY + 9 * DAY,
        reason="fermée pour travaux", row=told.row,
    )  # fmt: skip
    desk.do("Put off", put_off, draft, TODAY + 5 * DAY)
    desk.do("Put off", put_off, draft, TODAY + 5 * DAY)
    assert [each.put_off is not None for each in lines(desk, AlertCode.COMPANY_WAKES, TODAY + 5 * DAY)] == [True]
    assert [each.put_off is None for each in lines(desk, AlertCode.COMPANY_WAKES, TODAY + 9 * DAY)] == [True]
    asleep(desk, company, None)
    assert lines(desk, AlertCode.COMPANY_WAKES, TODAY + 9 * DAY) == []


def test_a_visit_that_has_passed_without_outcome_is_to_be_filled_in(desk: Desk, made: Maker) -> None:
    company = made.company("Boulangerie Tournesol")

    def plan(session: Session) -> None:
        session.add(
            Interaction(
                kind=Kind.PROSPECTION, medium=Medium.ON_SITE, outcome=None, at=datetime.combine(TODAY - DAY, NOON),
                minutes=45, counsellor_id=1, company_id=company,
            )
        )  # fmt: skip

    desk.do("Plan", plan)
    (told,) = lines(desk, AlertCode.TO_FILL_IN)
    assert (told.who, told.company_id, told.pathway_id) == ("Boulangerie Tournesol", company, None)


def offer(desk: Desk, company: int, days_ago: int, closed_on: date | None = None) -> int:
    def add(session: Session) -> int:
        row = Offer(
            company_id=company, counsellor_id=1, received_on=TODAY - days_ago * DAY, job="vendeuse", places=1,
            closed_on=closed_on,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id

    return desk.do("Offer", add)[0]


def refer(desk: Desk, offer_id: int, person: int, status: ReferralStatus = ReferralStatus.PROPOSED) -> int:
    def add(session: Session) -> int:
        row = Referral(
            offer_id=offer_id, pathway_id=person, counsellor_id=1, proposed_on=TODAY - 9 * DAY, status=status
        )
        session.add(row)
        session.flush()
        return row.id

    return desk.do("Refer", add)[0]


def test_an_offer_waits_for_somebody_and_somebody_for_an_answer(desk: Desk, made: Maker) -> None:
    company, person = made.company("Boulangerie Tournesol"), made.pathway("Bruyère", entered_on=TODAY - 30 * DAY)
    kept = offer(desk, company, 10)
    offer(desk, company, 10, closed_on=TODAY)
    (told,) = lines(desk, AlertCode.OFFER_WITHOUT_REFERRAL)
    assert (told.offer_id, told.what) == (kept, "vendeuse")
    referral = refer(desk, kept, person)
    assert lines(desk, AlertCode.OFFER_WITHOUT_REFERRAL) == []
    (told,) = lines(desk, AlertCode.REFERRAL_WITHOUT_ANSWER)
    assert (told.pathway_id, told.company_id, told.what) == (person, company, "vendeuse, Boulangerie Tournesol")

    def answer(session: Session) -> None:
        session.get_one(Referral, referral).status = ReferralStatus.REJECTED

    desk.do("Answer", answer)
    assert lines(desk, AlertCode.REFERRAL_WITHOUT_ANSWER) == []


@pytest.mark.parametrize(("signed", "ended"), [(2, None), (40, None), (5, 2)])
def test_somebody_hired_before_or_meanwhile_waits_for_no_answer(
    desk: Desk, made: Maker, signed: int, ended: int | None
) -> None:
    company, person = made.company(), made.pathway(entered_on=TODAY - 60 * DAY)
    refer(desk, offer(desk, company, 10), person)
    assert len(lines(desk, AlertCode.REFERRAL_WITHOUT_ANSWER)) == 1
    made.contract(person, signed_on=TODAY - signed * DAY, planned_end_on=None if ended is None else TODAY - ended * DAY)
    assert lines(desk, AlertCode.REFERRAL_WITHOUT_ANSWER) == []


def test_of_two_absences_the_one_that_was_answered_settles_itself_alone(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - 60 * DAY)
    first = made.meeting(person, datetime.combine(TODAY - 10 * DAY, NOON), Outcome.MISSED)
    last = made.meeting(person, datetime.combine(TODAY - 2 * DAY, NOON), Outcome.MISSED)
    for key, left in ((first, [last]), (last, [])):
        draft = ReachDraft(interaction_id=key, counsellor_id=1, channel=Channel.PHONE, words="Rappelée")
        desk.do("Reach", reach_again, draft, TODAY)
        assert [each.interaction_id for each in lines(desk, AlertCode.ABSENCE)] == left


def test_a_line_of_a_company_is_put_off_for_oneself_alone_and_no_cancelled_visit_is_an_answer(
    desk: Desk, made: Maker
) -> None:
    colleague = CounsellorDraft(counsellor_id=None, code="CEF02", name="Denis Lierre", is_manager=False, active=True)
    other, _changes = desk.do("Counsellor", set_counsellor, colleague, TODAY)
    company = made.company("Boulangerie Tournesol")
    call(desk, company, 20, CallResult.MESSAGE)

    def the_same_day(session: Session) -> None:
        session.add(
            Interaction(
                kind=Kind.TASK, medium=Medium.PHONE, outcome=Outcome.HELD, call_result=CallResult.MESSAGE, minutes=5,
                at=datetime.combine(TODAY - 20 * DAY, NOON), counsellor_id=other, company_id=company,
            )
        )  # fmt: skip
        session.add(
            Interaction(
                kind=Kind.PROSPECTION, medium=Medium.ON_SITE, outcome=Outcome.CANCELLED_BY_UNIT, minutes=30,
                at=datetime.combine(TODAY - 10 * DAY, NOON), counsellor_id=1, company_id=company,
            )
        )  # fmt: skip

    desk.do("Same day", the_same_day)
    (told,) = lines(desk, AlertCode.PROSPECT)
    draft = SnoozeDraft(
        counsellor_id=1, pathway_id=None, code=told.alert.code, about=told.alert.about, until_on=TODAY + 9 * DAY,
        reason="fermée", row=told.row,
    )  # fmt: skip
    desk.do("Put off", put_off, draft, TODAY)
    assert [each.put_off is None for who in (1, other) for each in desk.see(to_do, who, TODAY)] == [False, True]
    asleep(desk, company, TODAY)
    assert [each.alert.code for each in desk.see(to_do, 1, TODAY)] == [AlertCode.COMPANY_WAKES], "one line a company"


def test_a_private_note_is_not_read_in_the_day(desk: Desk, made: Maker) -> None:
    key = made.meeting(made.pathway("Bruyère"), datetime.combine(TODAY - DAY, NOON), None, note="confidence")

    def hide(session: Session) -> None:
        session.get_one(Interaction, key).is_private = True

    (told,) = lines(desk, AlertCode.TO_FILL_IN)
    assert told.what == "confidence"
    desk.do("Hide", hide)
    (told,) = lines(desk, AlertCode.TO_FILL_IN)
    assert told.what == ""


def test_a_return_that_was_sent_stays_sent(desk: Desk, made: Maker) -> None:
    person = made.pathway(entered_on=TODAY - 9 * DAY)
    desk.do("Days", correct_pathway, draft_of(desk, person, quarterly_month=2), TODAY)
    desk.do("Sent", record_return, person, TODAY, TODAY)
    desk.do("Sent", record_return, person, date(2005, 2, 28), TODAY)
    assert lines(desk, AlertCode.QUARTERLY_RETURN) == []
