"""Places that come back: columns, orders, splitters, views; never a name nor a searched text."""

import json
import logging

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)
_VERSION = 1
_GEOMETRY = "main_window/geometry"
Value = str | int | bool | list["Value"] | dict[str, "Value"]


def keep(name: str, value: Value) -> None:
    """Keeps what a view looks like."""
    QSettings().setValue(f"places/{name}", json.dumps({"version": _VERSION, "value": value}))


def kept(name: str) -> Value | None:
    """What was kept; none when nothing was, or when it makes no sense."""
    found = QSettings().value(f"places/{name}")
    if not isinstance(found, str):
        return None
    try:
        told = json.loads(found)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("version") != _VERSION:
        _log.warning("place %s makes no sense, default used", name)
        return None
    value: Value | None = told.get("value")
    return value


def keep_geometry(window: QWidget) -> None:
    """Keeps where the main window stands."""
    QSettings().setValue(_GEOMETRY, window.saveGeometry())


def restore_geometry(window: QWidget, width: int, height: int) -> None:
    """Puts the main window where it stood, else at a first size; always on a screen that is there."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(min(width, screen.width()), min(height, screen.height()))
    found = QSettings().value(_GEOMETRY)
    if isinstance(found, QByteArray):
        window.restoreGeometry(found)
    if not any(each.availableGeometry().intersects(window.frameGeometry()) for each in QGuiApplication.screens()):
        window.move(screen.topLeft())


def forget_all() -> None:
    """Every place falls back on its default."""
    QSettings().remove("places")
    QSettings().remove("main_window")
