"""A meeting with what it agrees: one step, one undo; what is doubtful is asked about once; nothing is noted twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.interactions import Agreed, CorrectionDraft, MeetingDraft, correct_meeting, record_meeting
from cef_desk.actions.settings import CounsellorDraft, EntryDraft, set_counsellor, set_entry
from cef_desk.actions.unfinished import keep_unfinished
from cef_desk.errors import Doubt, Refusal
from cef_desk.exchange.table_out import export_tables
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.diary import appointments
from cef_desk.queries.meeting_noted import meeting_noted
from cef_desk.queries.meeting_start import meeting_start, meeting_subjects
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import CallResult, DoneBy, Kind, ListName, Medium, Outcome
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

NINE = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9)
SIX_WEEKS = NINE + timedelta(weeks=6)


@pytest.fixture
def made(desk: Desk) -> Maker:
    return Maker(desk)


@pytest.fixture
def draft(made: Maker) -> MeetingDraft:
    return MeetingDraft(
        pathway_id=made.pathway("Bruyère"), counsellor_id=1, at=NINE, minutes=30, medium=Medium.OFFICE,
        outcome=Outcome.HELD, note="Elle veut rester.",
    )  # fmt: skip


def recorded(desk: Desk, draft: MeetingDraft) -> int:
    return desk.do("Record meeting", record_meeting, draft, TODAY)[0]


def interactions(desk: Desk) -> list[Interaction]:
    def read(session: Session) -> list[Interaction]:
        found = list(session.scalars(select(Interaction).order_by(Interaction.id)))
        session.expunge_all()
        return found

    return desk.see(read)


def test_what_is_agreed_and_the_next_appointment_are_kept_with_the_meeting(desk: Desk, draft: MeetingDraft) -> None:
    agreed = (
        Agreed(done_by=DoneBy.PERSON, what="demander le planning", by=TODAY + timedelta(days=2)),
        Agreed(done_by=DoneBy.COUNSELLOR, what=" appeler\tle tuteur ", by=TODAY + timedelta(days=2)),
    )
    key = recorded(desk, replace(draft, agreed=agreed, next_at=SIX_WEEKS, subject_codes=("MOBILITE", "AIDES")))
    meeting, *others = interactions(desk)
    assert (meeting.id, meeting.subject_codes) == (key, "MOBILITE AIDES")
    assert [(each.kind, each.done_by, each.note, each.origin_id) for each in others] == [
        (Kind.TASK, DoneBy.PERSON, "demander le planning", key),
        (Kind.TASK, DoneBy.COUNSELLOR, "appeler le tuteur", key), (Kind.MEETING, None, "", key),
    ]  # fmt: skip
    assert (others[2].at, others[2].outcome, others[2].minutes) == (SIX_WEEKS, None, 30)
    due = [each for each in desk.see(to_do, 1, TODAY + timedelta(days=4)) if each.alert.code is AlertCode.TASK]
    assert [each.what for each in due] == ["demander le planning", "appeler le tuteur"]
    desk.undo()
    assert interactions(desk) == [], "one step, one undo"


def test_the_appointment_that_takes_place_is_not_noted_beside_itself(
    desk: Desk, made: Maker, draft: MeetingDraft
) -> None:
    key = made.meeting(draft.pathway_id, NINE, None)
    start = desk.see(meeting_start, draft.pathway_id, 1, NINE + timedelta(minutes=6))
    assert start.appointment is not None
    assert start.appointment.id == key
    assert recorded(desk, replace(draft, appointment_id=key)) == key
    (meeting,) = interactions(desk)
    assert (meeting.outcome, meeting.note) == (Outcome.HELD, "Elle veut rester.")
    with pytest.raises(Refusal, match="outcome already"):
        recorded(desk, replace(draft, appointment_id=key))


def test_an_appointment_of_the_afternoon_is_not_the_one_of_this_morning(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère")
    made.meeting(person, NINE + timedelta(hours=6), None)
    start = desk.see(meeting_start, person, 1, NINE)
    assert start.appointment is None
    assert start.following == NINE + timedelta(hours=6)


@pytest.mark.parametrize("result", [CallResult.MESSAGE, CallResult.WRONG_NUMBER])
def test_a_call_that_reached_nobody_is_neither_a_meeting_nor_an_absence(
    desk: Desk, draft: MeetingDraft, result: CallResult
) -> None:
    recorded(desk, replace(draft, medium=Medium.PHONE, call_result=result))
    (call,) = interactions(desk)
    assert (call.kind, call.outcome, call.call_result) == (Kind.TASK, Outcome.HELD, result)
    assert desk.see(meeting_start, draft.pathway_id, 1, NINE).last_subjects == ()
    (told,) = desk.see(appointments, 1, NINE.date())
    assert (told.call_result, told.ends_by_key) == (result, False), (
        "it stands in the day, and no key makes it an absence"
    )


def asked(desk: Desk, draft: MeetingDraft) -> str:
    """What is asked about; it is kept when it is accepted."""
    before = len(interactions(desk))
    with pytest.raises(Doubt) as doubt:
        recorded(desk, draft)
    assert len(interactions(desk)) == before, "nothing is kept while it is asked"
    recorded(desk, replace(draft, accepted=frozenset({doubt.value.about})))
    return f"{doubt.value.field} {doubt.value.pattern}"


def test_the_same_meeting_twice_is_asked_about(desk: Desk, draft: MeetingDraft) -> None:
    recorded(desk, draft)
    assert asked(desk, draft).startswith("time A meeting with this person")


def test_two_appointments_at_once_are_asked_about(desk: Desk, made: Maker, draft: MeetingDraft) -> None:
    made.meeting(made.pathway("Tilleul"), SIX_WEEKS + timedelta(minutes=15), None)
    assert asked(desk, replace(draft, next_at=SIX_WEEKS)).startswith("next_day There is an appointment")


def test_the_person_expected_elsewhere_at_that_hour_is_asked_about(
    desk: Desk, made: Maker, draft: MeetingDraft
) -> None:
    made.meeting(draft.pathway_id, SIX_WEEKS, None)
    assert "There is an appointment" in asked(desk, replace(draft, counsellor_id=1, next_at=SIX_WEEKS))


def test_somebody_expected_through_another_pathway_is_the_same_person(
    desk: Desk, made: Maker, draft: MeetingDraft
) -> None:
    def begin_again(session: Session) -> int:
        person = session.get_one(Pathway, draft.pathway_id).beneficiary_id
        again = Pathway(beneficiary_id=person, entered_on=NINE.date())
        session.add(again)
        session.flush()
        return again.id

    again, _changes = desk.do("Again", begin_again)
    colleague = CounsellorDraft(counsellor_id=None, code="CEF02", name="Denis Lierre", is_manager=False, active=True)
    other, _changes = desk.do("Counsellor", set_counsellor, colleague, NINE.date())
    made.meeting(draft.pathway_id, SIX_WEEKS, None)
    assert "There is an appointment" in asked(
        desk, replace(draft, pathway_id=again, counsellor_id=other, next_at=SIX_WEEKS)
    )


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Elle a un Cancer depuis mars.", "health"), ("Sorti de prison.", "hours or places"),
        ("Elle est musulmane.", "origin"), ("N° 2 55 08 14 168 025 38.", "social security"),
    ],
)  # fmt: skip
def test_words_that_a_note_does_without_are_asked_about(desk: Desk, draft: MeetingDraft, note: str, said: str) -> None:
    assert said in asked(desk, replace(draft, note=note))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda draft: replace(draft, note="a" * 20_001), "note"),
        (lambda draft: replace(draft, at=datetime(1960, 1, 1, 9)), "day"),
        (lambda draft: replace(draft, at=NINE + timedelta(days=3)), "outcome"),
        (lambda draft: replace(draft, next_at=NINE - timedelta(days=1)), "next_day"),
        (
            lambda draft: replace(draft, agreed=(Agreed(done_by=DoneBy.PERSON, what="x", by=date(2005, 1, 1)),)),
            "agreed",
        ),
        (
            lambda draft: replace(draft, agreed=(Agreed(done_by=DoneBy.PERSON, what="x" * 501, by=TODAY),)),
            "agreed",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    desk: Desk, draft: MeetingDraft, change: Callable[[MeetingDraft], MeetingDraft], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        recorded(desk, change(draft))
    assert refused.value.field == field
    assert interactions(desk) == []


def test_a_unit_adds_words_to_think_over_and_subjects(desk: Desk, draft: MeetingDraft) -> None:
    def add(list_name: str, label: str, family: str = "") -> None:
        entry = EntryDraft(entry_id=None, label=label, active=True, list_name=list_name, family=family)
        desk.do("Add", set_entry, entry, NINE.date())

    noted = replace(draft, note="Une thérapie commence en mai.")
    recorded(desk, noted)
    add("sensitive_word", "thérapie*", "health")
    assert "health stays with the person" in asked(desk, replace(noted, at=NINE + timedelta(hours=1)))
    for again in ("Thérapie*", "therapie*"):
        with pytest.raises(Refusal, match="already"):
            add("sensitive_word", again, "health")
    add("meeting_subject", "Permis de conduire")
    told = desk.see(meeting_start, draft.pathway_id, 1, NINE).subjects
    assert told[-1][1] == "Permis de conduire"
    assert len({code for code, _label in told}) == len(told)


def test_emoji_tabs_and_new_lines_of_a_note_stay_as_they_were_pasted(desk: Desk, draft: MeetingDraft) -> None:
    note = "Très contente 🙂\n\tà suivre\n" + "é" * 19_900
    recorded(desk, replace(draft, note=note + "\x00"))
    assert interactions(desk)[0].note == note


def test_a_private_note_is_in_no_export(desk: Desk, draft: MeetingDraft, tmp_path: Path) -> None:
    key = recorded(desk, replace(draft, note="canari-public"))
    recorded(desk, replace(draft, at=NINE - timedelta(days=1), note="canari-privé", is_private=True))

    def turn_private(session: Session) -> None:
        meeting = session.get_one(Interaction, key)
        meeting.note, meeting.is_private = "canari-d’abord public", True

    def change(session: Session) -> None:
        session.get_one(Interaction, key).note = "canari-ensuite"

    desk.do("Change", turn_private)
    desk.do("Change", change)
    typed = {"meeting_notes": "canari-en cours", "meeting_private": "yes"}
    desk.do("", keep_unfinished, 1, "meeting_form", "pathway:1", typed, datetime(2006, 11, 22))
    export_tables(desk, tmp_path / "out", with_journal=True)
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert "canari" not in written
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))


def test_a_check_up_is_about_the_contract_and_ends_what_asked_for_it(
    desk: Desk, made: Maker, draft: MeetingDraft
) -> None:
    signed = TODAY - timedelta(days=20)
    contract = made.contract(draft.pathway_id, signed_on=signed)
    start = desk.see(meeting_start, draft.pathway_id, 1, NINE)
    assert start.contract is not None
    assert start.contract[0] == contract
    assert AlertCode.CHECK_UP_J8 in [each.alert.code for each in desk.see(to_do, 1, TODAY)]
    recorded(desk, replace(draft, contract_id=contract))
    (check_up,) = interactions(desk)
    assert (check_up.kind, check_up.contract_id) == (Kind.CHECK_UP, contract)
    assert AlertCode.CHECK_UP_J8 not in [each.alert.code for each in desk.see(to_do, 1, TODAY)]
    made.rupture(contract, TODAY)
    assert desk.see(meeting_start, draft.pathway_id, 1, NINE).contract is None


def test_an_appointment_is_never_filled_in_for_somebody_else(desk: Desk, made: Maker, draft: MeetingDraft) -> None:
    key = made.meeting(made.pathway("Tilleul"), NINE, None)
    contract = made.contract(made.pathway("Orme"))
    for wrong in (replace(draft, appointment_id=key), replace(draft, contract_id=contract)):
        with pytest.raises(Refusal, match="somebody else"):
            recorded(desk, wrong)


def test_an_appointment_by_telephone_that_reached_nobody_stays_one(
    desk: Desk, made: Maker, draft: MeetingDraft
) -> None:
    key = made.meeting(draft.pathway_id, NINE, None)
    call = replace(draft, appointment_id=key, medium=Medium.PHONE, call_result=CallResult.MESSAGE)
    recorded(desk, call)
    (row,) = interactions(desk)
    assert (row.kind, row.outcome, row.call_result) == (Kind.MEETING, Outcome.MISSED, CallResult.MESSAGE)


def corrected(desk: Desk, key: int, **changes: object) -> int:
    found = desk.see(meeting_noted, key)
    draft = CorrectionDraft(
        interaction_id=key, version=found.version, at=found.at, minutes=found.minutes, medium=Medium(found.medium),
        outcome=Outcome(found.outcome), note=found.note, subject_codes=found.subjects, is_private=found.is_private,
    )  # fmt: skip
    return desk.do("Correct a meeting", correct_meeting, replace(draft, **changes), TODAY)[0]  # type: ignore[arg-type]


def test_a_meeting_is_corrected_in_one_step_and_undo_gives_back_every_word(desk: Desk, draft: MeetingDraft) -> None:
    key = recorded(desk, draft)
    before = desk.see(meeting_noted, key)
    corrected(desk, key, note="Elle veut partir.", at=NINE - timedelta(days=1), outcome=Outcome.MISSED, is_private=True)
    after = desk.see(meeting_noted, key)
    assert (after.note, after.at, after.outcome, after.is_private) == (
        "Elle veut partir.", NINE - timedelta(days=1), Outcome.MISSED, True,
    )  # fmt: skip
    assert after.minutes == before.minutes
    desk.undo()
    assert replace(desk.see(meeting_noted, key), version=0) == replace(before, version=0)


def test_a_correction_is_refused_where_the_meeting_would_be(desk: Desk, draft: MeetingDraft) -> None:
    key = recorded(desk, draft)
    for changes, field in (
        ({"at": NINE + timedelta(days=1)}, "outcome"), ({"at": datetime(1900, 1, 1, 9)}, "day"),
        ({"note": "x" * 20_001}, "note"), ({"note": "Elle est dépressive."}, "note"),
    ):  # fmt: skip
        with pytest.raises((Refusal, Doubt)) as refused:
            corrected(desk, key, **changes)
        assert refused.value.field == field, changes
    assert desk.see(meeting_noted, key).note == draft.note


def test_a_form_filled_before_another_correction_overwrites_nothing(desk: Desk, draft: MeetingDraft) -> None:
    key = recorded(desk, draft)
    version = desk.see(meeting_noted, key).version
    corrected(desk, key, note="Elle veut partir.")
    with pytest.raises(Refusal):
        corrected(desk, key, note="Elle hésite.", version=version)
    assert desk.see(meeting_noted, key).note == "Elle veut partir."


def test_a_first_meeting_corrected_to_an_absence_is_no_entry_any_more(desk: Desk, made: Maker) -> None:
    person = made.pathway("Bruyère")

    def wait(session: Session) -> None:
        pathway = session.get_one(Pathway, person)
        pathway.prescribed_on, pathway.entered_on, pathway.entry_follows_meetings = TODAY, None, True

    desk.do("Wait", wait)
    key = recorded(desk, MeetingDraft(
        pathway_id=person, counsellor_id=1, at=NINE, minutes=30, medium=Medium.OFFICE, outcome=Outcome.HELD,
    ))  # fmt: skip
    assert desk.see(lambda session: session.get_one(Pathway, person).entered_on) == TODAY
    corrected(desk, key, outcome=Outcome.MISSED)
    assert desk.see(lambda session: session.get_one(Pathway, person).entered_on) is None


def test_a_subject_that_the_unit_retired_stays_on_the_meeting_it_was_about(desk: Desk, draft: MeetingDraft) -> None:
    code = desk.see(meeting_subjects)[0][0]
    key = recorded(desk, replace(draft, subject_codes=(code,)))

    def retire(session: Session) -> None:
        entry = session.scalars(
            select(ListEntry).where(ListEntry.list_name == ListName.MEETING_SUBJECT, ListEntry.code == code)
        ).one()
        entry.active = False

    desk.do("Retire", retire)
    assert code in dict(desk.see(meeting_noted, key).offered)
    assert code not in dict(desk.see(meeting_subjects))


def test_the_result_of_a_call_stays_when_its_words_are_corrected(desk: Desk, draft: MeetingDraft) -> None:
    key = recorded(desk, replace(draft, medium=Medium.PHONE, call_result=CallResult.MESSAGE))
    corrected(desk, key, note="Rappelle jeudi.", outcome=Outcome.MISSED)
    found = next(each for each in interactions(desk) if each.id == key)
    assert (found.note, found.outcome, found.call_result) == ("Rappelle jeudi.", Outcome.HELD, CallResult.MESSAGE)
