"""From nothing to an open file: the welcome, a new file, a password, the demonstration."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cef_desk.actions.unit import UnitDraft
from cef_desk.app import Program, speak
from cef_desk.arguments import Arguments
from cef_desk.exchange.new_file import new_file
from cef_desk.paths import key_file
from cef_desk.settings import Settings, read
from cef_desk.store.key import recovery_key_of
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.main_window import MainWindow
from tests.ui.keys import type_text

PASSWORD = "une phrase à moi"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    speak(qapp)
    theme.wear(qapp, "light", 100)
    options = argparse.Namespace(database=None, password_file=None, today=None, screenshots=None, quit=False)
    made = Program(Arguments(options, Settings(), tmp_path / "settings.json"), inline=True)
    yield made
    made.leave()


def complaint(program: Program) -> str:
    labels = program.welcome.findChildren(PlainLabel, "welcome_trouble")
    return " ".join(label.text() for label in labels if label.isVisible())


def line(program: Program, name: str) -> QLineEdit:
    found = program.welcome.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_a_file_is_begun_locked_away_and_opened_with_its_password(program: Program, tmp_path: Path) -> None:
    program.begin()
    program.welcome.show_beginning()
    form = program.welcome.beginning
    asked: list[bool] = []
    form.ready.connect(lambda: asked.append(True))
    form._on_go()
    assert form.unit.error == "Il faut un nom d’unité."
    for name, text in (("begin_unit", "Unité 49"), ("begin_name", "Zoé"), ("begin_code", "CEF01")):
        type_text(text, line(program, name))
    form._on_go()
    assert "Il faut un mot de passe" in form.chosen.password.error
    type_text(PASSWORD, line(program, "begin_password"))
    assert "7 mots" in form.chosen.password.words.text()
    form._on_go()
    assert form.chosen.again.error == "Les deux mots de passe diffèrent."
    type_text(PASSWORD, line(program, "begin_password_again"))
    assert asked == []
    form._on_go()
    assert asked == []
    assert "Appuyez de nouveau" in form.chosen.password.error
    form._on_go()
    assert asked == [True]
    path = tmp_path / "unite.cefdesk"
    program.welcome._on_begin_chosen(str(path))
    assert program.window is None, "first the recovery key goes to paper"
    assert recovery_key_of(program.welcome.recovery._shown.text())
    program.welcome.recovery._go.click()
    assert window_of(program).seat.sitting.unit == "Unité 49"
    assert read(tmp_path / "settings.json").last_file == str(path)
    program.leave()
    program.welcome.show()
    program.welcome.open_asked.emit(path)
    program.welcome.password_given.emit("autre chose")
    assert complaint(program) == "Mot de passe incorrect."
    assert line(program, "unlock_password").selectedText() == line(program, "unlock_password").displayText()
    program.welcome.password_given.emit(PASSWORD)
    assert complaint(program) == ""
    assert window_of(program).seat.sitting.counsellor_code == "CEF01"


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def test_the_demonstration_opens_in_one_gesture(program: Program, tmp_path: Path) -> None:
    program.begin()
    program.welcome.demo_asked.emit(tmp_path / "demo.cefdesk")
    assert window_of(program).navigation.page() == "go_today", "the day is there as the file opens"
    window_of(program).navigation.go("go_beneficiaries")
    assert window_of(program).pages.beneficiaries.table.model().rowCount() == 74


def test_another_look_keeps_the_file_the_page_and_the_names_hidden(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    program.begin()
    program.welcome.demo_asked.emit(tmp_path / "demo.cefdesk")
    before = window_of(program)
    before.navigation.go("go_companies")
    before.actions_register["mask"].trigger()
    before.look_asked.emit(replace(before.seat.settings, theme="dark", text_size=125, language="en"))
    qtbot.waitUntil(lambda: window_of(program) is not before)
    after = window_of(program)
    assert after.page() is after.pages.companies
    assert after.seat.mask.on, "nobody beside is shown a name by a change of size"
    assert after.pages.companies.kind.title == "Companies"
    assert theme.tokens() is theme.DARK
    kept = read(tmp_path / "settings.json")
    assert (kept.theme, kept.text_size, kept.language) == ("dark", 125, "en")
    after.look_asked.emit(replace(after.seat.settings, theme="light", text_size=100, language="fr"))
    qtbot.waitUntil(lambda: window_of(program) is not after)
    assert window_of(program).pages.companies.kind.title == "Entreprises"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    after = window_of(program)
    after.look_asked.emit(replace(after.seat.settings, language="en"))
    qtbot.waitUntil(lambda: window_of(program) is not after)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    window_of(program).look_asked.emit(replace(after.seat.settings, language="fr"))
    qtbot.waitUntil(lambda: QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler")


def test_what_cannot_be_opened_is_told_and_the_welcome_stays(program: Program, tmp_path: Path) -> None:
    program.begin()
    program.welcome.open_asked.emit(tmp_path / "absent.cefdesk")
    assert "introuvable" in complaint(program)
    foreign = tmp_path / "lettre.cefdesk"
    foreign.write_text("Bonjour")
    program.welcome.open_asked.emit(foreign)
    assert "n’est pas un fichier CEF Desk" in complaint(program)
    new_file(tmp_path / "a.cefdesk", PASSWORD, UnitDraft(name="U", counsellor_code="C")).close()
    program.welcome.begin_asked.emit(tmp_path / "a.cefdesk", "U", "C", "", PASSWORD)
    assert "existe déjà" in complaint(program)
    assert key_file(tmp_path / "a.cefdesk").is_file()
    assert program.window is None


def test_the_first_window_is_there_before_the_store_is_loaded() -> None:
    script = (
        "import sys; from cef_desk.app import Program; from cef_desk.ui.welcome import Welcome;"
        "print(sorted({'sqlalchemy', 'alembic', 'reportlab', 'cryptography'} & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
