"""A desk left alone locks; what was being typed comes back; forgotten passwords and harmed files find their way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from cef_desk.app import Program
from cef_desk.exchange import safekeeping
from cef_desk.i18n import _
from cef_desk.paths import key_file
from cef_desk.settings import read
from cef_desk.store.backup import folder_of
from cef_desk.store.desk import utc_now
from cef_desk.store.key import new_recovery_key
from cef_desk.ui.kit.idle import IdleWatch
from cef_desk.ui.kit.list_kind import SelectedRows
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.main_window import MainWindow
from tests.journeys.sitting import Clock, form_of, is_open, left_alone, window_of
from tests.make import Maker
from tests.store.keyed import PASSWORD, RECOVERY, opened, people
from tests.ui.keys import type_text


def chosen_in(page: ListPage) -> Any:  # noqa: ANN401  a frozen row
    row = page.chosen()
    assert row is not None
    return row


OPENERS: dict[str, Callable[[MainWindow], object]] = {
    "meeting": lambda window: window.forms.open_meeting(chosen_in(window.pages.beneficiaries)),
    "person": lambda window: window.forms.correct_person(chosen_in(window.pages.beneficiaries)),
    "new person": lambda window: window.forms.new_person(),
    "company": lambda window: window.forms.correct_company(chosen_in(window.pages.companies)),
    "new company": lambda window: window.forms.new_company(),
    "unit": lambda window: window.pages.settings._on_unit_change(),
    "counsellor": lambda window: window.pages.settings._on_counsellor_opened(
        window.pages.settings._values.counsellors[0]  # type: ignore[union-attr]  # read by then
    ),
    "new counsellor": lambda window: window.pages.settings._on_counsellor_add(),
    "row of a list": lambda window: window.pages.settings._on_entry_opened(
        next(iter(window.pages.settings._values.lists.values()))[0]  # type: ignore[union-attr]  # as above
    ),
    "hand over": lambda window: window.forms.transfer(
        SelectedRows(window.pages.beneficiaries.selection(), (chosen_in(window.pages.beneficiaries).id,))
    ),
}
PAGE_OF = {"company": "go_companies", "new company": "go_companies", "unit": "go_settings",
           "counsellor": "go_settings", "new counsellor": "go_settings", "row of a list": "go_settings"}  # fmt: skip


@pytest.mark.parametrize("kind", OPENERS)
def test_every_form_comes_back_after_the_lock_with_what_was_typed(program: Program, keyed: Path, kind: str) -> None:
    program.leave()
    desk = opened(keyed)
    Maker(desk).contract(1)
    desk.close()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    window = window_of(program)
    window.navigation.go(PAGE_OF.get(kind, "go_beneficiaries"))
    OPENERS[kind](window)
    form = form_of(program)
    name = type(form)
    editor = next(each for each in form.findChildren(QLineEdit) if each.isEnabled() and not each.isReadOnly())
    before = editor.text()
    type_text("Æ7", editor)
    typed = form.texts()
    assert editor.text() != before
    left_alone(program, Clock(), 5 * 60)
    assert not is_open(program)
    assert program._desk is None
    assert program.welcome.isVisible()
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not program.welcome]
    program.welcome.password_given.emit("autre chose")
    assert not is_open(program)
    program.welcome.password_given.emit(PASSWORD)
    if kind == "hand over":  # the rows it was about were a selection; what was typed waits for the next one
        OPENERS[kind](window_of(program))
    assert type(form_of(program)) is name
    assert form_of(program).texts() == typed


def test_four_minutes_do_not_lock_and_a_key_begins_the_count_again(program: Program) -> None:
    clock = Clock()
    left_alone(program, clock, 5 * 60 - 1)
    assert is_open(program)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(1, 1), QPointF(1, 1), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    program._idle.eventFilter(program, move)
    assert not move.spontaneous()
    clock.now += 1
    program._idle.look()
    assert not is_open(program), "an event of the program's own making is no sign of life"


def test_a_computer_that_slept_is_locked_when_it_wakes(program: Program) -> None:
    clock = Clock()
    left_alone(program, clock, 10)
    clock.now += 120
    program._idle.look()
    assert not is_open(program)


def test_a_clock_put_back_neither_locks_nor_keeps_from_locking(qapp: QApplication) -> None:
    del qapp
    clock, left = Clock(), []
    watch = IdleWatch(5, clock=clock)
    watch.left_alone.connect(lambda: left.append(clock.now))
    clock.now -= 3600
    watch.look()
    assert left == []
    for _second in range(300):
        clock.now += 1
        watch.look()
    assert len(left) == 1


def test_the_lock_lets_everything_go(program: Program, keyed: Path) -> None:
    board = QGuiApplication.clipboard()
    board.setText("Bruyère")
    window_of(program).actions_register["lock"].trigger()
    assert not is_open(program)
    assert board.text() == ""
    desk = opened(keyed)  # nobody holds it any more
    assert desk.see(people) == 1
    desk.close()
    assert PASSWORD not in " ".join(line.text() for line in program.welcome.findChildren(QLineEdit))


def test_what_is_copied_asks_the_keepers_of_old_clipboards_to_forget_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program._clipboard, "_owns", lambda: True)  # the screen of the tests has no owner
    board = QGuiApplication.clipboard()
    board.setText("Bruyère")
    assert board.text() == "Bruyère"
    assert board.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"


def test_the_lock_of_the_system_locks_the_program(program: Program) -> None:
    program._system.locked.emit()
    assert not is_open(program)


def test_another_delay_counts_at_once_and_is_remembered(program: Program, tmp_path: Path) -> None:
    window = window_of(program)
    window.navigation.go("go_settings")
    window.pages.settings.show_section("security")
    section = window.pages.settings._security
    next(each for each in section._lock.findChildren(QPushButton) if each.objectName() == "lock_minutes_1").click()
    assert read(tmp_path / "settings.json").lock_minutes == 1
    left_alone(program, Clock(), 60)
    assert not is_open(program)


def test_wrong_passwords_wait_longer_and_longer_and_the_right_one_still_opens(program: Program) -> None:
    program.lock()
    unlocking = program.welcome.unlocking
    waits = []
    for _try in range(10):
        program.welcome.password_given.emit("autre chose")
        waits.append(unlocking._wait)
    assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert not unlocking._go.isEnabled()
    unlocking.password.set_text(PASSWORD)
    unlocking._on_go()
    assert not is_open(program), "it has to wait"
    for _second in range(30):
        unlocking._on_second()
    unlocking._on_go()
    assert is_open(program)
    looks = window_of(program).seat.runner._desk.see(
        lambda session: session.execute(text("SELECT reference FROM access_log ORDER BY sequence")).scalars().all()
    )
    assert looks[-1] == "failures:10"


def test_a_forgotten_password_gives_way_to_the_recovery_key(program: Program, keyed: Path) -> None:
    program.lock()
    program.welcome.unlocking.recovery_asked.emit()
    program.welcome.recovery_given.emit(RECOVERY[:-1] + ("0" if RECOVERY[-1] != "0" else "1"), "retrouvée")
    program.welcome.recovery_given.emit(new_recovery_key(), "retrouvée")
    assert not is_open(program)
    program.welcome.recovery_given.emit(RECOVERY, "retrouvée cette fois")
    assert is_open(program)
    program.leave()
    opened(keyed, "retrouvée cette fois").close()


def test_the_password_is_changed_in_the_settings(program: Program, keyed: Path, qtbot: QtBot) -> None:
    from cef_desk.ui.settings.security import PasswordDialog

    window = window_of(program)
    dialog = PasswordDialog(window.seat.runner, window, None)
    qtbot.addWidget(dialog)
    for field, words in (
        (dialog.before, "faux"),
        (dialog.after.password, "une autre"),
        (dialog.after.again, "une autre"),
    ):
        field.set_text(words)
    dialog.go()
    assert "Appuyez de nouveau" in dialog.after.password.error, "it is weak"
    dialog.go()
    assert dialog._trouble.text() == "Mot de passe incorrect."
    dialog.before.set_text(PASSWORD)
    dialog.go()
    assert dialog.result() == 1
    program.leave()
    opened(keyed, "une autre").close()


def test_a_backup_is_made_at_closing_and_restored_from_the_settings(program: Program, keyed: Path) -> None:
    assert not folder_of(keyed).exists()
    program.lock()
    assert len(list(folder_of(keyed).glob("*.cefdesk"))) == 1
    program.welcome.password_given.emit(PASSWORD)
    window = window_of(program)
    window.forms.new_person()
    form = form_of(program)
    for name, words in (("person_last_name", "Épine"), ("person_first_name", "Ada")):
        editor = form.findChild(QLineEdit, name)
        if editor is not None:
            type_text(words, editor)
    form.save()
    window.navigation.go("go_settings")
    section = window.pages.settings._security
    section._keeper.look()
    assert "1 enregistrement fait depuis n’y est pas" in section._backups.line(0).spoken
    section._restore.click()
    box = section.findChild(QMessageBox, "restore_question")
    assert isinstance(box, QMessageBox)
    next(each for each in box.buttons() if each.text() == "Restaurer").click()
    assert not is_open(program)
    program.welcome.password_given.emit(PASSWORD)
    window_of(program).navigation.go("go_beneficiaries")
    assert window_of(program).pages.beneficiaries.table.model().rowCount() == 1
    assert list(keyed.parent.glob("*.replaced-1.cefdesk"))


def test_a_harmed_file_is_told_and_its_backup_brings_it_back(program: Program, keyed: Path) -> None:
    program.leave()
    content = bytearray(keyed.read_bytes())
    content[len(content) // 2] ^= 1
    keyed.write_bytes(content)
    program.welcome.show()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    assert not is_open(program)
    faulty = program.welcome.faulty
    assert "endommagé" in faulty._fault.text()
    assert not faulty._anyway.isVisible()
    assert "contient tout" in faulty.backups.line(0).spoken
    faulty._restore.click()
    window_of(program).navigation.go("go_beneficiaries")
    assert window_of(program).pages.beneficiaries.table.model().rowCount() == 1


def test_an_older_file_in_its_place_is_told_and_opened_only_when_asked(
    program: Program, keyed: Path, made: Path
) -> None:
    Maker(program._desk).pathway("Épine")  # type: ignore[arg-type]  # it is open
    program.leave()
    keyed.write_bytes(made.read_bytes())
    program.welcome.show()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    assert not is_open(program)
    assert "il manque" in program.welcome.faulty._fault.text()
    program.welcome.faulty._anyway.click()
    assert is_open(program)


def test_a_backup_opened_as_a_file_asks_where_to_be_restored(
    program: Program, keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.lock()
    (backup,) = folder_of(keyed).glob("*.cefdesk")
    before = backup.read_bytes()
    place = tmp_path / "restaure.cefdesk"
    monkeypatch.setattr("cef_desk.app.opening.pick_file", lambda *args, **_options: args[3](str(place)))
    program.welcome.open_asked.emit(backup)
    program.welcome.password_given.emit(PASSWORD)
    assert window_of(program).seat.runner._desk.path == place
    assert backup.read_bytes() == before


def test_a_file_without_its_key_file_comes_back_whole(program: Program, keyed: Path) -> None:
    program.leave()
    key_file(keyed).unlink()
    program.welcome.show()
    program.welcome.open_asked.emit(keyed)
    faulty = program.welcome.faulty
    assert "n’est pas à côté" in faulty._fault.text()
    faulty._restore.click()
    program.welcome.password_given.emit(PASSWORD)
    assert is_open(program)


def test_long_work_is_out_of_sight_at_once_and_the_lock_follows_it(
    program: Program, keyed: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    runner = window_of(program).seat.runner
    working = [True]
    monkeypatch.setattr(type(runner), "is_working", property(lambda _runner: working[0]))
    program.lock()
    assert is_open(program), "an import goes on"
    assert not window_of(program).isVisible()
    assert program.welcome.isVisible()
    working[0] = False
    runner.work_ended.emit()
    qtbot.waitUntil(lambda: not is_open(program))
    opened(keyed).close()


def test_a_password_given_while_work_ends_is_tried_after_it(
    program: Program, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    runner = window_of(program).seat.runner
    before, working = window_of(program), [True]
    monkeypatch.setattr(type(runner), "is_working", property(lambda _runner: working[0]))
    program.lock()
    program.welcome.password_given.emit(PASSWORD)
    assert program.window is before, "nothing is open twice"
    working[0] = False
    runner.work_ended.emit()
    qtbot.waitUntil(lambda: is_open(program) and program.window is not before)


def test_a_week_without_a_copy_elsewhere_is_told_and_leads_to_the_backups(
    program: Program, keyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not reminder_of(program).isVisibleTo(window_of(program))
    program.leave()
    later = utc_now() + timedelta(days=7)
    monkeypatch.setattr(safekeeping, "utc_now", lambda: later)
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    reminder = reminder_of(program)
    assert reminder.isVisibleTo(window_of(program))
    reminder.click()
    assert window_of(program).pages.settings.section == "security"


def reminder_of(program: Program) -> QPushButton:
    found = window_of(program).findChild(QPushButton, "no_copy_elsewhere")
    assert isinstance(found, QPushButton)
    return found


def test_every_dialog_is_out_of_sight_when_the_window_is(program: Program) -> None:
    window = window_of(program)
    dialog, sheet = window.open_import(), window.open_shortcuts()
    seen: list[bool] = []
    window.closed.connect(lambda: seen.extend(each.isVisible() for each in (dialog, sheet)))
    program.lock()
    assert seen == [False, False]


def test_the_password_of_a_file_at_fault_is_not_kept(program: Program, keyed: Path, made: Path) -> None:
    Maker(program._desk).pathway("Épine")  # type: ignore[arg-type]  # it is open
    program.leave()
    keyed.write_bytes(made.read_bytes())
    program.welcome.show()
    program.welcome.open_asked.emit(keyed)
    program.welcome.password_given.emit(PASSWORD)
    program.welcome.faulty._anyway.click()
    assert is_open(program)
    assert program._opening._fault is None


def test_a_change_of_look_keeps_the_form_in_view(program: Program, qtbot: QtBot) -> None:
    before = window_of(program)
    before.forms.new_person()
    type_text("Æ7", form_of(program).findChild(QLineEdit, "person_last_name"))
    typed = form_of(program).texts()
    before.look_asked.emit(replace(before.seat.settings, theme="dark"))
    qtbot.waitUntil(lambda: window_of(program) is not before)
    assert form_of(program).texts() == typed


def test_a_backup_keeps_its_keys(program: Program, keyed: Path) -> None:
    program.lock()
    (source,) = folder_of(keyed).glob("*.cefdesk")
    program._opening.ask_password(source)
    assert program.welcome.unlocking._forgotten.isHidden()
    program._opening.ask_password(keyed)
    assert not program.welcome.unlocking._forgotten.isHidden()


def test_the_demonstration_is_not_locked(program: Program, demo_file: Path, tmp_path: Path) -> None:
    import shutil

    program.leave()
    program.welcome.open_asked.emit(Path(shutil.copy(demo_file, tmp_path / "demo.cefdesk")))
    window = window_of(program)
    window.actions_register["lock"].trigger()
    assert program.window is window
    assert window.toast.text() == _("A demonstration has no password: there is nothing to lock.")
