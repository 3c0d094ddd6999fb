"""A session of several people: one line in the agenda, an outcome each, nobody twice and never nobody."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.appointments import move_session
from cef_desk.actions.interactions import settle_appointment
from cef_desk.actions.workshops import Attendance, WorkshopDraft, record_workshop
from cef_desk.errors import Doubt, Refusal
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.interaction import Interaction
from cef_desk.model.workshop import Workshop
from cef_desk.queries.diary import appointments
from cef_desk.queries.my_month import my_month
from cef_desk.queries.to_do import to_do
from cef_desk.queries.workshops import session_form
from cef_desk.rules.kinds import Kind, Medium, Outcome, SessionKind
from cef_desk.store.desk import Desk
from cef_desk.ui.agenda.workshop import WorkshopForm
from cef_desk.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press, type_text

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())


@pytest.fixture
def people(desk: Desk) -> list[int]:
    made = Maker(desk)
    return [made.pathway(f"Bruyère{letter}", "Sonia") for letter in "abcdefgh"]


@pytest.fixture
def main(desk: Desk, people: list[int], qtbot: QtBot) -> MainWindow:
    assert people
    return shown(seat_at(desk), qtbot, "go_agenda")


def outcomes(desk: Desk) -> list[str | None]:
    return desk.see(lambda session: list(session.scalars(select(Interaction.outcome).order_by(Interaction.id))))


def form_of(main: MainWindow) -> WorkshopForm:
    form = main._side.form
    assert isinstance(form, WorkshopForm)
    return form


def test_eight_people_eight_outcomes_one_line_in_the_agenda(main: MainWindow, desk: Desk) -> None:
    main.forms.hold_session(None)
    form = form_of(main)
    form._title.set_text("CV et entretien d’embauche")
    form._day.set_text("hier")
    form._day._on_edited()
    form._time.set_text("9h")
    form._people.search._line.setFocus()
    for letter in "abcdefgh":
        type_text(f"bruyere{letter}")
        press(Qt.Key.Key_Return)
    assert len(form._people.value()) == 8
    box = form._people._boxes[3][1]
    box.setCurrentIndex(box.findData(Outcome.MISSED))  # type: ignore[attr-defined]  # the box of outcomes
    box.activated.emit(3)  # type: ignore[attr-defined]  # as above
    form.save()
    assert outcomes(desk) == [*[Outcome.HELD] * 3, Outcome.MISSED, *[Outcome.HELD] * 4]
    (line,) = desk.see(appointments, 1, TODAY - timedelta(days=1))
    assert (line.kind, line.company, line.people, line.outcome) == (
        Kind.WORKSHOP, "CV et entretien d’embauche", 8, Outcome.HELD,
    )  # fmt: skip
    desk.undo()
    assert desk.see(appointments, 1, TODAY - timedelta(days=1)) == []


def test_a_session_with_nobody_is_told_where_people_are_added(main: MainWindow, desk: Desk) -> None:
    main.forms.hold_session(None)
    form = form_of(main)
    form._title.set_text("Vide")
    form._day.set_text("+7")
    form._time.set_text("9h")
    form.save()
    assert "quelqu’un" in form._people.error
    assert form._title.text() == "Vide"
    assert outcomes(desk) == []


def draft(people: list[int], day: int, outcome: Outcome | None = None) -> WorkshopDraft:
    return WorkshopDraft(
        counsellor_id=1, kind=SessionKind.INFORMATION, title="Information collective",
        at=MIDNIGHT + timedelta(days=day, hours=14), minutes=90, place="",
        people=tuple(Attendance(pathway_id=key, outcome=outcome) for key in people),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("again", "day", "outcome"), [(2, 1, None), (1, 1, Outcome.HELD)]
)  # fmt: skip
def test_nobody_stands_twice_and_nothing_has_taken_place_before_its_day(
    desk: Desk, people: list[int], again: int, day: int, outcome: Outcome | None
) -> None:
    with pytest.raises(Refusal):
        desk.do("Session", record_workshop, draft([people[0]] * again, day, outcome), TODAY)
    assert outcomes(desk) == []


def test_a_past_session_asks_once_for_its_attendance_and_is_filled_in(
    main: MainWindow, desk: Desk, people: list[int]
) -> None:
    desk.do("Session", record_workshop, draft(people, -3), TODAY)
    assert [(each.who, each.workshop_id) for each in desk.see(to_do, 1, TODAY) if each.workshop_id] == [
        ("Information collective", 1)
    ]
    main.forms.hold_session(1)
    form = form_of(main)
    assert {each.outcome for each in form._people.value()} == {None}, "nobody came until somebody says so"
    form._people._all.click()
    form._people._boxes[0][2].click()  # type: ignore[attr-defined]  # the button that takes out
    form.save()
    assert outcomes(desk) == [Outcome.HELD] * 7
    assert not [each for each in desk.see(to_do, 1, TODAY) if each.workshop_id]


def test_a_form_opened_before_an_outcome_was_set_takes_nothing_back(
    main: MainWindow, desk: Desk, people: list[int]
) -> None:
    desk.do("Session", record_workshop, draft(people, -3), TODAY)
    main.forms.hold_session(1)
    form = form_of(main)
    desk.do("Outcome", settle_appointment, 1, Outcome.MISSED, TODAY)
    form._title.set_text("Autre titre")
    form.save()
    assert "modifiée" in form._trouble.text() or form._trouble.isVisible()
    assert outcomes(desk)[0] == Outcome.MISSED


def test_a_session_of_a_colleague_stays_theirs(desk: Desk, people: list[int]) -> None:
    desk.do("Session", record_workshop, draft(people[:1], -3), TODAY)

    def give(session: Session) -> None:
        session.add(Counsellor(code="CEF02", name="Denis", is_manager=False, active=True))
        session.flush()
        session.get_one(Workshop, 1).counsellor_id = 2

    desk.do("Give", give)
    read = desk.see(session_form, 1).read
    desk.do("Session", record_workshop, replace(draft(people[:1], -3), workshop_id=1, read=read), TODAY)
    assert len(desk.see(appointments, 2, TODAY - timedelta(days=3))) == 1


def test_a_session_upon_an_appointment_or_a_closed_day_is_asked_about(desk: Desk, people: list[int]) -> None:
    Maker(desk).meeting(people[0], MIDNIGHT + timedelta(days=1, hours=14), None)
    for day in (1, 3):
        with pytest.raises(Doubt):
            desk.do("Session", record_workshop, draft(people, day), TODAY)


def test_the_week_counts_a_session_once(desk: Desk, people: list[int]) -> None:
    desk.do("Session", record_workshop, draft(people, -1, Outcome.HELD), TODAY)
    assert desk.see(my_month, 1, TODAY).week == ((Kind.WORKSHOP, 90),)


def test_in_the_agenda_enter_opens_the_session(main: MainWindow, desk: Desk, people: list[int]) -> None:
    desk.do("Session", record_workshop, draft(people, 1), TODAY)
    agenda = main.pages.agenda
    agenda.refresh()
    agenda.take_focus()
    assert "8 personnes" in agenda.board.accessibleDescription()
    press(Qt.Key.Key_Return, widget=agenda.board)
    assert len(form_of(main)._people.value()) == 8


def test_shift_and_an_arrow_move_the_session_with_everybody_until_somebody_has_an_outcome(
    main: MainWindow, desk: Desk, people: list[int]
) -> None:
    key, _changes = desk.do("Session", record_workshop, draft(people, 1), TODAY)
    agenda = main.pages.agenda
    agenda.refresh()
    agenda.take_focus()

    def hours() -> set[datetime]:
        return desk.see(lambda session: set(session.scalars(select(Interaction.at))))

    (before,) = hours()
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, agenda.board)
    assert hours() == {before + timedelta(minutes=15)}
    assert [each.at for each in desk.see(appointments, 1, before.date())] == [before + timedelta(minutes=15)]
    desk.undo()
    assert hours() == {before}

    def come(session: Session) -> None:
        session.scalars(select(Interaction).limit(1)).one().outcome = Outcome.EXCUSED

    desk.do("Come", come)
    with pytest.raises(Refusal, match="outcome already"):
        desk.do("Move", move_session, key, before + timedelta(hours=1), (), TODAY)
    assert hours() == {before}


def test_a_session_upon_an_appointment_of_one_of_its_people_with_a_colleague_is_asked_about(
    desk: Desk, people: list[int]
) -> None:
    key, _changes = desk.do("Session", record_workshop, draft(people, 1), TODAY)
    at = MIDNIGHT + timedelta(days=4, hours=10)

    def expect(session: Session) -> None:
        colleague = Counsellor(code="CEF02", name="Denis Lierre", is_manager=False, active=True)
        session.add(colleague)
        session.flush()
        session.add(
            Interaction(
                kind=Kind.MEETING, medium=Medium.OFFICE, outcome=None, at=at, minutes=30, counsellor_id=colleague.id,
                pathway_id=people[3],
            )
        )  # fmt: skip

    desk.do("Expect", expect)
    with pytest.raises(Doubt, match="There is an appointment"):
        desk.do("Move", move_session, key, at, (), TODAY)
    desk.do("Move", move_session, key, at, ("clash",), TODAY)
