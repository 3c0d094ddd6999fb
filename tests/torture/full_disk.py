"""A disk of 4 MB that fills up: nothing acknowledged is lost, the draft is kept, and one can delete and export."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cef_desk.actions.unfinished import keep_unfinished
from cef_desk.errors import Told
from cef_desk.exchange.table_out import export_tables
from cef_desk.queries.unfinished import unfinished
from cef_desk.store.trouble import DISK_FULL
from tests.store.keyed import copied, opened
from tests.torture.after import breaches
from tests.torture.storm import save_for_ever
from tests.torture.told import Found

_KEPT = {"meeting_notes": "what was being typed when the disk was full"}


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of 4 MB; none where it may not be mounted."""
    place = folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def run(source: Path, folder: Path, times: int) -> Found:
    """Fills the disk so many times."""
    found = Found("disk of 4 MB full")
    with small_disk(folder) as place:
        if place is None:
            found.detail = "not tried: no right to mount"
            return found
        for number in range(times):
            inside = place / str(number)
            inside.mkdir()
            _fill(copied(source, inside), folder, found)
            shutil.rmtree(inside)
    return found


def _fill(path: Path, folder: Path, found: Found) -> None:
    found.tried += 1
    desk = opened(path)
    last = 2

    def acknowledge(sequence: int) -> None:
        nonlocal last
        last = sequence

    try:
        save_for_ever(desk, acknowledge)
    except Told as error:
        if error.pattern == DISK_FULL or "full" not in error.pattern:
            found.breach(f"no room was given back: {error.pattern}")
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        desk.do("", keep_unfinished, 1, "meeting_form", "pathway:1", _KEPT, now)
        kept = desk.see(unfinished, 1, "meeting_form", "pathway:1")
        if kept is None or kept.texts != _KEPT:
            found.breach("the draft was not kept")
        last = desk.undo().sequence or last
    except Told as error:
        found.breach(f"draft or deletion refused: {error.pattern}")
    out = folder / f"export-{found.tried}"
    if not export_tables(desk, out)["interaction"]:
        found.breach("nothing was exported")
    desk.close()
    for words in breaches(path, last):
        found.breach(words)
