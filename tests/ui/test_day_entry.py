"""Saisie du jour: a day in one grid, by keys alone; nothing is decided that nobody chose, nothing saved by halves."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.interaction import Interaction
from cef_desk.rules.kinds import CallResult, Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.day_entry import DayEntryForm
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
NINE = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9)


@pytest.fixture
def made(desk: Desk) -> Maker:
    maker = Maker(desk)
    maker.pathway("Bruyère", "Sonia")
    maker.company("Boulangerie Tournesol")
    maker.contract(maker.pathway("Tilleul", "Karim"), company="Atelier Glycine", signed_on=date(2006, 11, 2))
    return maker


@pytest.fixture
def main(desk: Desk, made: Maker, qtbot: QtBot) -> MainWindow:
    del made
    return shown(seat_at(desk), qtbot)


def opened(main: MainWindow) -> DayEntryForm:
    main.actions_register["day_entry"].trigger()
    form = main._side.form
    assert isinstance(form, DayEntryForm)
    return form


def noted(desk: Desk) -> list[tuple[str, str, str | None, str | None, str, str]]:
    asked = select(Interaction).order_by(Interaction.at, Interaction.id)

    def read(session: Session) -> list[tuple[str, str, str | None, str | None, str, str]]:
        return [
            (row.kind, row.medium, row.outcome, row.call_result, f"{row.at:%H:%M}", row.note)
            for row in session.scalars(asked)
        ]

    return desk.see(read)


def with_somebody(letters: str) -> None:
    """From the hour to the medium, somebody found by a few letters."""
    press(TAB)
    type_text(letters)
    press(ENTER)


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def typed_in() -> str:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    return line.text()


def test_a_meeting_a_call_and_a_visit_are_typed_across_and_saved_together(main: MainWindow, desk: Desk) -> None:
    opened(main)
    type_text("9")
    with_somebody("bruy")
    for _cell in range(3):
        press(TAB)
    type_text("Veut reprendre une formation.")
    press(TAB)
    assert typed_in() == "09:30", "the next one begins when this one ended"
    with_somebody("tille")
    press(DOWN)
    for _cell in range(3):
        press(TAB)
    type_text("Rappelle demain.")
    press(TAB)
    type_text("14h30")
    with_somebody("tourne")
    for _cell in range(3):
        press(TAB)
    type_text("Cherche une vendeuse.")
    press(ENTER, CTRL)
    assert main._side.form is None
    assert noted(desk) == [
        (Kind.MEETING, Medium.OFFICE, Outcome.HELD, None, "09:00", "Veut reprendre une formation."),
        (Kind.MEETING, Medium.PHONE, Outcome.HELD, CallResult.REACHED, "09:30", "Rappelle demain."),
        (Kind.PROSPECTION, Medium.ON_SITE, Outcome.HELD, None, "14:30", "Cherche une vendeuse."),
    ]
    press(Qt.Key.Key_Z, CTRL, main)
    assert noted(desk) == [], "the day is one step"


def test_the_appointments_of_the_day_wait_for_their_outcome_and_keep_what_was_planned(
    main: MainWindow, desk: Desk, made: Maker
) -> None:
    pathway = made.pathway("Charme", "Inès")
    made.meeting(pathway, at=NINE, outcome=None, note="Point\nsur la formation")
    made.meeting(pathway, at=NINE + timedelta(hours=2), outcome=None, note="Atelier")
    opened(main)
    assert focused() == "day_entry_rows_0_outcome"
    press(DOWN)
    press(TAB)
    type_text(" : inscrite")
    press(TAB)
    assert focused() == "day_entry_rows_1_outcome", "what is known already is passed over"
    press(ENTER, CTRL)
    assert [(row[2], row[5]) for row in noted(desk)] == [
        (Outcome.HELD, "Point\nsur la formation : inscrite"), (None, "Atelier"),
    ]  # fmt: skip


def test_somebody_in_a_job_met_in_the_company_is_a_follow_up_of_that_job(main: MainWindow, desk: Desk) -> None:
    form = opened(main)
    type_text("15")
    with_somebody("tille")
    while form._rows._rows[0].medium.currentData() != Medium.ON_SITE:
        press(DOWN)
    assert "Atelier Glycine" in form._rows._rows[0].words.text()
    press(ENTER, CTRL)
    assert [row[:3] for row in noted(desk)] == [(Kind.CHECK_UP, Medium.ON_SITE, Outcome.HELD)]


def test_what_one_row_is_refused_for_is_told_under_it_and_nothing_is_saved(main: MainWindow, desk: Desk) -> None:
    form = opened(main)
    type_text("9")
    with_somebody("bruy")
    for _cell in range(4):
        press(TAB)
    type_text("25h")
    press(TAB)
    type_text("personne de ce nom")
    press(ENTER, CTRL)
    rows = form._rows._rows
    assert main._side.form is form
    assert not rows[0].words.text()
    assert "Choisissez la personne ou l’entreprise" in rows[1].words.text()
    assert focused() == "day_entry_rows_1_with"
    assert noted(desk) == []


def test_a_word_that_a_note_does_without_is_asked_about_in_its_row_once(main: MainWindow, desk: Desk) -> None:
    form = opened(main)
    for hour, words in (("9", "Projet clair."), ("10", "Soigné pour un cancer.")):
        type_text(hour)
        with_somebody("bruy")
        for _cell in range(3):
            press(TAB)
        type_text(words)
        press(TAB)
        for _letter in range(5):
            press(Qt.Key.Key_Backspace)
    press(ENTER, CTRL)
    assert "cancer" in form._rows._rows[1].words.text()
    assert not form._rows._rows[0].words.text()
    assert noted(desk) == []
    press(ENTER, CTRL)
    assert [row[5] for row in noted(desk)] == ["Projet clair.", "Soigné pour un cancer."]


def test_a_day_begun_is_there_again_when_the_grid_opens_again(main: MainWindow, desk: Desk) -> None:
    opened(main)
    type_text("9")
    with_somebody("bruy")
    for _cell in range(3):
        press(TAB)
    type_text("À finir")
    press(Qt.Key.Key_Escape)
    assert main._side.form is None
    form = opened(main)
    assert [(entry.note, f"{entry.at:%H:%M}") for entry in form._rows.value()] == [("À finir", "09:00")]
    press(ENTER, CTRL)
    assert [row[5] for row in noted(desk)] == ["À finir"]


def test_a_day_to_come_is_told_at_its_field(main: MainWindow, desk: Desk) -> None:
    form = opened(main)
    type_text("9")
    with_somebody("bruy")
    form._day.select()
    type_text("+1")
    press(ENTER, CTRL)
    assert "à venir" in form._day.error
    assert noted(desk) == []


def test_a_day_left_unsaved_keeps_its_date_when_it_is_taken_up_the_day_after(
    desk: Desk, made: Maker, qtbot: QtBot
) -> None:
    made.meeting(made.pathway("Charme"), at=NINE, outcome=None)
    main = shown(seat_at(desk), qtbot)
    opened(main)
    press(DOWN)
    press(Qt.Key.Key_Escape)
    main.close()
    later = shown(replace(seat_at(desk), today=TODAY + timedelta(days=1)), qtbot)
    form = opened(later)
    assert form._day.value() == TODAY
    press(ENTER, CTRL)
    assert [row[2] for row in noted(desk)] == [Outcome.HELD]
    assert desk.see(lambda session: list(session.scalars(select(Interaction.at)))) == [NINE]


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\u2029", "\t", "\n", "emoji 🌻", "é" * 500])
def test_whatever_a_note_holds_the_day_opens_again(main: MainWindow, made: Maker, mark: str) -> None:
    made.meeting(made.pathway("Charme"), at=NINE, outcome=None, note=f"avant{mark}après")
    form = opened(main)
    form._rows._rows[-1].note.setText(f"un{mark}deux")
    form._rows._rows[-1].edited.emit(form._rows._rows[-1])
    press(Qt.Key.Key_Escape)
    assert len(opened(main)._rows._rows) >= 3


def test_a_company_to_call_stands_once_however_often_the_day_is_read(main: MainWindow, made: Maker) -> None:
    company = made.company("Boulangerie Colza")
    for _turn in range(2):
        main.forms.call_company(company)
        form = main._side.form
        assert isinstance(form, DayEntryForm)
        form._day.set_day(TODAY - timedelta(days=1))
        form._day.edited.emit()
        held = [row for row in form._rows._rows if "Colza" in row.contact.text()]
        assert len(held) == 1
        press(Qt.Key.Key_Escape)


def test_subjects_of_an_appointment_are_kept(main: MainWindow, desk: Desk, made: Maker) -> None:
    key = made.meeting(made.pathway("Charme"), at=NINE, outcome=None)

    def about(session: Session) -> None:
        session.get_one(Interaction, key).subject_codes = "PROJET"

    desk.do("About", about)
    opened(main)
    press(DOWN)
    press(ENTER, CTRL)
    assert desk.see(lambda session: session.get_one(Interaction, key).subject_codes) == "PROJET"
    assert noted(desk)[0][2] == Outcome.HELD


def test_tab_takes_the_name_that_is_highlighted(main: MainWindow) -> None:
    form = opened(main)
    type_text("9")
    press(TAB)
    type_text("bruy")
    press(TAB)
    assert focused() == "day_entry_rows_0_medium"
    assert form._rows._rows[0].contact.value() is not None


def test_a_page_that_the_grid_covers_comes_back_into_view_with_what_was_typed_kept(main: MainWindow) -> None:
    main.navigation.go(commands.TODAY.id)
    grid = opened(main)
    type_text("9")
    with_somebody("bruy")
    press(Qt.Key.Key_F2)
    assert main._side.form is not grid
    assert main.pages.today.isVisible()
    assert "gardé" in main.toast.text()
    main.toast._undo.click()
    again = main._side.form
    assert isinstance(again, DayEntryForm)
    assert again._rows._rows[0].contact.value() is not None
