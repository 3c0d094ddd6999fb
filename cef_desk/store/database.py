"""The file itself: made whole or not at all, and checked before anything believes it."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.store import access_log, anchor, journal, key
from cef_desk.store.dialect import APPLICATION_ID, PAGE_BYTES, connect, engine_of
from cef_desk.store.durable import moved, settle_file
from cef_desk.store.holding import Holding
from cef_desk.store.shared_folders import refuse_shared
from cef_desk.store.trouble import DAMAGED, NOT_OURS, as_trouble

SCHEMA = "7c0d94e1b28f"
"""The newest migration; Alembic is loaded only for a file of another one."""

_PLAIN_HEADER = b"SQLite format 3\0"

Password = Callable[[], str]


@dataclass
class OpenFile:
    """An open file: its engine, its raw key when it is encrypted, and the hold on it when it may be written."""

    path: Path
    engine: Engine
    raw: bytes | None
    holding: Holding | None = None

    def close(self) -> None:
        """Lets the file go."""
        self.engine.dispose()
        if self.holding is not None:
            self.holding.release()
            self.holding = None


def create(path: Path, password: str | None, recovery: str | None = None) -> OpenFile:
    """Makes an empty file of the newest schema, its key file first; without password it is not encrypted.

    `recovery` opens it as the password does. Refuses to replace a file.
    What is half made is taken away, now or, after a kill, at the next try.
    """
    from cef_desk.store.upgrade import bring_up

    refuse_taken(path)
    if password is not None:
        refuse_shared(path)
    keys = key_file(path)
    part = path.with_name(path.name + ".part")
    made = [part, *_logs(part)]
    _remove(made)
    try:
        raw = None
        if password is not None:
            raw = key.new_key_file(keys, password, recovery)
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
    return OpenFile(path, engine_of(partial(connect, path, raw)), raw)


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


def open_file(path: Path, password: Password, *, alone: bool = True, accept: bool = False) -> OpenFile:
    """Opens and checks a file: whose it is, its pages, its schema, its chains, its anchor; brings an older one up.

    The password is asked only when the file is encrypted. `alone` holds the file for writing; without it the file is
    read beside whoever holds it. `accept` goes on with a file that is not as this computer left it.
    """
    encrypted = is_encrypted(path)
    if encrypted and alone:
        refuse_shared(path)
    holding = Holding(path) if alone else None
    engine: Engine | None = None
    left_behind: list[Path] = []
    try:
        raw = key.raw_key(key_file(path), password()) if encrypted else None
        _refuse_cut_short(path)
        engine = engine_of(partial(connect, path, raw))
        left_behind = [log for log in _logs(path) if not log.exists()]
        with as_trouble(DAMAGED):
            _refuse_foreign(engine)
            older = _schema(engine) != SCHEMA
        if older:
            with as_trouble():
                _bring_up(engine, path, raw, alone=alone)
        with as_trouble(DAMAGED):
            refuse_unsound(engine, raw)
            if not accept:
                anchor.compare(path, engine)
            if alone:
                refuse_unsealed(engine, raw)
    except BaseException:
        if engine is not None:
            engine.dispose()
        _remove(left_behind)
        if holding is not None:
            holding.release()
        raise
    return OpenFile(path, engine, raw, holding)


def _refuse_cut_short(path: Path) -> None:
    """Refuses a file that does not end with a page, unless its log still holds the rest."""
    log = path.with_name(path.name + "-wal")
    if path.stat().st_size % PAGE_BYTES != 0 and not (log.is_file() and log.stat().st_size):
        raise Trouble(DAMAGED)


def copy_whole(engine: Engine, path: Path, target: Path) -> None:
    """Copies an open file as it is now, encrypted when it is, with its key file; the copy is whole or not there."""
    part = target.with_name(target.name + ".part")
    _remove([part])
    part.touch(mode=0o600)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
    settle_file(part)
    if key_file(path).is_file():
        shutil.copyfile(key_file(path), key_file(target))
        key_file(target).chmod(0o600)
        settle_file(key_file(target))
    moved(part, target)


def _bring_up(engine: Engine, path: Path, raw: bytes | None, *, alone: bool) -> None:
    """Brings an older file up on a copy, which takes its place when it is whole; what was is kept beside it."""
    from cef_desk.store.upgrade import bring_up, refuse_unknown

    refuse_unknown(_schema(engine))
    if not alone:
        raise Trouble(N_("{name} is of an older version: open it once in the window first."), name=path.name)
    copy, part = path.with_name(f"{path.name}.before-{SCHEMA}"), path.with_name(path.name + ".new")
    copy_whole(engine, path, copy)
    _remove([part, *_logs(part)])
    shutil.copyfile(copy, part)
    part.chmod(0o600)
    raised = engine_of(partial(connect, part, raw))
    try:
        bring_up(raised)
        refuse_unsound(raised, raw)
        refuse_unsealed(raised, raw)
    except BaseException:
        raised.dispose()
        _remove([part, *_logs(part)])
        raise
    raised.dispose()
    engine.dispose()
    if any(log.exists() for log in _logs(path)):
        _remove([part])
        raise Trouble(N_("The file is busy: another program is writing to it. Try again in a moment."))
    settle_file(part)
    moved(part, path)


def _schema(engine: Engine) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise Trouble(DAMAGED)
        return _version(connection)


def _version(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _refuse_foreign(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
            raise Trouble(NOT_OURS)


def refuse_unsealed(engine: Engine, raw: bytes | None) -> None:
    """Refuses an encrypted file of which a page does not fit its seal: SQLCipher seals pages with HMAC-SHA512.

    The seals are those of the file itself: a power cut may have torn a page that the log still holds whole, so the log
    goes into the file first.
    """
    if raw is None:
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
        if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
            raise Trouble(DAMAGED)


def refuse_unsound(engine: Engine, raw: bytes | None) -> None:
    """Refuses a file whose journal lacks a step; of an encrypted one, every tree and every link is checked."""
    with engine.connect() as connection:
        if raw is not None and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise Trouble(DAMAGED)
        counted, last = connection.execute(select(func.count(), func.max(JournalStep.sequence))).one()
        if not counted or counted != last:
            raise Trouble(DAMAGED)
        chained = raw is not None and _version(connection) == SCHEMA
        if chained and (journal.broken_at(connection) or access_log.broken_at(connection)):
            raise Trouble(
                N_("The history of the file was altered: it does not follow from itself. Open your last backup.")
            )
