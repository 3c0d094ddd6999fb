"""The whole road once: a meeting typed, seen, undone, redone, kept; a figure counted and printed."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cef_desk.queries.person_rows import PersonRow
from cef_desk.queries.sitting import sitting
from cef_desk.queries.tables import table_counts
from cef_desk.queries.unfinished import unfinished
from cef_desk.settings import Settings
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.form import MeetingForm
from tests.conftest import TODAY, sit_down
from tests.journeys.walked_rooms import rooms, rooms_walked
from tests.ui.keys import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def demo_copy(demo_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "demo.cefdesk"))


def window_on(desk: Desk, qtbot: QtBot, *, inline: bool = True) -> MainWindow:
    seat = Seat(Runner(desk, inline=inline), desk.see(sitting), TODAY, Settings())
    window = MainWindow(seat, "demo.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigation.go(commands.BENEFICIARIES.id)
    window.page().take_focus()
    return window


def chosen(window: MainWindow) -> PersonRow:
    row = window.pages.beneficiaries.chosen()
    assert isinstance(row, PersonRow)
    return row


def form_of(window: MainWindow) -> MeetingForm:
    forms = [form for form in window.findChildren(MeetingForm) if form.isVisible()]
    assert len(forms) == 1
    return forms[0]


def test_a_meeting_is_typed_seen_undone_redone_and_there_after_closing(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    assert window.pages.beneficiaries.table.hasFocus()
    for _turn in range(3):
        press(Qt.Key.Key_Down)
    person = chosen(window)
    before = person.last_meeting
    assert before != TODAY
    window.actions_register["meeting"].trigger()
    form = form_of(window)
    note = form.findChild(QPlainTextEdit, "meeting_notes")
    assert note is not None
    assert note.hasFocus()
    type_text("Reçue à l’heure ; œuvre à son CV.")
    press(Qt.Key.Key_Return, CONTROL)
    assert chosen(window).id == person.id
    assert chosen(window).last_meeting == TODAY
    assert window.toast.isVisible()
    window.actions_register["undo"].trigger()
    assert chosen(window).last_meeting == before
    window.actions_register["redo"].trigger()
    assert chosen(window).last_meeting == TODAY
    window.close()
    desk.close()
    again = sit_down(demo_copy)
    second = window_on(again, qtbot)
    second.pages.beneficiaries.table.choose(person.id)
    assert chosen(second).last_meeting == TODAY
    second.close()
    again.close()


def test_a_meeting_takes_at_most_eight_keys_besides_its_words(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    assert window.actions_register["meeting"].shortcut().toString() == "Ctrl+E"
    window.actions_register["meeting"].trigger()  # Ctrl, E
    type_text("Mots.")
    press(Qt.Key.Key_Return, CONTROL)  # Ctrl, Enter
    assert chosen(window).last_meeting == TODAY
    window.close()
    desk.close()


def test_bad_input_is_marked_where_it_was_typed_and_loses_nothing(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    form = window.forms.open_meeting(chosen(window))
    day, note = form.findChild(QLineEdit, "meeting_date"), form.findChild(QPlainTextEdit, "meeting_notes")
    assert day is not None
    assert note is not None
    type_text("Ce qui a été dit.")
    for typed, words in (
        ("31/02", "Date impossible ou illisible"),
        ("01/01/1930", "ne peut pas précéder la naissance"),
    ):
        day.selectAll()
        type_text(typed, day)
        form.save()
        assert form.isVisible()
        assert words in " ".join(field.error for field in form._fields)
    assert note.toPlainText() == "Ce qui a été dit."
    day.selectAll()
    type_text("hier", day)
    assert "mercredi 29 novembre 2006" in day.accessibleDescription()
    form.save()
    assert chosen(window).last_meeting == date(2006, 11, 29)
    window.close()
    desk.close()


def test_what_was_being_typed_comes_back_after_the_window_is_gone(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    person = chosen(window)
    form = window.forms.open_meeting(person)
    steps = desk.undo_label
    type_text("Phrase commencée")
    window.close()
    assert desk.undo_label == steps, "an unfinished form is no step of the journal"
    desk.close()
    del form
    again = sit_down(demo_copy)
    second = window_on(again, qtbot)
    form = second.forms.open_meeting(person)
    note = form.findChild(QPlainTextEdit, "meeting_notes")
    assert note is not None
    assert note.toPlainText() == "Phrase commencée"
    form.save()
    third = second.forms.open_meeting(person)
    empty = third.findChild(QPlainTextEdit, "meeting_notes")
    assert empty is not None
    assert empty.toPlainText() == ""
    second.close()
    again.close()


def test_the_walk_of_a_meeting_goes_only_through_the_rooms_of_the_house(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    form = window.forms.open_meeting(chosen(window))
    type_text("Mots.")
    with rooms_walked() as walked:
        form.save()
    assert rooms(walked) == {"ui", "actions", "model", "rules", "store", "queries"}
    first = {name: walked.index(name) for name in dict.fromkeys(walked)}
    road = ["ui.meetings.form", "ui.kit.runner", "store.desk", "store.journal", "model.interaction"]
    assert [first[name] for name in road] == sorted(first[name] for name in road)
    assert first["ui.meetings.form"] < first["actions.interactions"] < first["ui.kit.runner"], "the draft goes down"
    assert "actions.interactions" in walked[first["store.desk"] :], "the action runs inside the desk"
    saved = max(number for number, name in enumerate(walked) if name == "actions.interactions")
    assert "queries.people" in walked[saved:], "the list is read again after the save"
    assert not any(name.startswith(("reports", "exchange", "ui.reports")) for name in walked)
    window.close()
    desk.close()


def test_the_walk_of_a_figure_goes_only_through_the_rooms_of_the_house(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    page = window.pages.reports
    with rooms_walked() as walked:
        window.navigation.go(commands.REPORTS.id)
    assert page.pdf.startswith(b"%PDF")
    assert rooms(walked) == {"ui", "store", "queries", "rules", "reports"}
    first = {name: walked.index(name) for name in dict.fromkeys(walked)}
    road = [
        "ui.reports.page", "ui.kit.runner", "store.desk", "queries.month", "queries.figures", "reports.month_sheet",
        "reports.parts",
    ]  # fmt: skip
    assert [first[name] for name in road] == sorted(first[name] for name in road)
    printed = walked.index("reports.month_sheet")
    after = {name for name in walked[printed:] if name.startswith(("store", "queries", "actions"))}
    assert after <= {"queries.figures", "queries.month", "store.trouble", "store.desk"}, (
        "a sheet tells its own day, nothing else is asked"
    )
    window.close()
    desk.close()


def test_the_same_walk_on_the_worker_thread(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot, inline=False)
    qtbot.waitUntil(lambda: window.pages.beneficiaries.chosen() is not None)
    form = window.forms.open_meeting(chosen(window))
    type_text("Mots.", form.findChild(QPlainTextEdit, "meeting_notes"))
    form.save()
    qtbot.waitUntil(lambda: chosen(window).last_meeting == TODAY)
    window.seat.runner.undo(then=window._undoing._on_undone)
    qtbot.waitUntil(lambda: chosen(window).last_meeting != TODAY)
    window.navigation.go(commands.REPORTS.id)
    qtbot.waitUntil(lambda: window.pages.reports.pdf.startswith(b"%PDF"))
    window.close()
    desk.close()


def test_a_month_is_walked_saved_and_its_lack_told(demo_copy: Path, qtbot: QtBot, tmp_path: Path) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    window.navigation.go(commands.REPORTS.id)
    page = window.pages.reports
    november = page.pdf
    page.save_to(tmp_path / "x.pdf")
    assert window.toast.text() == "x.pdf est écrit."
    assert (tmp_path / "x.pdf").read_bytes() == november
    page.choices.go(-1)
    assert page.pdf.startswith(b"%PDF")
    assert page.pdf != november
    page.choices.go(2)
    assert page.pdf == b""
    assert page._trouble.text() == "Ce mois n’a pas encore commencé."
    assert not page.choices._later.isEnabled()
    assert not page._save.isEnabled()
    page.show_month(date(2005, 2, 1))
    assert "a ouvert le 01/03/2005" in page._trouble.text()
    window.close()
    desk.close()


def test_a_spreadsheet_is_taken_in_from_the_window(file: Path, qtbot: QtBot) -> None:
    from cef_desk.paths import resources

    desk = sit_down(file)
    window = window_on(desk, qtbot)
    assert chosen_or_none(window) is None
    dialog = window.open_import()
    dialog.take(resources() / "demo" / "suivi-cef-2006.csv")
    assert "À créer" in dialog._sentences.text()
    assert chosen_or_none(window) is None
    dialog._go.click()
    assert "Import terminé" in dialog._sentences.text()
    assert chosen(window).name == "DUPONT Marie"
    assert dialog._take_back.isVisible()
    dialog._take_back.click()
    assert "annulé" in dialog._sentences.text()
    assert chosen_or_none(window) is None
    dialog.take(resources() / "demo" / "suivi-cef-2006.csv")
    dialog._go.click()
    dialog.take(resources() / "demo" / "suivi-cef-2006.csv")
    assert not dialog._go.isEnabled()
    dialog.take(file.with_name("absent.csv"))
    assert "absent.csv" in dialog._trouble.text()
    dialog.close()
    window.close()
    desk.close()


def chosen_or_none(window: MainWindow) -> PersonRow | None:
    return window.pages.beneficiaries.chosen()


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme.wear(qapp, "light", 100)


def test_a_file_let_go_is_not_opened_again_by_what_was_under_way(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    before = desk.see(table_counts)["interaction"]
    window = window_on(desk, qtbot, inline=False)
    qtbot.waitUntil(lambda: window.pages.beneficiaries.chosen() is not None)
    form = window.forms.open_meeting(chosen(window))
    type_text("Mots.", form.findChild(QPlainTextEdit, "meeting_notes"))
    form.save()
    window.pages.beneficiaries.refresh()
    window.close()
    assert window.isVisible(), "what is being saved is waited for"
    qtbot.waitUntil(lambda: not window.isVisible())
    desk.close()
    qtbot.wait(100)
    window.pages.beneficiaries.refresh()
    assert [path.name for path in demo_copy.parent.glob("demo.cefdesk*")] == ["demo.cefdesk"]
    kept = sit_down(demo_copy)
    assert kept.see(table_counts)["interaction"] == before + 1
    kept.close()


def test_a_form_saved_and_left_at_once_is_saved_once_and_not_offered_again(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    before = desk.see(table_counts)["interaction"]
    window = window_on(desk, qtbot, inline=False)
    qtbot.waitUntil(lambda: window.pages.beneficiaries.chosen() is not None)
    person = chosen(window)
    form = window.forms.open_meeting(person)
    type_text("Mots.", form.findChild(QPlainTextEdit, "meeting_notes"))
    form.save()
    form.close_form()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    desk.close()
    again = sit_down(demo_copy)
    assert again.see(table_counts)["interaction"] == before + 1
    assert again.see(unfinished, 1, "meeting_form", f"pathway:{person.id}") is None
    again.close()


def test_a_refusal_reaches_the_person_even_when_they_went_on(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot, inline=False)
    qtbot.waitUntil(lambda: window.pages.beneficiaries.chosen() is not None)
    form = window.forms.open_meeting(chosen(window))
    day = form.findChild(QLineEdit, "meeting_date")
    assert day is not None
    day.selectAll()
    type_text("01/01/1930", day)
    form.save()
    window.navigation.go(commands.REPORTS.id)
    qtbot.waitUntil(lambda: any(field.error for field in form._fields))
    assert form.isVisible()
    window.close()
    desk.close()


def test_an_entry_given_up_is_forgotten_and_an_empty_date_is_told(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    person = chosen(window)
    form = window.forms.open_meeting(person)
    type_text("Pour quelqu’un d’autre")
    day = form.findChild(QLineEdit, "meeting_date")
    assert day is not None
    day.clear()
    form.save()
    assert "Il faut une date" in " ".join(field.error for field in form._fields)
    form._keeper.keep_now()
    form._give_up.click()
    assert desk.see(unfinished, 1, "meeting_form", f"pathway:{person.id}") is None
    assert window.toast.text() == "Saisie abandonnée"
    empty = window.forms.open_meeting(person).findChild(QPlainTextEdit, "meeting_notes")
    assert empty is not None
    assert empty.toPlainText() == ""
    form_of(window).close_form()
    window.toast._undo.click()
    note = window.forms.open_meeting(person).findChild(QPlainTextEdit, "meeting_notes")
    assert note is not None
    assert note.toPlainText() == "Pour quelqu’un d’autre"
    window.close()
    desk.close()


def test_what_was_kept_is_not_lost_when_typing_begins_before_it_is_read(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    person = chosen(window)
    type_into = window.forms.open_meeting(person)
    type_text("Longue phrase")
    type_into.close_form()
    window.close()
    slow = window_on(desk, qtbot, inline=False)
    qtbot.waitUntil(lambda: slow.pages.beneficiaries.chosen() is not None)
    form = slow.forms.open_meeting(person)
    note = form.findChild(QPlainTextEdit, "meeting_notes")
    assert note is not None
    note.setPlainText("a")
    form._keeper.keep_now()
    qtbot.waitUntil(lambda: "Longue phrase" in note.toPlainText())
    assert note.toPlainText() == "Longue phrase\na"
    slow.close()
    desk.close()


def test_an_import_previewed_is_the_import_done(file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    one, two = tmp_path / "un.csv", tmp_path / "deux.csv"
    one.write_text("Nom;Prénom;Né(e) le\nAjonc;Un;01/02/1970\n", encoding="utf-8")
    two.write_text("Nom;Prénom;Né(e) le\nBleuet;Deux;01/02/1970\nCèdre;Trois;01/02/1970\n", encoding="utf-8")
    desk = sit_down(file)
    window = window_on(desk, qtbot, inline=False)
    dialog = window.open_import()
    dialog.take(one)
    dialog.take(two)
    qtbot.waitUntil(dialog._go.isEnabled)
    assert "personnes 2," in dialog._sentences.text()
    two.write_text("Nom;Prénom;Né(e) le\nAutre;Chose;01/02/1970\n", encoding="utf-8")
    dialog._go.click()
    qtbot.waitUntil(dialog._take_back.isVisible)
    assert desk.see(table_counts)["beneficiary"] == 2
    dialog.close()
    window.close()
    desk.close()


def test_the_page_saved_is_the_month_named(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot, inline=False)
    window.navigation.go(commands.REPORTS.id)
    qtbot.waitUntil(lambda: bool(window.pages.reports.pdf))
    november = window.pages.reports.pdf
    window.pages.reports.choices.go(-1)
    assert window.pages.reports.pdf == b""
    assert not window.pages.reports._save.isEnabled()
    qtbot.waitUntil(lambda: bool(window.pages.reports.pdf))
    assert window.pages.reports.pdf != november
    window.close()
    desk.close()


def test_from_the_filter_the_keyboard_goes_on_to_the_list_and_the_meeting(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    window.actions_register["filter"].trigger()
    line = window.pages.beneficiaries.findChild(QLineEdit, "people_filter")
    assert line is not None
    assert line.hasFocus()
    type_text("fougere")
    press(Qt.Key.Key_Down)
    empty = window.pages.beneficiaries._empty.button
    assert empty.hasFocus(), "nobody of mine: the way to look further has the cursor"
    line.setFocus()
    line.setText("BERGÉR")
    press(Qt.Key.Key_Down)
    assert window.pages.beneficiaries.table.hasFocus()
    assert chosen(window).name.startswith("Bergeronnette ")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_E, CONTROL)
    assert form_of(window).isVisible()
    window.close()
    desk.close()


def test_a_complaint_goes_when_what_it_spoke_of_is_mended(demo_copy: Path, qtbot: QtBot) -> None:
    desk = sit_down(demo_copy)
    window = window_on(desk, qtbot)
    form = window.forms.open_meeting(chosen(window))
    day = form.findChild(QLineEdit, "meeting_date")
    assert day is not None
    day.selectAll()
    type_text("01/01/1930", day)
    form.save()
    assert any(field.error for field in form._fields)
    day.selectAll()
    type_text("hier", day)
    assert not any(field.error for field in form._fields)
    window.close()
    desk.close()
