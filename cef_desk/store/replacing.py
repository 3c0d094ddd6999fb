"""A prepared file takes the place of another in steps, which are ended once begun, at once or at the next opening.

Before the first step the new file and its key stand complete beside the old ones, and the old ones are copied aside.
"""

import json
from pathlib import Path

from cef_desk.paths import key_file
from cef_desk.store import anchor
from cef_desk.store.durable import moved, replaced, settle_folder
from cef_desk.store.hot_log import logs_of


def part_of(path: Path) -> Path:
    """Where the file that is to take the place of another is prepared, its key beside it."""
    return path.with_name(path.name + ".restored")


def is_unfinished(path: Path) -> bool:
    """True for a file whose place was being taken."""
    return _marker(path).exists()


def begin(path: Path, first: str | None) -> None:
    """From here on the prepared file is the file; `first` is the link by which its anchor is known."""
    replaced(_marker(path), json.dumps({"first": first}).encode("ascii"))


def finish(path: Path) -> None:
    """Ends what was begun; does nothing when nothing was."""
    if not is_unfinished(path):
        return
    part = part_of(path)
    if part.exists():
        for log in logs_of(path):
            log.unlink(missing_ok=True)
        settle_folder(path.parent)
        if key_file(part).exists():
            moved(key_file(part), key_file(path))
        moved(part, path)
    try:
        anchor.forget(path, json.loads(_marker(path).read_text(encoding="ascii")).get("first"))
    except (ValueError, AttributeError):
        anchor.forget(path, None)
    _marker(path).unlink()
    settle_folder(path.parent)


def _marker(path: Path) -> Path:
    return path.with_name(path.name + ".restoring")
