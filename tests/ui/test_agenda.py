"""The agenda: moved by keys and by mouse, what is doubtful asked about, holidays and days away in sight."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.appointments import AbsenceDraft, move_appointment, record_absence
from cef_desk.model.absence import Absence
from cef_desk.model.interaction import Interaction
from cef_desk.queries.diary import appointments
from cef_desk.rules.kinds import AbsenceReason, Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui.agenda.forms import AbsenceForm, AppointmentForm
from cef_desk.ui.agenda.page import AgendaPage
from cef_desk.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press, type_text

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())
TOMORROW = MIDNIGHT + timedelta(days=1, hours=9)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def made(desk: Desk) -> Maker:
    return Maker(desk)


@pytest.fixture
def main(desk: Desk, made: Maker, qtbot: QtBot) -> MainWindow:
    """The agenda of somebody with one appointment tomorrow at nine."""
    made.meeting(made.pathway("Bruyère", "Sonia"), TOMORROW, None)
    window = shown(seat_at(desk), qtbot, "go_agenda")
    window.pages.agenda.take_focus()
    return window


def agenda(main: MainWindow) -> AgendaPage:
    return main.pages.agenda


def hours(desk: Desk) -> list[datetime]:
    return desk.see(lambda session: list(session.scalars(select(Interaction.at).order_by(Interaction.id))))


@pytest.mark.parametrize(
    ("key", "by"),
    [
        (Qt.Key.Key_Down, timedelta(minutes=15)), (Qt.Key.Key_Up, -timedelta(minutes=15)),
        (Qt.Key.Key_Right, timedelta(days=3)),
    ],
)  # fmt: skip
def test_shift_and_an_arrow_move_the_appointment(main: MainWindow, desk: Desk, key: Qt.Key, by: timedelta) -> None:
    press(key, SHIFT, agenda(main).board)
    assert hours(desk) == [TOMORROW + by]
    desk.undo()
    assert hours(desk) == [TOMORROW]


def test_it_cannot_be_moved_before_today(main: MainWindow, desk: Desk) -> None:
    for _turn in range(2):
        press(Qt.Key.Key_Left, SHIFT, agenda(main).board)
    assert hours(desk) == [TOMORROW - timedelta(days=1)]


def test_the_mouse_drags_it_to_another_day_and_hour(main: MainWindow, desk: Desk) -> None:
    board = agenda(main).board
    (block,) = board.blocks
    start = board.place(block).topLeft() + QPoint(20, 6)
    column = (board.width() - 60) // len(board.days)
    target = board.moment_at(start + QPoint(-column, 60))
    assert target is not None
    for kind, point in (
        (QEvent.Type.MouseButtonPress, start), (QEvent.Type.MouseMove, start + QPoint(-column, 30)),
        (QEvent.Type.MouseMove, start + QPoint(-column, 60)), (QEvent.Type.MouseButtonRelease, start),
    ):  # fmt: skip
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(point), board.mapToGlobal(QPointF(point)), left, left, Qt.KeyboardModifier(0))
        QApplication.sendEvent(board, event)
    (now,) = hours(desk)
    assert now != TOMORROW
    assert now.date() == target.date()
    assert now.minute % 15 == 0


def test_a_place_that_is_taken_is_asked_about_and_taken_when_it_is_meant(
    main: MainWindow, desk: Desk, made: Maker
) -> None:
    made.meeting(made.pathway("Tilleul"), TOMORROW + timedelta(minutes=30), None)
    agenda(main).refresh()
    press(Qt.Key.Key_Down, SHIFT, agenda(main).board)
    assert hours(desk)[0] == TOMORROW, "nothing moves while it is asked"
    assert "Tilleul" in main.toast._text.text()
    assert "nregistrez" not in main.toast._text.text(), "there is no form to save again"
    main.toast._undo.click()
    assert hours(desk)[0] == TOMORROW + timedelta(minutes=15)


def test_one_key_ends_it(main: MainWindow, desk: Desk, made: Maker) -> None:
    made.meeting(made.pathway("Tilleul"), MIDNIGHT + timedelta(hours=8), None)
    agenda(main).refresh()
    board = agenda(main).board
    press(Qt.Key.Key_Left, widget=board)
    QTest.keyClick(board, Qt.Key.Key_N)
    assert [each.outcome for each in desk.see(appointments, 1, TODAY)] == [Outcome.MISSED]


def test_what_is_to_come_opens_to_be_changed(main: MainWindow, desk: Desk) -> None:
    press(Qt.Key.Key_Return, widget=agenda(main).board)
    form = main._side.form
    assert isinstance(form, AppointmentForm)
    form._time.set_text("14h")
    form._subject.set_text("Point sur l’essai")
    form.save()
    assert hours(desk) == [TOMORROW.replace(hour=14)]
    assert desk.see(appointments, 1, TOMORROW.date())[0].about == "Point sur l’essai"


def test_a_series_is_made_in_one_step(main: MainWindow, desk: Desk, made: Maker) -> None:
    made.pathway("Tilleul", "Karim")
    main.forms.plan(None)
    form = main._side.form
    assert isinstance(form, AppointmentForm)
    form._who._line.setFocus()
    type_text("till")
    press(Qt.Key.Key_Return)
    form._day.set_text("+7")
    form._time.set_text("9")
    form._repeat.set_text("weekly")
    form._repeat._on_edited()
    form.save()
    assert form.isVisible()
    assert form._until.error
    form._until.set_text("+35")
    form.save()
    assert len(hours(desk)) == 6
    desk.undo()
    assert hours(desk) == [TOMORROW]


def test_days_away_are_told_and_nothing_is_proposed_on_them(main: MainWindow, desk: Desk) -> None:
    away = main.forms.open_absence(TODAY + timedelta(days=40))
    assert isinstance(away, AbsenceForm)
    away._to.set_text("+44")
    away.save()
    assert main._side.form is None
    again = main.forms.open_absence(TODAY + timedelta(days=41))
    again.save()
    assert isinstance(again, AbsenceForm)
    assert "déjà notée" in again._from.error
    agenda(main).show_day(TODAY + timedelta(days=41))
    assert "Congé" in agenda(main).board.closed.values()
    agenda(main)._back.click()
    assert desk.see(lambda session: session.scalars(select(Absence.id)).all()) == []


def test_an_appointment_on_a_day_away_is_asked_about(main: MainWindow, desk: Desk) -> None:
    draft = AbsenceDraft(
        counsellor_id=1, from_on=TODAY + timedelta(days=4), to_on=TODAY + timedelta(days=5),
        reason=AbsenceReason.LEAVE,
    )  # fmt: skip
    desk.do("Away", record_absence, draft, TODAY)
    press(Qt.Key.Key_Right, SHIFT, agenda(main).board)
    assert "Absence" in main.toast._text.text()
    assert hours(desk) == [TOMORROW]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2006, 12, 25), "Noël"), (date(2008, 5, 12), "Lundi de Pentecôte"), (date(2007, 5, 28), ""),
        (date(2008, 5, 1), "Fête du travail"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_holidays_are_told_by_name(main: MainWindow, view: str, day: date, name: str) -> None:
    agenda(main).show_view(view)
    agenda(main).show_day(day)
    assert agenda(main).board.closed.get(day, "") == name


def test_page_keys_turn_the_weeks_and_home_comes_back(main: MainWindow) -> None:
    board = agenda(main).board
    QTest.keyClick(board, Qt.Key.Key_PageDown)
    assert agenda(main).day == TODAY + timedelta(days=7)
    QTest.keyClick(board, Qt.Key.Key_Home)
    assert agenda(main).day == TODAY
    agenda(main).show_view("month")
    QTest.keyClick(agenda(main).board, Qt.Key.Key_PageUp)
    assert agenda(main).day.month == 10


def test_two_at_once_stand_side_by_side(main: MainWindow, made: Maker) -> None:
    made.meeting(made.pathway("Tilleul"), TOMORROW + timedelta(minutes=15), None)
    made.meeting(made.pathway("Orme"), TOMORROW + timedelta(minutes=30), None)
    agenda(main).refresh()
    places = [agenda(main).board.place(block) for block in agenda(main).board.blocks]
    assert not any(one.intersects(other) for one in places for other in places if one is not other)
    assert places[0].left() == places[2].left(), "the third takes the place that is free again"


def test_f12_hides_the_names(main: MainWindow) -> None:
    main.actions_register["mask"].trigger()
    assert "Bruyère" not in agenda(main).board.blocks[0].who + agenda(main).board.accessibleDescription()


def test_days_away_over_appointments_are_asked_about(main: MainWindow, desk: Desk) -> None:
    form = main.forms.open_absence(TOMORROW.date())
    form.save()
    assert isinstance(form, AbsenceForm)
    assert "déjà pris" in form._from.error
    assert form._from.words.property("role") == "warning", "it is no fault"
    form.save()
    assert main._side.form is None
    assert len(desk.see(lambda session: session.scalars(select(Absence.id)).all())) == 1


def test_an_old_form_does_not_take_back_a_later_move_and_loses_no_line(main: MainWindow, desk: Desk) -> None:
    def write(session: Session) -> None:
        session.get_one(Interaction, 1).note = "ligne 1\nligne 2"

    desk.do("Write", write)
    agenda(main).refresh()
    press(Qt.Key.Key_Return, widget=agenda(main).board)
    form = main._side.form
    assert isinstance(form, AppointmentForm)
    assert form._subject.text() == "ligne 1\nligne 2"
    desk.do("Move", move_appointment, 1, TOMORROW + timedelta(hours=2), frozenset(), TODAY)
    form._time.set_text("15h")
    form.save()
    assert form._trouble.isVisible()
    assert hours(desk) == [TOMORROW + timedelta(hours=2)]
