"""Ballast: room kept on the disk beside a file, let go when the disk is full: one can still delete and export."""

import os
import shutil
from pathlib import Path

from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.store.durable import new_file

_BYTES = 16 * 1024 * 1024
_SHARE = 10
"""Of a smaller file system, a tenth."""

_LOW_BYTES = 500 * 1024 * 1024
_ROOM_FOR_IMPORT = 3
"""How many times the file must be free: its log, its backup, and what comes in."""


def keep(path: Path) -> None:
    """Takes the room, where it is not taken and can be spared."""
    place = _place(path)
    try:
        usage = shutil.disk_usage(path.parent)
        wanted = min(_BYTES, usage.total // _SHARE)
        if place.exists() and place.stat().st_size >= wanted:
            return
        if usage.free < wanted * 2:
            return
        place.unlink(missing_ok=True)
        with new_file(place) as file:
            file.write(os.urandom(wanted))
    except OSError:
        place.unlink(missing_ok=True)


def release(path: Path) -> int:
    """Gives the room back and tells how much it was, in bytes; 0 when there was none."""
    place = _place(path)
    try:
        size = place.stat().st_size
        place.unlink()
    except OSError:
        return 0
    return size


def is_low(path: Path) -> bool:
    """True when little room is left on the disk of a file."""
    try:
        return shutil.disk_usage(path.parent).free < _LOW_BYTES
    except OSError:
        return False


def refuse_tight(path: Path) -> None:
    """Refuses an import that could fill the disk of a file before it ends."""
    wanted = _ROOM_FOR_IMPORT * path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < wanted:
        raise Refusal(
            N_("There is not enough room on this disk to import: {free} MB are free, {wanted} MB are needed. "
               "Nothing was imported."),
            free=free // 1_000_000, wanted=-(-wanted // 1_000_000),
        )  # fmt: skip


def _place(path: Path) -> Path:
    return path.with_name(path.name + ".ballast")
