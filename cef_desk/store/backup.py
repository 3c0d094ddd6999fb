"""Backups: whole copies with their key file, each opened again and checked before it counts; and the way back."""

import errno
import hashlib
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

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.rules.backup_rotation import kept
from cef_desk.store import anchor, key
from cef_desk.store.database import OpenFile, copy_whole, files_of, is_encrypted, refuse_unsealed, refuse_unsound
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import moved, replaced, settle_file, settle_folder
from cef_desk.store.holding import Holding
from cef_desk.store.trouble import as_trouble

_NAME = re.compile(r"(?P<stem>.+)-(?P<day>\d{8})-(?P<hour>\d{6})-(?P<sequence>\d{7,})\.cefdesk")
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
    _rotate(folder, file.path.stem, at)
    return made


def copy_to(backup: Backup, folder: Path, at: datetime) -> Backup:
    """The same backup in a second place, read again there."""
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
    stem = _NAME.fullmatch(target.name)
    if stem is not None:
        _rotate(folder, stem["stem"], at)
    return Backup(backup.sequence, backup.at, target, backup.chain, backup.first)


def _copy_checked(source: Path, place: Path) -> None:
    part = place.with_name(place.name + ".part")
    shutil.copyfile(source, part)
    settle_file(part)
    if _sha256(part) != _sha256(source):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(part))
    moved(part, place)


def backups_of(path: Path, *more: Path) -> list[Backup]:
    """The backups of a file, beside it and in other folders, the one that goes furthest first."""
    found = [backup for folder in (folder_of(path), *more) for backup in backups_in(folder, path)]
    return sorted(found, reverse=True)


def as_backup(path: Path) -> Backup | None:
    """The backup a path is, none when it is an ordinary file."""
    name = _NAME.fullmatch(path.name)
    told = _told(path)
    if name is None or told is None:
        return None
    at = datetime.strptime(f"{name['day']}-{name['hour']}", _STAMP)  # noqa: DTZ007  UTC, as the journal
    return Backup(int(name["sequence"]), at, path, str(told.get("chain", "")), str(told.get("first", "")))


def lacks(path: Path, backup: Backup) -> int | None:
    """How many records a file had made on this computer that a backup does not hold; none when it is not known."""
    reached = anchor.reached(path, backup.first)
    return None if reached is None else max(0, reached - backup.sequence)


def restore(backup: Path, path: Path, secret: str | None, raw: bytes | None = None) -> Path | None:
    """Puts a backup in the place of a file, and gives where the replaced one is kept, none when there was none.

    `secret` is a password or a recovery key of the file or of the backup, `raw` the key when it is known already. The
    backup is opened and checked first; the key file stays when it opens the backup, so that the password does not
    change.
    """
    holding = Holding(path)
    part = path.with_name(path.name + ".restored")
    keys, part_keys = key_file(path), key_file(part)
    try:
        for leftover in files_of(part):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(backup, part)
        own_key = _opens(keys, secret, raw)
        found = own_key
        if own_key is None or not _is_sound(part, own_key):
            found = key.raw_key(key_file(backup), secret or "") if is_encrypted(backup) else None
            if found is not None:
                shutil.copyfile(key_file(backup), part_keys)
            with as_trouble():
                _refuse_unsound_file(part, found)
        for made in (part, part_keys):
            if made.exists():
                made.chmod(0o600)
                settle_file(made)
        aside = _set_aside(path)
        if part_keys.exists():
            moved(part_keys, keys)
        moved(part, path)
        _forget_anchor(path, found)
    except OSError as error:
        raise Trouble(N_("{name} cannot be written here: check the folder and your rights."), name=path.name) from error
    finally:
        for leftover in files_of(part):
            leftover.unlink(missing_ok=True)
        holding.release()
    return aside


def _forget_anchor(path: Path, raw: bytes | None) -> None:
    """The file is behind what this computer wrote, and it was asked for."""
    engine = engine_of(partial(connect, path, raw))
    with engine.connect() as connection:
        anchor.forget(path, anchor.first_link(connection))
    engine.dispose()


def _set_aside(path: Path) -> Path | None:
    """Keeps a file with its key and its logs under another name; its logs then leave, the file stays until replaced."""
    if not path.exists() and not key_file(path).exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}.replaced-{number}.cefdesk")).exists():
        number += 1
    for source, kept_as in zip(files_of(path), files_of(aside), strict=True):
        if source.exists():
            try:
                os.link(source, kept_as)
            except OSError:  # a file system without links
                shutil.copyfile(source, kept_as)
    settle_folder(path.parent)
    for log in files_of(path)[2:]:
        log.unlink(missing_ok=True)
    return aside


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


def _opens(keys: Path, secret: str | None, raw: bytes | None) -> bytes | None:
    if raw is not None or secret is None:
        return raw
    try:
        return key.raw_key(keys, secret)
    except Trouble:
        return None


def _is_sound(path: Path, raw: bytes) -> bool:
    try:
        with as_trouble():
            _refuse_unsound_file(path, raw)
    except Trouble:
        return False
    return True


def _refuse_unsound_file(path: Path, raw: bytes | None) -> None:
    engine = engine_of(partial(connect, path, raw))
    try:
        refuse_unsound(engine, raw)
        refuse_unsealed(engine, raw)
    finally:
        engine.dispose()


def _rotate(folder: Path, stem: str, now: datetime) -> None:
    found = _stemmed(folder, stem)
    stay = kept([(backup.sequence, backup.at) for backup in found], now)
    for backup in found:
        if (backup.sequence, backup.at) not in stay:
            _forget(backup.path)


def backups_in(folder: Path, path: Path) -> list[Backup]:
    """The backups of a file in one folder."""
    return _stemmed(folder, path.stem)


def _stemmed(folder: Path, stem: str) -> list[Backup]:
    try:
        files = list(folder.glob("*.cefdesk"))
    except OSError:
        return []
    found = [as_backup(file) for file in files if (name := _NAME.fullmatch(file.name)) and name["stem"] == stem]
    return [backup for backup in found if backup is not None]


def _told(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(_manifest(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
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
