"""Somebody did not come: one key, what is sent is prepared in the way that reaches them, the second is told."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.queries.letter_text import letter_text
from cef_desk.queries.letters import letters
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.today.reach import ReachForm
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press

NINE = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9)
WEEK = timedelta(days=7)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(desk: Desk) -> int:
    return Maker(desk).pathway("Bruyère", "Sonia", entered_on=TODAY - 6 * WEEK)


def reached_by(desk: Desk, **known: str) -> None:
    """What is known of the person."""

    def know(session: Session) -> None:
        somebody = session.scalars(select(Beneficiary)).one()
        for name, value in known.items():
            setattr(somebody, name, value)

    desk.do("Know", know)


def missed_at_nine(desk: Desk, person: int, qtbot: QtBot) -> MainWindow:
    """One key, in Ma journée, on the appointment of the day."""
    Maker(desk).meeting(person, NINE, None)
    window = shown(seat_at(desk), qtbot, commands.TODAY.id)
    window.pages.today.diary.setFocus()
    press(Qt.Key.Key_N)
    return window


def form_of(window: MainWindow) -> ReachForm:
    form = window._side.form
    assert isinstance(form, ReachForm)
    return form


def said_in(form: ReachForm) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())


def test_what_is_sent_is_prepared_by_sms_and_noted_when_saved(desk: Desk, person: int, qtbot: QtBot) -> None:
    reached_by(desk, phone="06 41 00 00 01", channel="sms")
    window = missed_at_nine(desk, person, qtbot)
    form = form_of(window)
    assert form._channel.value() == "sms"
    words = form._words.value()
    assert "jeudi 30 novembre 2006 à 9 h" in words
    assert "06 41 00 00 01" in said_in(form)
    press(Qt.Key.Key_Return, CTRL)
    assert window._side.form is None
    assert QGuiApplication.clipboard().text() == words
    last = desk.see(
        lambda session: [(row.kind, row.medium, row.outcome) for row in session.scalars(select(Interaction))]
    )
    assert last == [(Kind.MEETING, Medium.OFFICE, Outcome.MISSED), (Kind.TASK, Medium.PHONE, Outcome.HELD)]
    tomorrow = TODAY + timedelta(days=1)
    assert AlertCode.ABSENCE not in [each.alert.code for each in desk.see(to_do, 1, tomorrow)]


def test_an_e_mail_opens_with_the_words_and_no_reason(
    desk: Desk, person: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    reached_by(desk, email="sonia@example.org", channel="email")
    missed_at_nine(desk, person, qtbot)
    press(Qt.Key.Key_Return, CTRL)
    assert len(opened) == 1
    assert opened[0].startswith("mailto:sonia@example.org?subject=")


def test_the_second_absence_in_a_row_is_counted_and_one_that_was_held_breaks_the_row(
    desk: Desk, person: int, qtbot: QtBot
) -> None:
    made = Maker(desk)
    made.meeting(person, NINE - 4 * WEEK, Outcome.MISSED)
    made.meeting(person, NINE - 3 * WEEK, Outcome.HELD)
    made.meeting(person, NINE - 2 * WEEK, Outcome.MISSED)
    made.meeting(person, NINE - WEEK, Outcome.EXCUSED)
    window = missed_at_nine(desk, person, qtbot)
    assert "2 absences de suite" in said_in(form_of(window))
    (line,) = [each for each in desk.see(to_do, 1, TODAY + WEEK) if each.alert.code is AlertCode.ABSENCE]
    assert line.times == 2


def test_the_line_of_the_day_after_leads_to_the_same_words(desk: Desk, person: int, qtbot: QtBot) -> None:
    made = Maker(desk)
    made.meeting(person, NINE - WEEK, Outcome.MISSED)
    window = shown(seat_at(desk), qtbot, commands.TODAY.id)
    window.pages.today.to_do.setFocus()
    press(Qt.Key.Key_V)
    assert [each.alert.code for each in desk.see(to_do, 1, TODAY)] == [AlertCode.ABSENCE], "V does not rewrite the past"
    press(Qt.Key.Key_Return)
    assert "23/11/2006" in said_in(form_of(window))


def test_a_form_that_is_being_filled_stays(desk: Desk, person: int, qtbot: QtBot) -> None:
    Maker(desk).meeting(person, NINE, None)
    window = shown(seat_at(desk), qtbot, commands.TODAY.id)
    window.actions_register["meeting"].trigger()
    before = window._side.form
    window.pages.today.diary.setFocus()
    press(Qt.Key.Key_N, widget=window.pages.today.diary)
    assert window._side.form is before


def test_the_letter_of_an_absence_says_what_was_missed(desk: Desk, person: int) -> None:
    key = Maker(desk).meeting(person, NINE, Outcome.MISSED)
    (letter,) = desk.see(letters, [key])
    text = letter_text(letter, "Unité d’essai", TODAY)
    assert text.subject == "Objet\N{NO-BREAK SPACE}: rendez-vous non honoré"
    assert text.when.startswith("Je vous attendais le jeudi 30 novembre 2006 à 9\N{NO-BREAK SPACE}h")
    assert not any("minutes" in line for line in text.rest)


def test_after_the_absence_was_undone_nothing_is_noted_of_it(desk: Desk, person: int, qtbot: QtBot) -> None:
    window = missed_at_nine(desk, person, qtbot)
    form = form_of(window)
    desk.undo()
    form.save()
    assert window._side.form is form
    assert "plus une absence" in said_in(form)
    assert len(desk.see(lambda session: list(session.scalars(select(Interaction.id))))) == 1
