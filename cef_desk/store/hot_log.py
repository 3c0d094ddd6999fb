"""A log left beside a file, as after a crash, is tried on a copy first: opening the file writes it in for good.

A log that is of another file or of another time would destroy a file that is whole without it.
"""

import errno
import glob
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from cef_desk.errors import Trouble
from cef_desk.store import anchor
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import copied, moved, settle_folder
from cef_desk.store.soundness import refuse_foreign, refuse_unsealed, refuse_unsound
from cef_desk.store.trouble import DAMAGED, DISK_FULL, UNWRITABLE, OfThePlace, as_trouble

_TWIN = ".check-"


def logs_of(path: Path) -> tuple[Path, ...]:
    """What the engine keeps beside an open file."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def is_hot(path: Path) -> bool:
    """True when a log holds something that is not in the file yet."""
    return any(log.exists() and log.stat().st_size for log in logs_of(path) if not log.name.endswith("-shm"))


def settle(path: Path, raw: bytes | None, *, accept: bool) -> Path | None:
    """Refuses a file that is not whole with its log, and leaves it byte for byte; gives where a foreign log was put.

    File and log, and the file alone, are tried on copies: the one that goes further is the file. Only what is in the
    log is held against it: on a full or failing disk the file is not opened, and nothing is moved.
    """
    try:
        for left in path.parent.glob(f"{_TWIN}{glob.escape(path.name)}-*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=f"{_TWIN}{path.name}-", dir=path.parent) as folder:
            twin = Path(folder) / path.name
            whole = _tried(path, twin, raw, accept=accept, with_logs=True)
            alone = _tried(path, twin, raw, accept=accept, with_logs=False)
        if alone.goes_further_than(whole):
            if alone.doubt is not None:
                raise alone.doubt
            return _put_logs_aside(path)
        if whole.doubt is not None:
            raise whole.doubt
    except OSError as error:
        raise OfThePlace(DISK_FULL if error.errno == errno.ENOSPC else UNWRITABLE, name=path.name) from error
    return None


@dataclass(frozen=True)
class _Tried:
    """How far a copy goes, and what speaks against it."""

    reached: tuple[int, int]
    doubt: Trouble | None

    def goes_further_than(self, other: "_Tried") -> bool:
        """A sound one before one in doubt, then the one with more steps, then with more looks."""
        if (self.doubt is None) != (other.doubt is None):
            return self.doubt is None
        return self.reached > other.reached


def _tried(path: Path, twin: Path, raw: bytes | None, *, accept: bool, with_logs: bool) -> _Tried:
    for source, target in zip((path, *logs_of(path)), (twin, *logs_of(twin)), strict=True):
        target.unlink(missing_ok=True)
        if source.exists() and not source.name.endswith("-shm") and (with_logs or source == path):
            copied(source, target)
    engine: Engine = engine_of(partial(connect, twin, raw))
    reached = (-1, -1)
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
            refuse_unsound(engine, raw)
            with engine.connect() as connection:
                head = anchor.head_of(connection)
            reached = (head.sequence, head.access)
            refuse_unsealed(engine, raw)
            if not accept:
                anchor.compare(path, engine)
    except Trouble as doubt:
        if isinstance(doubt, OfThePlace):
            raise
        return _Tried(reached, doubt)
    finally:
        engine.dispose()
    return _Tried(reached, None)


def _put_logs_aside(path: Path) -> Path:
    number = 1
    while (folder := path.with_name(f"{path.name}.log-aside-{number}")).exists():
        number += 1
    folder.mkdir(mode=0o700)
    for log in logs_of(path):
        if log.name.endswith("-shm"):
            log.unlink(missing_ok=True)
        elif log.exists():
            moved(log, folder / log.name)
    settle_folder(path.parent)
    return folder
