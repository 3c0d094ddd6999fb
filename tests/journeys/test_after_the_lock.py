"""What a lock, a kill or another file leave behind: the place one was at, what was being typed, what was done."""

import gc
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from cef_desk.app import Program
from cef_desk.exchange.safekeeping import restored
from cef_desk.paths import key_file
from cef_desk.store.backup import folder_of
from cef_desk.store.desk import Desk
from cef_desk.ui.kit.controls import button
from tests.journeys.sitting import Clock, form_of, is_open, left_alone, window_of
from tests.make import Maker
from tests.store.keyed import PASSWORD, RECOVERY, copied, opened


def notes_of(program: Program) -> QPlainTextEdit:
    found = form_of(program).findChild(QPlainTextEdit, "meeting_notes")
    assert found is not None
    return found


def meet(program: Program, words: str) -> None:
    window_of(program).actions_register["meeting"].trigger()
    notes_of(program).setPlainText(words)
    form_of(program)._on_edited()


def test_the_hour_proposed_comes_back_with_what_was_typed(
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cef_desk.ui.forms._hour_now", lambda: "09:05")
    meet(program, "Cherche un stage")
    monkeypatch.setattr("cef_desk.ui.forms._hour_now", lambda: "13:40")
    program.lock()
    program.welcome.password_given.emit(PASSWORD)
    hour = form_of(program).findChild(QLineEdit, "meeting_time")
    assert hour is not None
    assert hour.text() == "09:05"


def test_after_the_lock_one_is_where_one_was(program: Program, keyed: Path) -> None:
    program.leave()
    desk = opened(keyed)
    for name in ("Épine", "Ormeau", "Saule"):
        Maker(desk).pathway(name)
    desk.close()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    window_of(program).navigation.go("go_beneficiaries")
    page = window_of(program).pages.beneficiaries
    third = page.table.model().index(2, 0)
    page.table.setCurrentIndex(third)
    row = page.chosen()
    assert row is not None
    meet(program, "Cherche un stage")
    program.lock()
    program.welcome.password_given.emit(PASSWORD)
    again = window_of(program).pages.beneficiaries.chosen()
    assert again is not None
    assert again.id == row.id
    assert row.name in form_of(program)._about.accessibleName()
    window_of(program).actions_register["security"].trigger()
    program.lock()
    program.welcome.password_given.emit(PASSWORD)
    assert window_of(program).pages.settings.section == "security"


def test_what_was_being_typed_at_a_kill_is_offered_at_the_next_opening(
    program: Program,
    keyed: Path,
) -> None:
    meet(program, "Cherche un stage")
    form_of(program)._keeper.keep_now()
    elsewhere = keyed.parent / "killed"
    elsewhere.mkdir()
    for each in (keyed, key_file(keyed), keyed.with_name(keyed.name + "-wal")):
        shutil.copyfile(each, elsewhere / each.name)
    program.leave()
    program.welcome.open_asked.emit(elsewhere / keyed.name)
    program.welcome.password_given.emit(PASSWORD)
    toast = window_of(program).toast
    assert "n’a pas été enregistrée" in toast.text()
    toast._undo.click()
    assert notes_of(program).toPlainText() == "Cherche un stage"


def test_a_key_begins_the_count_of_the_lock_again(program: Program) -> None:
    clock = Clock()
    left_alone(program, clock, 5 * 60 - 1)
    QTest.keyClick(window_of(program), Qt.Key.Key_Shift)
    for _second in range(5 * 60 - 1):
        clock.now += 1
        program._idle.look()
    assert is_open(program)
    clock.now += 1
    program._idle.look()
    assert not is_open(program)


def test_a_lock_lets_the_file_and_its_engine_go(program: Program) -> None:
    def open_desks() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return sum(type(each) is Desk for each in gc.get_objects())

    before = open_desks()
    for _time in range(3):
        program.lock()
        program.welcome.password_given.emit(PASSWORD)
    assert open_desks() <= before + 1, "a window may wait for its end"


def test_another_file_is_opened_without_leaving_the_program(
    program: Program,
    made: Path,
    tmp_path: Path,
) -> None:
    other = tmp_path / "autre"
    other.mkdir()
    window_of(program).actions_register["other_file"].trigger()
    assert not is_open(program)
    assert program.welcome.isVisible()
    program.welcome.open_asked.emit(copied(made, other))
    program.welcome.password_given.emit(PASSWORD)
    assert window_of(program).seat.runner.path.parent == other


def test_what_is_wrong_with_a_place_offers_no_backup_in_the_file_s_stead(
    program: Program,
    keyed: Path,
    tmp_path: Path,
) -> None:
    program.leave()
    shared = tmp_path / "Dropbox"
    shared.mkdir()
    moved = copied(keyed, shared)
    shutil.copytree(folder_of(keyed), folder_of(moved))
    program.welcome.show()
    program.welcome.open_asked.emit(moved)
    program.welcome.password_given.emit(PASSWORD)
    assert not is_open(program)
    assert "Dropbox" in program.welcome.unlocking._trouble.text()
    assert not [each for each in program.welcome.findChildren(QPushButton, "fault_restore") if each.isVisible()]


def test_a_restoration_and_a_forgotten_password_say_what_was_done(
    program: Program,
    keyed: Path,
) -> None:
    program.lock()
    program.welcome.recovery_given.emit(RECOVERY, "une autre phrase")
    assert "Le mot de passe est changé" in window_of(program).toast.text()
    (backup,) = folder_of(keyed).glob("*.cefdesk")
    program._on_restore_asked(backup)
    program.welcome.password_given.emit("une autre phrase")
    assert "unite.replaced-1.cefdesk" in window_of(program).toast.text()


def test_a_backup_opens_with_the_recovery_key(program: Program, keyed: Path) -> None:
    program.lock()
    (backup,) = folder_of(keyed).glob("*.cefdesk")
    program._opening.ask_password(backup)
    assert "clé de secours" in program.welcome.unlocking.password.label.text()
    restored(backup, keyed, lambda: RECOVERY)
    opened(keyed).close()


def test_enter_presses_the_button_that_has_the_focus(qapp: QApplication, qtbot: object) -> None:
    del qapp, qtbot
    pressed: list[bool] = []
    made_here = button("go", "Go", lambda: pressed.append(True))
    QTest.keyClick(made_here, Qt.Key.Key_Return)
    assert pressed == [True]


def test_a_second_lock_takes_back_the_password_given_before_it(
    program: Program, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    runner, working = window_of(program).seat.runner, [True]
    monkeypatch.setattr(type(runner), "is_working", property(lambda _runner: working[0]))
    program.lock()
    program.welcome.password_given.emit(PASSWORD)
    program.lock()
    working[0] = False
    runner.work_ended.emit()
    qtbot.waitUntil(lambda: not is_open(program))
    qtbot.wait(20)
    assert not is_open(program)


def test_another_file_asked_for_while_work_ends_is_opened_after_it(
    program: Program, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    elsewhere = tmp_path / "autre"
    elsewhere.mkdir()
    other, before = copied(made, elsewhere), window_of(program)
    runner, working = before.seat.runner, [True]
    monkeypatch.setattr(type(runner), "is_working", property(lambda _runner: working[0]))
    before.actions_register["other_file"].trigger()
    program.welcome.open_asked.emit(other)
    assert program.window is before
    working[0] = False
    runner.work_ended.emit()
    qtbot.waitUntil(lambda: not is_open(program))
    program.welcome.password_given.emit(PASSWORD)
    assert window_of(program).seat.runner.path == other


def test_a_lock_takes_the_recovery_key_of_a_new_file_off_the_screen(program: Program, tmp_path: Path) -> None:
    program.leave()
    path = tmp_path / "neuf.cefdesk"
    program.welcome.begin_asked.emit(path, "Unité", "CEF01", "", PASSWORD)
    assert program.welcome.recovery._shown.text()
    program.lock()
    assert not program.welcome.recovery._shown.text()
    program.welcome.password_given.emit(PASSWORD)
    assert window_of(program).seat.runner.path == path


@pytest.mark.parametrize(
    ("form", "subject", "fields"),
    [
        ("meeting_form", "pathway:77", '{"meeting_notes": "x"}'), ("person_form", "beneficiary:77", '{"a": "x"}'),
        ("meeting_form", "pathway:1", "not json"), ("meeting_form", "pathway:1", "[1]"),
        ("other_form", "nothing:1", '{"a": "x"}'), ("person_form", "beneficiary:" + "9" * 40, '{"a": "x"}'),
        ("meeting_form", "pathway:1", "{}"),
    ],
)  # fmt: skip
def test_an_entry_about_nobody_or_that_makes_no_sense_is_not_offered(
    program: Program, keyed: Path, form: str, subject: str, fields: str
) -> None:
    program.leave()
    desk = opened(keyed)
    with desk._engine.begin() as connection:
        connection.execute(
            text("INSERT INTO unfinished (counsellor_id, form, subject, fields, saved_at) "
                 "VALUES (1, :form, :subject, :fields, '2026-01-01 00:00:00')"),
            {"form": form, "subject": subject, "fields": fields},
        )  # fmt: skip
    desk.close()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    assert not window_of(program).toast.isVisible()
