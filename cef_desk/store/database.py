"""The file itself: made whole or not at all, and checked before anything believes it."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select, text

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.store import key
from cef_desk.store.dialect import APPLICATION_ID, PAGE_BYTES, connect, engine_of
from cef_desk.store.trouble import DAMAGED, NOT_OURS, as_trouble

SCHEMA = "5b81f2c46ae0"
"""The newest migration; Alembic is loaded only for a file of another one."""

_PLAIN_HEADER = b"SQLite format 3\0"

Password = Callable[[], str]


def create(path: Path, password: str | None) -> Engine:
    """Makes an empty file of the newest schema, its key file first; without password it is not encrypted.

    Refuses to replace a file. What is half made is taken away, now or, after a kill, at the next try.
    """
    from cef_desk.store.upgrade import bring_up

    refuse_taken(path)
    keys = key_file(path)
    part = path.with_name(path.name + ".part")
    made = [part, *_logs(part)]
    _remove(made)
    try:
        raw = None
        if password is not None:
            raw = key.new_key_file(keys, password)
            made.append(keys)
        with as_trouble():
            part.touch(mode=0o600, exist_ok=False)
            connection = connect(part, raw)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
            engine = engine_of(partial(connect, part, raw))
            bring_up(engine)
            engine.dispose()
        os.replace(part, path)  # noqa: PTH105  the atomic call by its own name
    except OSError as error:
        _remove(made)
        raise Trouble(N_("{name} cannot be written here: check the folder and your rights."), name=path.name) from error
    except BaseException:
        _remove(made)
        raise
    return engine_of(partial(connect, path, raw))


def refuse_taken(path: Path) -> None:
    """Refuses a name that a file, its key or its log already has."""
    for taken in files_of(path):
        if taken.exists():
            raise Refusal(N_("{name} already exists: choose another name."), name=taken.name)


def files_of(path: Path) -> tuple[Path, ...]:
    """A file with all that stands beside it: its key, its logs."""
    return path, key_file(path), *_logs(path)


def _logs(path: Path) -> list[Path]:
    """What the engine keeps beside an open file."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm")]


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def is_encrypted(path: Path) -> bool:
    """True for a file that needs a password; refuses what cannot be a CEF Desk file."""
    if not path.is_file():
        raise Trouble(N_("{name} is not there. Was it moved or renamed?"), name=path.name)
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    except OSError as error:
        raise Trouble(N_("{name} cannot be read: check your rights."), name=path.name) from error
    if not header:
        raise Trouble(N_("{name} is empty: it is not an empty base. Open your last backup."), name=path.name)
    if key_file(path).is_file():
        return True
    if header != _PLAIN_HEADER:
        raise Trouble(
            N_("{name} is not a CEF Desk file, or its key file {key} is missing beside it."),
            name=path.name, key=key_file(path).name,
        )  # fmt: skip
    return False


def open_file(path: Path, password: Password) -> Engine:
    """Opens and checks a file: whose it is, its schema, its journal; brings an older one up after a copy.

    The password is asked only when the file is encrypted.
    """
    raw = key.raw_key(key_file(path), password()) if is_encrypted(path) else None
    if _cut_short(path):
        raise Trouble(DAMAGED)
    engine = engine_of(partial(connect, path, raw))
    left_behind = [log for log in _logs(path) if not log.exists()]
    try:
        with as_trouble():
            _check(engine, path)
    except BaseException:
        engine.dispose()
        _remove(left_behind)
        raise
    return engine


def _cut_short(path: Path) -> bool:
    """True for a file that does not end with a page, unless its log still holds the rest."""
    log = path.with_name(path.name + "-wal")
    return path.stat().st_size % PAGE_BYTES != 0 and not (log.is_file() and log.stat().st_size)


def _keep_copy(engine: Engine, path: Path) -> None:
    """Copies a file, whole, with its key file, before it is brought up."""
    copy = path.with_name(f"{path.name}.before-{SCHEMA}")
    part = copy.with_name(copy.name + ".part")
    _remove([part])
    part.touch(mode=0o600)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
    if key_file(path).is_file():
        shutil.copyfile(key_file(path), key_file(copy))
    os.replace(part, copy)  # noqa: PTH105  the atomic call by its own name


def _check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
            raise Trouble(NOT_OURS)
        if not inspect(connection).has_table("alembic_version"):
            raise Trouble(DAMAGED)
        present = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if present != SCHEMA:
        from cef_desk.store.upgrade import bring_up, refuse_unknown

        refuse_unknown(present)
        _keep_copy(engine, path)
        bring_up(engine)
    with engine.connect() as connection:
        counted, last = connection.execute(select(func.count(), func.max(JournalStep.sequence))).one()
        if not counted or counted != last:
            raise Trouble(DAMAGED)
