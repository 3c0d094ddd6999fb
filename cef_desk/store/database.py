"""The file itself: made whole or not at all, and checked before anything believes it."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.store import anchor, key, replacing
from cef_desk.store.dialect import APPLICATION_ID, PAGE_BYTES, connect, engine_of
from cef_desk.store.durable import copied, moved, settle_file
from cef_desk.store.holding import Holding
from cef_desk.store.hot_log import is_hot, logs_of, settle
from cef_desk.store.shared_folders import refuse_shared
from cef_desk.store.soundness import (
    SCHEMA,
    keep_a_log,
    refuse_foreign,
    refuse_unsealed,
    refuse_unsound,
    schema_of,
)
from cef_desk.store.trouble import DAMAGED, DISK_FULL, UNWRITABLE, OfThePlace, as_trouble

_PLAIN_HEADER = b"SQLite format 3\0"

Password = Callable[[], str]


@dataclass
class OpenFile:
    """An open file: its engine, its raw key when it is encrypted, and the hold on it when it may be written.

    `log_aside` is the folder where a log that was not its own was put at the opening.
    """

    path: Path
    engine: Engine
    raw: bytes | None
    holding: Holding | None = None
    log_aside: Path | None = None

    def close(self) -> None:
        """Lets the file go."""
        self.engine.dispose()
        if self.holding is not None:
            self.holding.release()
            self.holding = None


def create(path: Path, password: str | None, recovery: str | None = None) -> OpenFile:
    """Makes an empty file of the newest schema, its key file first; without password it is not encrypted.

    `recovery` opens it as the password does. Refuses to replace a file.
    Nothing stays of what is half made, unless the program is killed: `files_of` and the `.part` of the path then do.
    """
    from cef_desk.store.upgrade import bring_up

    refuse_taken(path)
    if password is not None:
        refuse_shared(path)
    keys = key_file(path)
    part = path.with_name(path.name + ".part")
    made = [part, *logs_of(part)]
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
        raise OfThePlace(UNWRITABLE, name=path.name) from error
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
    return path, key_file(path), *logs_of(path)


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
    read beside whoever holds it, and only the log of looks is written, under the engine's own locks. `accept` goes on
    with a file that is not as this computer left it. What is refused is left byte for byte.
    """
    try:
        if not replacing.is_unfinished(path):
            is_encrypted(path)
    except OSError as error:  # as a name that is too long
        raise OfThePlace(UNWRITABLE, name=path.name) from error
    holding = _hold(path, alone=alone)
    try:
        if holding is not None:
            replacing.finish(path)
        encrypted = is_encrypted(path)
        if encrypted and alone:
            refuse_shared(path)
        raw = key.raw_key(key_file(path), password()) if encrypted else None
        _refuse_cut_short(path)
        aside = settle(path, raw, accept=accept) if holding is not None and is_hot(path) else None
        engine = _checked(path, raw, alone=alone, accept=accept)
    except OSError as error:
        if holding is not None:
            holding.release()
        raise OfThePlace(DISK_FULL if error.errno == errno.ENOSPC else UNWRITABLE, name=path.name) from error
    except BaseException:
        if holding is not None:
            holding.release()
        raise
    if not alone and holding is not None:
        holding.release()
        holding = None
    return OpenFile(path, engine, raw, holding, aside)


def _checked(path: Path, raw: bytes | None, *, alone: bool, accept: bool) -> Engine:
    """The engine on a file that is what it should be; without a hold no log is touched: it may be another's."""
    engine = engine_of(partial(connect, path, raw))
    left_behind = [log for log in logs_of(path) if not log.exists()] if alone else []
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
            older = schema_of(engine) != SCHEMA
        if older:
            with as_trouble():
                _bring_up(engine, path, raw, alone=alone)
        with as_trouble(DAMAGED):
            refuse_unsound(engine, raw)
            if not accept:
                anchor.compare(path, engine)
            if alone:
                refuse_unsealed(engine, raw)
                keep_a_log(engine)
    except BaseException:
        engine.dispose()
        _remove(left_behind)
        raise
    return engine


def _hold(path: Path, *, alone: bool) -> Holding | None:
    """The hold on a file; one who only reads has it while a log is tried, unless somebody writes, who tried it."""
    if alone:
        return Holding(path)
    if not is_hot(path) and not replacing.is_unfinished(path):
        return None
    try:
        return Holding(path)
    except Trouble:
        return None


def _refuse_cut_short(path: Path) -> None:
    """Refuses a file that does not end with a page, unless its log still holds the rest."""
    if path.stat().st_size % PAGE_BYTES != 0 and not is_hot(path):
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
        copied(key_file(path), key_file(target))
    moved(part, target)


def _bring_up(engine: Engine, path: Path, raw: bytes | None, *, alone: bool) -> None:
    """Brings an older file up on a copy, which takes its place when it is whole; what was is kept beside it."""
    from cef_desk.store.upgrade import bring_up, refuse_unknown

    refuse_unknown(schema_of(engine))
    if not alone:
        raise Trouble(N_("{name} is of an older version: open it once in the window first."), name=path.name)
    copy, part = path.with_name(f"{path.name}.before-{SCHEMA}"), path.with_name(path.name + ".new")
    copy_whole(engine, path, copy)
    _remove([part, *logs_of(part)])
    copied(copy, part)
    raised = engine_of(partial(connect, part, raw))
    try:
        bring_up(raised)
        refuse_unsound(raised, raw)
        refuse_unsealed(raised, raw)
        keep_a_log(raised)
    except BaseException:
        raised.dispose()
        _remove([part, *logs_of(part)])
        raise
    raised.dispose()
    engine.dispose()
    if is_hot(path):
        _remove([part])
        raise Trouble(N_("The file is busy: another program is writing to it. Try again in a moment."))
    settle_file(part)
    moved(part, path)
