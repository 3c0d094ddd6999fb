"""The system's lock, sleep and change of user, over a real bus between two ends."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer
from pytestqt.qtbot import QtBot

from cef_desk.ui.kit.system_lock import SystemLock, session_path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is of Linux desktops")

MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Desktop:
    """The other end of the bus: it tells what a desktop tells."""

    def __init__(self, qtbot: QtBot, listener: SystemLock) -> None:
        server = QDBusServer("unix:tmpdir=/tmp")
        ends: list[QDBusConnection] = []
        server.newConnection.connect(ends.append)
        near = QDBusConnection.connectToPeer(server.address(), "near")
        qtbot.waitUntil(lambda: bool(ends))
        self._server, self._near, self._far = server, near, ends[0]
        listener.listen_on(near, near)

    def tell(self, path: str, interface: str, name: str, *values: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert self._far.send(message)


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> SystemLock:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    return SystemLock()


@pytest.fixture
def desktop(qtbot: QtBot, listener: SystemLock) -> Iterator[Desktop]:
    yield Desktop(qtbot, listener)
    QDBusConnection.disconnectFromPeer("near")


TOLD: dict[str, tuple[str, str, str, *tuple[object, ...]]] = {
    "the screen saver of most desktops": ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
    "that of GNOME": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
    "a sleep that begins": ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", True),
    "the session asked to lock": (session_path("2"), SESSION, "Lock"),
    "another user in front": (session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {"Active": False}, []),
    "the hint of the lock": (session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {"LockedHint": True}, []),
}
NOT_FOR_US: dict[str, tuple[str, str, str, *tuple[object, ...]]] = {
    "the screen saver gone": ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False),
    "the sleep over": ("/org/freedesktop/login1", MANAGER, "PrepareForSleep", False),
    "another session": (session_path("3"), SESSION, "Lock"),
    "our session in front": (session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {"Active": True}, []),
}


@pytest.mark.parametrize("told", TOLD)
def test_the_system_locks_the_program_with_it(qtbot: QtBot, listener: SystemLock, desktop: Desktop, told: str) -> None:
    with qtbot.waitSignal(listener.locked):
        desktop.tell(*TOLD[told])


@pytest.mark.parametrize("told", NOT_FOR_US)
def test_what_is_no_lock_does_not_lock(qtbot: QtBot, listener: SystemLock, desktop: Desktop, told: str) -> None:
    heard: list[str] = []
    listener.locked.connect(lambda: heard.append("locked"))
    desktop.tell(*NOT_FOR_US[told])
    with qtbot.waitSignal(listener.locked):
        desktop.tell(*TOLD["a sleep that begins"])
    assert heard == ["locked"]


def test_the_path_of_a_session_is_escaped_as_systemd_does() -> None:
    assert session_path("2") == "/org/freedesktop/login1/session/_32"
    assert session_path("c2") == "/org/freedesktop/login1/session/c2"
    assert session_path("") == ""
