"""A window on a real desk, with every answer inline."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cef_desk.app import speak
from cef_desk.paths import state_folder
from cef_desk.queries.sitting import sitting
from cef_desk.settings import Settings
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.kit import places, theme
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.main_window import MainWindow
from tests.conftest import TODAY, collector_at_rest


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))
    qapp.setOrganizationName("cef-desk")
    speak(qapp)
    theme.wear(qapp, "light", 100)
    places.keep("page", commands.BENEFICIARIES.id)


def seat_at(desk: Desk) -> Seat:
    return Seat(Runner(desk, inline=True), desk.see(sitting), TODAY, Settings())


def shown(seat: Seat, qtbot: QtBot, page: str = "") -> MainWindow:
    """The main window of a seat, shown and active, on a page."""
    window = MainWindow(seat, "essai.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    if page:
        window.navigation.go(page)
    return window


@pytest.fixture
def seat(desk: Desk) -> Seat:
    return seat_at(desk)


@pytest.fixture
def window(demo: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window on the demonstration, shown."""
    made = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    with collector_at_rest():
        yield
