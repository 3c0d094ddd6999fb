"""Backups: whole copies with their key file, each opened again and checked before it counts; and the way back."""

import errno
import hashlib
import itertools
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.rules.backup_rotation import kept
from cef_desk.store import anchor, key, restoring
from cef_desk.store.database import OpenFile, copy_whole, files_of, is_encrypted
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import moved, replaced, settle_file, settle_folder
from cef_desk.store.holding import Holding, refuse_held
from cef_desk.store.hot_log import logs_of
from cef_desk.store.soundness import (
    SCHEMA,
    keep_a_log,
    refuse_foreign,
    refuse_unsealed,
    refuse_unsound,
    schema_of,
)
from cef_desk.store.trouble import DAMAGED, as_trouble

_NAME = re.compile(r"(?P<stem>.+)-(?P<day>\d{8})-(?P<hour>\d{6})-(?P<sequence>\d{7,18})\.cefdesk", re.DOTALL)
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, order=True)
class Backup:
    """One backup: how far it goes, when it was made (UTC), where it is; `chain` is the link of its last step."""

    sequence: int
    at: datetime
    path: Path
    chain: str = ""
    first: str = ""


def folder_of(path: Path) -> Path:
    """Where the backups of a file are kept, beside it."""
    return path.with_name(path.name + ".backups")


def make(file: OpenFile, folder: Path, at: datetime) -> Backup:
    """Writes a backup of an open file into a folder and drops those whose time is over.

    `Trouble` when it cannot be written, or cannot be read again as it should: then nothing is left of it.
    """
    with as_trouble(), file.engine.connect() as connection:
        before = anchor.head_of(connection)
    target = folder / f"{file.path.stem}-{at:{_STAMP}}-{before.sequence:07}.cefdesk"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with as_trouble():
            copy_whole(file.engine, file.path, target)
        made = _verified(target, file.raw, at, before)
        settle_folder(folder)
    except OSError as error:
        _forget(target)
        raise Trouble(N_("No backup could be written in {name}: check that the disk is there and has room."),
                      name=folder.name) from error  # fmt: skip
    except BaseException:
        _forget(target)
        raise
    _rotate(folder, file.path, made.first, at)
    return made


def copy_to(backup: Backup, path: Path, folder: Path, at: datetime) -> Backup:
    """The same backup of a file in a second place, read again there."""
    target = folder / backup.path.name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for source in _parts(backup.path):
            if source.exists():
                _copy_checked(source, folder / source.name)
    except OSError as error:
        _forget(target)
        raise Trouble(N_("No backup could be written in {name}: check that the disk is there and has room."),
                      name=folder.name) from error  # fmt: skip
    _rotate(folder, path, backup.first, at)
    return Backup(backup.sequence, backup.at, target, backup.chain, backup.first)


def _copy_checked(source: Path, place: Path) -> None:
    part = place.with_name(place.name + ".part")
    try:
        shutil.copyfile(source, part)
        settle_file(part)
        if _sha256(part) != _sha256(source):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(part))
        moved(part, place)
    finally:
        part.unlink(missing_ok=True)


def backups_of(path: Path, *more: Path) -> list[Backup]:
    """The backups of a file, beside it and in other folders, the one that goes furthest first.

    In a folder that files of the same name share, those of the others are left out.
    """
    own = backups_in(folder_of(path), path)
    known = {backup.first for backup in own}
    others = [each for folder in more for each in backups_in(folder, path) if not known or each.first in known]
    return sorted([*own, *others], reverse=True)


def holds_all(backup: Backup, path: Path) -> bool:
    """True for a backup that is there, whole, and opens with the key file of now."""
    told = _told(backup.path) or {}
    keys, own = key_file(backup.path), key_file(path)
    try:
        same_keys = not own.exists() or (keys.exists() and keys.read_bytes() == own.read_bytes())
        return same_keys and _sha256(backup.path) == told.get("sha256")
    except OSError:
        return False


def as_backup(path: Path) -> Backup | None:
    """The backup a path is, none when it is an ordinary file."""
    name = _NAME.fullmatch(path.name)
    told = _told(path)
    if name is None or told is None:
        return None
    try:
        at = datetime.strptime(f"{name['day']}-{name['hour']}", _STAMP)  # noqa: DTZ007  UTC, as the journal
    except ValueError:
        return None
    return Backup(int(name["sequence"]), at, path, str(told.get("chain", "")), str(told.get("first", "")))


def lacks(path: Path, backup: Backup) -> int | None:
    """How many records a file had made on this computer that a backup does not hold; none when it is not known."""
    reached = anchor.reached(path, backup.first)
    return None if reached is None else max(0, reached - backup.sequence)


