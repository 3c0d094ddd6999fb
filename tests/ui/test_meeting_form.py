"""The meeting form: few keys, the person from anywhere, the next appointment proposed, nothing noted twice."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.interaction import Interaction
from cef_desk.rules.kinds import CallResult, Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.form import MeetingForm
from cef_desk.ui.today.reach import ReachForm
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press, type_text

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def made(desk: Desk) -> Maker:
    maker = Maker(desk)
    maker.pathway("Bruyère", "Sonia")
    maker.pathway("Tilleul", "Karim")
    return maker


@pytest.fixture
def main(desk: Desk, made: Maker, qtbot: QtBot) -> MainWindow:
    """A window on two people, the first chosen."""
    del made
    return shown(seat_at(desk), qtbot)


def form_of(main: MainWindow) -> MeetingForm:
    form = main._side.form
    assert isinstance(form, MeetingForm)
    return form


def noted(desk: Desk) -> list[tuple[str, str, str | None, str]]:
    asked = select(Interaction.kind, Interaction.medium, Interaction.outcome, Interaction.note).order_by(Interaction.id)

    def read(session: Session) -> list[tuple[str, str, str | None, str]]:
        return [(kind, medium, outcome, note) for kind, medium, outcome, note in session.execute(asked)]

    return desk.see(read)


def open_form(main: MainWindow) -> MeetingForm:
    main.actions_register["meeting"].trigger()
    return form_of(main)


def test_from_a_file_two_keys_and_the_words_are_enough(main: MainWindow, desk: Desk) -> None:
    open_form(main)
    type_text("Elle veut rester.")
    press(Qt.Key.Key_Return, CTRL)
    assert main._side.form is None
    assert noted(desk) == [
        (Kind.MEETING, Medium.OFFICE, Outcome.HELD, "Elle veut rester."), (Kind.MEETING, Medium.OFFICE, None, ""),
    ]  # fmt: skip
    assert "prochain rendez-vous" in main.toast._text.text()


def test_from_nothing_a_few_letters_find_the_person_and_enter_takes_them(main: MainWindow, desk: Desk) -> None:
    main.navigation.go("go_companies")
    form = open_form(main)
    type_text("till")
    press(Qt.Key.Key_Return)
    assert main.focusWidget() is form._note.editor, "the words come next"
    assert form._whole_about == "avec Tilleul Karim"
    type_text("Projet à revoir.")
    form.save()
    assert noted(desk)[0] == (Kind.MEETING, Medium.OFFICE, Outcome.HELD, "Projet à revoir.")
    assert main.navigation.page() == "go_companies", "one stays where one was"


def test_nobody_chosen_is_told_at_the_person(main: MainWindow, desk: Desk) -> None:
    main.navigation.go("go_companies")
    form = open_form(main)
    type_text("zzz")
    press(Qt.Key.Key_Return)
    form._note.set_text("Perdu ?")
    form.save()
    assert form._who.error
    assert noted(desk) == []
    assert form._note.text() == "Perdu ?"


def test_save_and_next_opens_the_form_of_whoever_comes_next(main: MainWindow, desk: Desk) -> None:
    open_form(main)
    type_text("tel: jointe, viendra.")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert noted(desk) == [(Kind.MEETING, Medium.PHONE, Outcome.HELD, "tel: jointe, viendra.")]
    assert form_of(main)._person is None


@pytest.mark.parametrize(
    ("words", "medium"),
    [
        ("tel jointe", Medium.PHONE), ("tel : message", Medium.PHONE), ("tel que prévu", Medium.OFFICE),
        ("téléphone coupé", Medium.OFFICE), ("Venue.", Medium.OFFICE),
    ],
)  # fmt: skip
def test_a_note_that_begins_with_tel_is_that_of_a_call(main: MainWindow, words: str, medium: Medium) -> None:
    form = open_form(main)
    type_text(words)
    assert form._medium.value() == medium
    assert form._note.text() == words, "no word is taken away"
    assert form._call.isVisible() == (medium is Medium.PHONE)


def test_a_message_left_is_a_call_done(main: MainWindow, desk: Desk) -> None:
    form = open_form(main)
    type_text("tel rappellera")
    form._call.set_text(CallResult.MESSAGE)
    form.save()
    assert noted(desk) == [(Kind.TASK, Medium.PHONE, Outcome.HELD, "tel rappellera")]


def test_the_next_appointment_is_at_the_same_hour_in_six_weeks(main: MainWindow) -> None:
    form = open_form(main)
    form._time.set_text("10:00")
    form._time._on_edited()
    at = MIDNIGHT + timedelta(weeks=6, hours=10)
    assert form._next.value() == (at, 30)
    assert form._state._whole.endswith("à 10:00"), "what is saved too is told beside the buttons"
    form._next.day.set_text("+7")
    form._next.day._on_edited()
    form._time.set_text("11:00")
    form._time._on_edited()
    assert form._next.day.text() == "+7", "what is typed stays"


def test_nothing_is_proposed_after_an_absence_or_when_one_is_planned(main: MainWindow, made: Maker) -> None:
    form = open_form(main)
    form._outcome.set_text(Outcome.MISSED)
    form._outcome._on_edited()
    assert form._next.value()[0] is None
    form._outcome.set_text(Outcome.HELD)
    form._outcome._on_edited()
    assert form._next.value()[0] is not None
    form.close_form()
    made.meeting(1, MIDNIGHT + timedelta(days=8, hours=14), None)
    form = open_form(main)
    assert form._next.value()[0] is None
    assert "déjà pris" in form._next._planned.text()


def test_another_hour_is_free_and_none_is_none(main: MainWindow, made: Maker) -> None:
    made.meeting(2, MIDNIGHT + timedelta(weeks=6, hours=10, minutes=30), None)
    form = open_form(main)
    form._time.set_text("10:00")
    form._time._on_edited()
    form.findChild(QPushButton, "meeting_next_other").click()  # type: ignore[union-attr]  # it is there
    assert form._next.value()[0] == MIDNIGHT + timedelta(weeks=6, hours=11)
    form.findChild(QPushButton, "meeting_next_none").click()  # type: ignore[union-attr]  # it is there
    assert form._next.value()[0] is None


def test_the_hour_says_who_is_expected_then_and_is_kept_when_saved_again(
    main: MainWindow, desk: Desk, made: Maker
) -> None:
    at = MIDNIGHT + timedelta(days=1, hours=9)
    made.meeting(2, at, None)
    form = open_form(main)
    form._next.day.set_text("+1")
    form._next.hour.set_text("9h15")
    form._next.hour._on_edited()
    assert "Tilleul" in form._next.hour.words.text()
    form._note.set_text("x")
    form.save()
    assert form.isVisible()
    assert "Enregistrez de nouveau" in form._next.day.error
    form.save()
    assert len(noted(desk)) == 3


def test_the_appointment_near_now_is_the_one_that_takes_place(main: MainWindow, desk: Desk, made: Maker) -> None:
    now = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005  the wall clock, as the form reads it
    planned = MIDNIGHT + timedelta(hours=now.hour, minutes=now.minute)
    made.meeting(1, planned, None)
    form = open_form(main)
    assert form._which.isVisible()
    type_text("Venue à l’heure.")
    form.save()
    assert noted(desk)[0] == (Kind.MEETING, Medium.OFFICE, Outcome.HELD, "Venue à l’heure.")
    assert [row[2] for row in noted(desk)].count(Outcome.HELD) == 1


def test_a_day_to_come_plans_an_appointment(main: MainWindow, desk: Desk) -> None:
    form = open_form(main)
    day = form.findChild(QLineEdit, "meeting_date")
    assert day is not None
    day.selectAll()
    type_text("+8", day)
    assert form._outcome.value() == ""
    form.save()
    assert noted(desk) == [(Kind.MEETING, Medium.OFFICE, None, "")]


def test_what_is_agreed_gets_a_line_each_and_a_day(main: MainWindow, desk: Desk) -> None:
    form = open_form(main)
    agreed = form._agreed
    agreed._rows[0].what.setFocus()
    type_text("demander le planning")
    assert len(agreed._rows) == 2, "one more line as soon as the last is begun"
    press(Qt.Key.Key_Return)
    type_text("32/13")
    form.save()
    assert "32/13" in agreed.error
    agreed._rows[0].by.setText("")
    type_text("+14", agreed._rows[0].by)
    agreed._rows[1].who.setCurrentIndex(1)
    type_text("appeler M. Froment", agreed._rows[1].what)
    form.save()
    assert [row[3] for row in noted(desk) if row[0] == Kind.TASK] == ["demander le planning", "appeler M. Froment"]


def test_everything_typed_comes_back_with_the_person(main: MainWindow, desk: Desk) -> None:
    main.navigation.go("go_companies")
    form = open_form(main)
    type_text("till")
    press(Qt.Key.Key_Return)
    type_text("Commencé.")
    type_text("relire le CV", form._agreed._rows[0].what)
    form._privacy.set_text("yes")
    form._privacy._on_edited()
    form.close_form()
    again = open_form(main)
    assert again._who.value() == 2
    assert again._whole_about == "avec Tilleul Karim"
    assert again._note.text() == "Commencé."
    assert [each.what for each in again._agreed.value()] == ["relire le CV"]
    again.save()
    private = desk.see(lambda session: session.scalars(select(Interaction.is_private)).all())
    assert private.count(True) == 1


def test_a_word_of_health_is_asked_about_under_the_notes(main: MainWindow, desk: Desk) -> None:
    form = open_form(main)
    type_text("Suivie pour un cancer.")
    form.save()
    assert "cancer" in form._note.error
    assert noted(desk) == []
    form._note.set_text("Pas de port de charges.")
    form._note._on_edited()
    form.save()
    assert noted(desk)[0][3] == "Pas de port de charges."


def test_from_a_line_that_asks_for_a_follow_up_the_form_is_about_the_job(
    main: MainWindow, desk: Desk, made: Maker
) -> None:
    made.contract(1, signed_on=TODAY - timedelta(days=20))
    main.navigation.go("go_today")
    page = main.pages.today
    rows = [page.to_do.line(place) for place in range(page.to_do.count())]
    page.to_do.setCurrentRow(next(place for place, line in enumerate(rows) if "J+8" in line.detail))
    press(Qt.Key.Key_Return, widget=page.to_do)
    form = form_of(main)
    assert form._kind.value() == "check_up"
    assert form._next.value()[0] is None, "the check-ups plan themselves"
    form._note.set_text("Ponctuelle.")
    form.save()
    assert noted(desk) == [(Kind.CHECK_UP, Medium.OFFICE, Outcome.HELD, "Ponctuelle.")]


def test_what_is_typed_without_a_rest_is_kept_all_the_same(main: MainWindow, qtbot: QtBot) -> None:
    form = open_form(main)
    kept: list[str] = []
    form._keeper.kept.connect(lambda: kept.append(form._note.text()))
    for _turn in range(30):
        type_text("mot ")
        qtbot.wait(100)
    assert kept, "three seconds of typing without a rest"


def test_a_no_show_noted_here_prepares_what_is_sent(main: MainWindow, qtbot: QtBot) -> None:
    main.actions_register["meeting"].trigger()
    form = form_of(main)
    form._outcome.set_text(Outcome.MISSED)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(main._side.form, ReachForm))


def test_a_page_chosen_over_what_is_typed_says_that_it_is_kept_and_leads_back_to_it(main: MainWindow) -> None:
    main.actions_register["meeting"].trigger()
    type_text("Veut travailler le matin.")
    main.navigation.go(commands.TODAY.id)
    assert main._side.form is None
    assert "gardé" in main.toast.text()
    main.toast._undo.click()
    assert form_of(main)._note.value() == "Veut travailler le matin."


def test_a_page_that_needs_more_room_than_a_form_leaves_steps_aside(main: MainWindow) -> None:
    for page in (commands.AGENDA, commands.TODAY, commands.BENEFICIARIES, commands.COMPANIES):
        main.navigation.go(page.id)
        main.forms.meet(None)
        QApplication.processEvents()
        assert main.width() == 1366, page.id
        main._side.close_form()


def test_tab_goes_through_the_whole_form_and_comes_back_the_same_way(main: MainWindow) -> None:
    main.actions_register["meeting"].trigger()
    there = []
    for _step in range(40):
        there.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or not form_of(main).isAncestorOf(here):
            break
    assert len(set(there)) == len(there), "nothing comes twice"
    names = [widget.objectName() for widget in there if widget is not None]
    for name in ("meeting_private", "meeting_agreed_what_0", "meeting_next", "meeting_save", "meeting_form_close"):
        assert name in names
    form_of(main)._note.setFocus()
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    for _chip in range(8):
        press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.isChecked(), "the outcome that is chosen, not the last one"


@pytest.mark.parametrize(
    ("note", "result"),
    [
        ("tel message sur le répondeur", CallResult.MESSAGE), ("tel : laissé un message", CallResult.MESSAGE),
        ("tel répondeur", CallResult.MESSAGE), ("tel faux numéro", CallResult.WRONG_NUMBER),
        ("tel elle rappelle, message transmis", CallResult.REACHED),
    ],
)  # fmt: skip
def test_the_words_of_a_call_say_how_it_ended(main: MainWindow, desk: Desk, note: str, result: CallResult) -> None:
    main.actions_register["meeting"].trigger()
    type_text(note)
    press(Qt.Key.Key_Return, CTRL)
    ended = desk.see(lambda session: session.scalars(select(Interaction.call_result)).one())
    assert ended == result
