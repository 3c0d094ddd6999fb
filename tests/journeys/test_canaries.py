"""Fifty names go through everything the program does; none is left where the password is not needed."""

import argparse
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from cef_desk.app import Program, _on_qt_message, speak
from cef_desk.arguments import Arguments
from cef_desk.log import start_log
from cef_desk.paths import state_folder
from cef_desk.settings import Settings
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.form import Form
from cef_desk.ui.main_window import MainWindow
from tests.conftest import collector_at_rest
from tests.store.keyed import PASSWORD
from tests.ui.keys import type_text

CANARIES = [f"Zyxquo{chr(97 + number // 10)}{chr(97 + number % 10)}ël" for number in range(50)]


def spellings(name: str) -> list[bytes]:
    """How a name may stand in a file."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    texts = {name, name.upper(), name.lower(), plain, plain.lower(), plain.upper()}
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "latin-1")]


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    start_log(state_folder())
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))
    qapp.setOrganizationName("cef-desk")
    speak(qapp)
    theme.wear(qapp, "light", 100)
    options = argparse.Namespace(database=None, password_file=None, today=None, screenshots=None, quit=False)
    with collector_at_rest():
        made = Program(Arguments(options, Settings(), tmp_path / "home" / "settings.json"), inline=True)
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        made.crash.install()
        yield made
        made.leave()


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def typed_into(form: QWidget, name: str, words: str) -> None:
    editor = form.findChild(QLineEdit, name) or form.findChild(QPlainTextEdit, name)
    assert editor is not None, name
    type_text(words, editor)


def form_of(program: Program) -> Form[object]:
    form = window_of(program)._side.form
    assert form is not None
    return form


def begin_with_people(program: Program, path: Path, names: Iterator[str]) -> list[str]:
    """A new file with twenty people and eight companies, typed."""
    program.begin()
    program.welcome.begin_asked.emit(path, next(names), "CEF01", next(names), PASSWORD)
    program.welcome.recovery_kept.emit()
    window = window_of(program)
    people = [next(names) for _person in range(20)]
    for name in people:
        window.forms.new_person()
        typed_into(form_of(program), "person_last_name", name)
        typed_into(form_of(program), "person_first_name", "Ada")
        typed_into(form_of(program), "person_phone", "02 41 00 00 00")
        form_of(program).save()
    for _company in range(8):
        window.forms.new_company()
        typed_into(form_of(program), "company_name", next(names))
        form_of(program).save()
    return people


def work_with(program: Program, people: list[str], names: Iterator[str]) -> None:
    """A meeting, a filter, a search, an undo, something copied, a bug, a form left open."""
    window = window_of(program)
    window.navigation.go("go_beneficiaries")
    page = window.pages.beneficiaries
    page.open_whole()
    page.close_inner()
    window.forms.open_meeting(page.chosen())
    typed_into(form_of(program), "meeting_notes", f"{next(names)} est venue")
    form_of(program).save()
    type_text(next(names), page._filter)
    page._narrow()
    page._filter.clear()
    window.top.search.open()
    window.top.search.setText(people[0])
    QApplication.processEvents()
    window.actions_register["undo"].trigger()
    window.actions_register["redo"].trigger()
    QGuiApplication.clipboard().setText(people[1])
    _on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), f"about {next(names)}")
    bug = ValueError(next(names))
    sys.excepthook(type(bug), bug, None)
    for box in window.findChildren(QMessageBox):
        box.close()
    window.forms.new_person()
    typed_into(form_of(program), "person_last_name", next(names))


def test_no_name_is_left_outside_encrypted_files(program: Program, tmp_path: Path) -> None:
    names = iter(CANARIES)
    work = tmp_path / "travail"
    work.mkdir()
    work_with(program, begin_with_people(program, work / "unite.cefdesk", names), names)
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
    program.lock()
    assert QGuiApplication.clipboard().text() == ""
    for _try in range(15):
        program.welcome.password_given.emit(next(names))
    program.welcome.password_given.emit(PASSWORD)
    assert next(names, None) is None, "all fifty were used"
    window_of(program)._side.close_form()
    desk = program._desk
    assert desk is not None
    (tmp_path / "clé").mkdir()
    desk.back_up(second=tmp_path / "clé")
    titles += [each.windowTitle() for each in QApplication.topLevelWidgets()]
    program.leave()
    scanned = 0
    for file in tmp_path.rglob("*"):
        told = file.name.encode() + (file.read_bytes() if file.is_file() else b"")
        scanned += file.is_file()
        for name in CANARIES:
            assert not [each for each in spellings(name) if each in told], file.name
    assert scanned > 10
    assert not [title for title in titles for name in CANARIES if name in title]