def restore(source: Path, path: Path, secret: str | None) -> Path | None:
    """Puts a copy, with what its log holds, in the place of a file; gives where the replaced one is kept, if any was.

    `secret` is a password or a recovery key of the file or of the copy. The copy is checked whole before anything of
    the file is touched; the key file stays when it opens the copy, so that the password does not change. Once the file
    is being replaced, a kill is made good at the next opening.
    """
    source, path = source.resolve(), path.resolve()
    encrypted = is_encrypted(source)
    if path.exists() and source.samefile(path):
        raise Refusal(N_("{name} cannot be restored onto itself."), name=path.name)
    if not encrypted and key_file(path).exists():
        raise Refusal(N_("{name} is not encrypted: it cannot take the place of a file that is."), name=source.name)
    refuse_held(source)
    holding = Holding(path)
    part = restoring.part_of(path)
    try:
        restoring.finish(path)
        _remove_all(part)
        for copied, target in zip((source, *logs_of(source)), (part, *logs_of(part)), strict=True):
            if copied.exists() and not copied.name.endswith("-shm"):
                shutil.copyfile(copied, target)
        first = _prepare(part, source, path, secret, encrypted=encrypted)
        aside = _set_aside(path)
        restoring.begin(path, first)
        restoring.finish(path)
    except OSError as error:
        raise Trouble(N_("{name} cannot be written here: check the folder and your rights."), name=path.name) from error
    finally:
        if not restoring.is_unfinished(path):
            _remove_all(part)
        holding.release()
    return aside


def _prepare(part: Path, source: Path, path: Path, secret: str | None, *, encrypted: bool) -> str | None:
    """Makes a prepared copy whole by itself, its key beside it when it needs another one, and gives its first link."""
    own_key = _opens(key_file(path), secret) if encrypted else None
    if own_key is not None and _is_readable(part, own_key):
        raw: bytes | None = own_key
    else:
        raw = key.raw_key(key_file(source), secret or "") if encrypted else None
        if raw is not None:
            shutil.copyfile(key_file(source), key_file(part))
    engine = engine_of(partial(connect, part, raw))
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
            if schema_of(engine) != SCHEMA:
                from cef_desk.store.upgrade import refuse_unknown

                refuse_unknown(schema_of(engine))
            refuse_unsound(engine, raw)
            refuse_unsealed(engine, raw)
            keep_a_log(engine)
            with engine.connect() as connection:
                first = anchor.first_link(connection)
    finally:
        engine.dispose()
    for made in (part, key_file(part)):
        if made.exists():
            made.chmod(0o600)
            settle_file(made)
    return first


def _set_aside(path: Path) -> Path | None:
    """Copies a file with its key and its logs under a name that none of them has."""
    taken = [each for each in files_of(path) if each.exists() and not each.name.endswith("-shm")]
    if not taken:
        return None
    names = (path.with_name(f"{path.stem}.replaced-{number}.cefdesk") for number in itertools.count(1))
    aside = next(name for name in names if not any(each.exists() for each in files_of(name)))
    for source, target in zip(files_of(path), files_of(aside), strict=True):
        if source in taken:
            shutil.copyfile(source, target)
            target.chmod(0o600)
            settle_file(target)
    settle_folder(path.parent)
    return aside


def _remove_all(path: Path) -> None:
    for made in files_of(path):
        made.unlink(missing_ok=True)


def _verified(target: Path, raw: bytes | None, at: datetime, before: anchor.Head) -> Backup:
    engine = engine_of(partial(connect, target, raw))
    try:
        with as_trouble():
            refuse_unsound(engine, raw)
            refuse_unsealed(engine, raw)
            with engine.connect() as connection:
                head = anchor.head_of(connection)
                first = anchor.first_link(connection) or ""
                steps = connection.scalar(select(func.count()).select_from(JournalStep))
    finally:
        engine.dispose()
    if head.sequence < before.sequence or steps != head.sequence:
        raise Trouble(N_("The backup does not hold what the file holds: it was not kept."))
    told = {"made_at": at.isoformat(), "sequence": head.sequence, "chain": head.chain, "access": head.access,
            "access_chain": head.access_chain, "first": first, "sha256": _sha256(target)}  # fmt: skip
    replaced(_manifest(target), json.dumps(told).encode("ascii"))
    return Backup(head.sequence, at, target, head.chain, first)


def _opens(keys: Path, secret: str | None) -> bytes | None:
    if secret is None or not keys.exists():
        return None
    try:
        return key.raw_key(keys, secret)
    except Trouble:
        return None


def _is_readable(path: Path, raw: bytes) -> bool:
    """True when a key is that of a file."""
    engine = engine_of(partial(connect, path, raw))
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
    except Trouble:
        return False
    finally:
        engine.dispose()
    return True


def _rotate(folder: Path, path: Path, first: str, now: datetime) -> None:
    """Drops the backups of one file whose time is over; those of another file of that name are not its business."""
    found = [backup for backup in backups_in(folder, path) if backup.first == first]
    stay = kept([(backup.sequence, backup.at) for backup in found], now)
    for backup in found:
        if (backup.sequence, backup.at) not in stay:
            _forget(backup.path)


def backups_in(folder: Path, path: Path) -> list[Backup]:
    """What bears the name of a backup of a file in one folder."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return []
    found = [as_backup(file) for file in files if (name := _NAME.fullmatch(file.name)) and name["stem"] == path.stem]
    return [backup for backup in found if backup is not None]


def _told(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(_manifest(path).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _manifest(path: Path) -> Path:
    return path.with_suffix(".json")


def _parts(path: Path) -> tuple[Path, ...]:
    return key_file(path), path, _manifest(path)


def _forget(path: Path) -> None:
    for part in (_manifest(path), path, key_file(path), path.with_name(path.name + ".part"), *files_of(path)[2:]):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
