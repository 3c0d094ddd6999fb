"""A log left beside a file, as after a crash, is tried on a copy first: opening the file writes it in for good.

A log that is of another file or of another time would destroy a file that is whole without it.
"""

import logging
import shutil
import tempfile
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from cef_desk.errors import Trouble
from cef_desk.store import anchor
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import moved
from cef_desk.store.soundness import refuse_foreign, refuse_unsealed, refuse_unsound
from cef_desk.store.trouble import DAMAGED, as_trouble

_log = logging.getLogger(__name__)


def logs_of(path: Path) -> tuple[Path, ...]:
    """What the engine keeps beside an open file."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def is_hot(path: Path) -> bool:
    """True when a log holds something that is not in the file yet."""
    return any(log.exists() and log.stat().st_size for log in logs_of(path) if not log.name.endswith("-shm"))


def settle(path: Path, raw: bytes | None, *, accept: bool) -> None:
    """Refuses a file that is not whole with its log, and leaves it byte for byte; a log that is not its own goes aside.

    Without room for a copy the log is taken at its word.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".check-", dir=path.parent) as folder:
            twin = Path(folder) / path.name
            _copy(path, twin, with_logs=True)
            try:
                _refuse(path, twin, raw, accept=accept)
            except Trouble as doubt:
                twin.unlink()
                for log in logs_of(twin):
                    log.unlink(missing_ok=True)
                _copy(path, twin, with_logs=False)
                try:
                    _refuse(path, twin, raw, accept=accept)
                except Trouble:
                    raise doubt from None
                _put_logs_aside(path)
    except OSError:
        _log.warning("no copy could be made to try the log on")


def _copy(path: Path, twin: Path, *, with_logs: bool) -> None:
    for source, target in zip((path, *logs_of(path)), (twin, *logs_of(twin)), strict=True):
        if source.exists() and not source.name.endswith("-shm") and (with_logs or source == path):
            shutil.copyfile(source, target)


def _refuse(path: Path, twin: Path, raw: bytes | None, *, accept: bool) -> None:
    engine: Engine = engine_of(partial(connect, twin, raw))
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
            refuse_unsound(engine, raw)
            if not accept:
                anchor.compare(path, engine)
            refuse_unsealed(engine, raw)
    finally:
        engine.dispose()


def _put_logs_aside(path: Path) -> None:
    number = 1
    while path.with_name(f"{path.name}-log.aside-{number}").exists():
        number += 1
    for log in logs_of(path):
        if log.name.endswith("-shm"):
            log.unlink(missing_ok=True)
        elif log.exists():
            moved(log, path.with_name(f"{path.name}-log.aside-{number}"))
    _log.warning("a log that was not the file's own was put aside")
