"""Holding a file: one program at a time writes it, and a second one is told who has it."""

import getpass
import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cef_desk.i18n import N_
from cef_desk.store.trouble import OfThePlace


class Held(OfThePlace):
    """Somebody has the file open."""


class Holding:
    """One file held; the system lets it go when the process dies, whatever killed it."""

    def __init__(self, path: Path) -> None:
        """Takes the file at once, or tells, as `Held`, who has it, where and since when."""
        from filelock import FileLock, Timeout

        self._lock = FileLock(path.with_name(path.name + ".lock"), mode=0o600, thread_local=False)
        self._told = path.with_name(path.name + ".open")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise _held(path, self._told) from error
        except OSError as error:
            raise OfThePlace(
                N_("{name} cannot be written where it is: copy it, with its key file, to a folder of yours and open "
                   "the copy."),
                name=path.name,
            ) from error  # fmt: skip
        now = datetime.now(UTC).astimezone().replace(microsecond=0)
        told = {"who": _user(), "where": platform.node(), "process": os.getpid(), "since": now.isoformat()}
        try:
            self._told.write_text(json.dumps(told), encoding="utf-8")
        except OSError:  # a full disk: the lock holds, only its words are missing
            self._told.unlink(missing_ok=True)

    def release(self) -> None:
        """Lets the file go."""
        with suppress(OSError):  # another system may still look at it
            self._told.unlink(missing_ok=True)
            Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def refuse_held(path: Path) -> None:
    """Tells, as `Held`, who has a file; a file that nobody has stays so."""
    from filelock import FileLock, Timeout

    place = path.with_name(path.name + ".lock")
    if not place.exists():
        return
    lock = FileLock(place, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise _held(path, path.with_name(path.name + ".open")) from error
    except OSError:  # on a medium that nobody can write, nobody has it
        return
    lock.release()


def _held(path: Path, told: Path) -> Held:
    try:
        found = json.loads(told.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(found["since"]).astimezone()
        return Held(
            N_("{name} is already open: {who}, on {where}, since {since}. Close it there first."),
            name=path.name, who=str(found["who"]), where=str(found["where"]), since=since,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return Held(N_("{name} is already open in another window or on another computer."), name=path.name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
