"""The system's own lock, sleep and change of user, as Linux desktops tell them on D-Bus.

Names: freedesktop.org (org.freedesktop.ScreenSaver), systemd (org.freedesktop.login1), GNOME (org.gnome.ScreenSaver).
"""

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:  # asked of Linux alone
    from PySide6.QtDBus import QDBusConnection

_LOGIN = "org.freedesktop.login1"
_SESSION = f"{_LOGIN}.Session"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_TURNED: Any = SLOT("on_turned(bool)")
_LOCK: Any = SLOT("on_lock()")
_CHANGED: Any = SLOT("on_changed(QString,QVariantMap)")
"""Text, whatever PySide's stubs say: it refuses bytes."""


class SystemLock(QObject):
    """`locked` when the screen is locked, the computer goes to sleep or another user takes it; elsewhere, never."""

    locked = Signal()

    def listen(self) -> None:
        """Begins to listen; without the buses nothing is heard."""
        if not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection

        self.listen_on(QDBusConnection.sessionBus(), QDBusConnection.systemBus())

    def listen_on(self, session: "QDBusConnection", system: "QDBusConnection") -> None:
        """Listens on two buses."""
        for saver in _SCREEN_SAVERS:
            session.connect("", "", saver, "ActiveChanged", self, _TURNED)
        system.connect("", "", f"{_LOGIN}.Manager", "PrepareForSleep", self, _TURNED)
        own = session_path(os.environ.get("XDG_SESSION_ID", ""))
        if own:
            system.connect("", own, _SESSION, "Lock", self, _LOCK)
            system.connect("", own, "org.freedesktop.DBus.Properties", "PropertiesChanged", self, _CHANGED)

    @Slot(bool)
    def on_turned(self, on: bool) -> None:  # noqa: FBT001  the signature of the bus
        """The screen saver came or went; the sleep begins or is over."""
        if on:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """The system asks for the lock."""
        self.locked.emit()

    @Slot("QString", "QVariantMap")
    def on_changed(self, _interface: str, values: dict[str, object]) -> None:
        """Another user's session came in front."""
        if values.get("Active") is False or values.get("LockedHint") is True:
            self.locked.emit()


def session_path(session_id: str) -> str:
    """The object of a session on the bus, escaped as systemd's `sd_bus_path_encode` does; empty without an id."""
    if not session_id:
        return ""
    escaped = "".join(
        mark if mark.isascii() and (mark.isalpha() or (mark.isdigit() and place)) else f"_{ord(mark):02x}"
        for place, mark in enumerate(session_id)
    )
    return f"/org/freedesktop/login1/session/{escaped}"
