"""Each journey begins without what another one left of its window; some on an encrypted file, open and unlocked."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cef_desk.app import Program, speak
from cef_desk.arguments import Arguments
from cef_desk.paths import state_folder
from cef_desk.settings import Settings
from cef_desk.ui.kit import theme
from tests.conftest import collector_at_rest
from tests.store.keyed import PASSWORD


@pytest.fixture(autouse=True)
def _own_places(qtbot: QtBot) -> None:
    del qtbot
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    with collector_at_rest():
        yield


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, keyed: Path) -> Iterator[Program]:
    speak(qapp)
    theme.wear(qapp, "light", 100)
    options = argparse.Namespace(database=None, password_file=None, today=None, screenshots=None, quit=False)
    with collector_at_rest():
        made = Program(Arguments(options, Settings(), tmp_path / "settings.json"), inline=True)
        made.begin()
        made.welcome.open_asked.emit(keyed)
        made.welcome.password_given.emit(PASSWORD)
        yield made
        made.leave()
