"""Between a question and its answer people go on: nothing lands on somebody else. Answers come from threads here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cef_desk.queries.sitting import sitting
from cef_desk.settings import Settings
from cef_desk.store.desk import Desk
from cef_desk.ui.beneficiaries.form import PersonSheet
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.form import MeetingForm
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.keys import press, type_text


@pytest.fixture
def keys(make: Maker) -> list[int]:
    return [make.pathway(name, "A") for name in ("Aubépine", "Bruyère", "Durand")]


@pytest.fixture
def busy(desk: Desk, keys: list[int], qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose questions are answered by threads, with three people in it."""
    assert keys
    window = MainWindow(Seat(Runner(desk), desk.see(sitting), TODAY, Settings()), "essai.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.pages.beneficiaries.chosen() is not None)
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_enter_opens_what_answers_all_that_was_typed(busy: MainWindow, keys: list[int], qtbot: QtBot) -> None:
    field = busy.top.search
    field.open()
    type_text("Bruy", field)
    qtbot.waitUntil(lambda: any(line.text.startswith("Bruyère") for line in field.lines()))
    field.selectAll()
    type_text("Durand", field)
    press(Qt.Key.Key_Return, widget=field)
    qtbot.waitUntil(lambda: getattr(busy.pages.beneficiaries.chosen(), "id", 0) == keys[2])


def test_a_form_asked_for_and_left_opens_nowhere(busy: MainWindow, qtbot: QtBot) -> None:
    busy.forms.new_person()
    busy.navigation.go("go_companies")
    qtbot.wait(200)
    assert busy.findChildren(PersonSheet) == []
    busy.navigation.go("go_beneficiaries")
    busy.forms.new_person()
    meeting = busy.forms.open_meeting(busy.pages.beneficiaries.chosen())
    qtbot.wait(200)
    assert busy._side.form is meeting, "typing goes on where it began"
    assert isinstance(meeting, MeetingForm)
    assert busy.findChildren(PersonSheet) == []


def test_nobody_is_chosen_from_the_asking_of_a_list_to_its_coming(busy: MainWindow, qtbot: QtBot) -> None:
    page = busy.pages.beneficiaries
    page._filter.setText("Durand")
    page._on_filter_left()
    assert page.chosen() is None, "the row in view is of the list before"
    qtbot.waitUntil(lambda: getattr(page.chosen(), "last_name", "") == "Durand")


def test_a_record_that_is_gone_chooses_nobody_and_is_told(
    busy: MainWindow, desk: Desk, keys: list[int], qtbot: QtBot
) -> None:
    desk.undo()
    busy.open_person(keys[2])
    qtbot.waitUntil(lambda: bool(busy.statusBar().currentMessage()))
    qtbot.wait(200)
    assert busy.pages.beneficiaries.chosen() is None


def test_a_window_closed_while_it_saves_waits_for_the_answer(busy: MainWindow, qtbot: QtBot) -> None:
    form = busy.forms.open_meeting(busy.pages.beneficiaries.chosen())
    form.save()
    busy.close()
    assert busy.isVisible()
    qtbot.waitUntil(lambda: not busy.isVisible())


def test_a_file_taken_away_is_told_and_written_no_more(busy: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    Path(desk.path).rename(desk.path.with_name("ailleurs.cefdesk"))
    form = busy.forms.open_meeting(busy.pages.beneficiaries.chosen())
    form.save()
    busy.close()
    qtbot.waitUntil(form._trouble.isVisible)
    assert desk.path.name in form._trouble.text()
    desk.path.with_name("ailleurs.cefdesk").rename(desk.path)
    form.save()
    qtbot.waitUntil(lambda: busy._side.form is None)
    qtbot.wait(100)
    assert busy.isVisible(), "it was asked to close before, not now"
