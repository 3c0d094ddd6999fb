"""Each journey begins without what another one left of its window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from cef_desk.paths import state_folder
from tests.conftest import collector_at_rest


@pytest.fixture(autouse=True)
def _own_places(qtbot: QtBot) -> None:
    del qtbot
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    with collector_at_rest():
        yield
