"""Backups: whole copies with their key file, each opened again and checked before it counts."""

import errno
import glob
import hashlib
import json
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, select

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.rules.backup_rotation import kept
from cef_desk.store import anchor
from cef_desk.store.database import OpenFile, copy_whole
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import copied, moved, replaced, settle_folder
from cef_desk.store.soundness import refuse_unsealed, refuse_unsound
from cef_desk.store.trouble import as_trouble

_NAME = re.compile(r"(?P<stem>.+)-(?P<day>\d{8})-(?P<hour>\d{6})-(?P<sequence>\d{7,18})\.cefdesk", re.DOTALL)
_STAMP = "%Y%m%d-%H%M%S"
_STRAY_AFTER = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Backup:
    """One backup: how far it goes, when it was made (UTC), where it is; `chain` is the link of its last step.

    `on_line` is false once the file went another way, restored from before it: it holds none of what was made since.
    """

    on_line: bool
    sequence: int
    at: datetime
    path: Path
    chain: str = ""
    first: str = ""


def folder_of(path: Path) -> Path:
    """Where the backups of a file are kept, beside it."""
    return path.with_name(path.name + ".backups")


def places_of_keys(path: Path, second: Path | None) -> list[Path]:
    """Where copies of the key file of a file are kept."""
    return [each for each in (path.parent, folder_of(path), second) if each is not None]


def make(file: OpenFile, folder: Path, at: datetime) -> Backup:
    """Writes a backup of an open file into a folder and drops those whose time is over.

    `Trouble` when it cannot be written, or cannot be read again as it should: then nothing is left of it.
    """
    with as_trouble(), file.engine.connect() as connection:
        before = anchor.head_of(connection)
    target = folder / f"{file.path.stem}-{at:{_STAMP}}-{before.sequence:07}.cefdesk"
    was_there = target.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with as_trouble():
            copy_whole(file.engine, file.path, target)
        made = _verified(target, file.raw, at, before)
        settle_folder(folder)
    except OSError as error:
        if not was_there:
            _forget(target)
        raise Trouble(N_("No backup could be written in {name}: check that the disk is there and has room."),
                      name=folder.name) from error  # fmt: skip
    except BaseException:
        if not was_there:
            _forget(target)
        raise
    _rotate(folder, file, at)
    return made


def copy_to(backup: Backup, file: OpenFile, folder: Path, at: datetime) -> Backup:
    """The same backup of a file in a second place, read again there.

    `Trouble` when the place is not there: made anew, it would be on this computer and not on the key taken away.
    """
    if not folder.is_dir():
        raise Trouble(N_("The second place {name} is not there: plug it in, or choose another one."), name=folder)
    target = folder / backup.path.name
    was_there = target.exists()
    try:
        for source in _parts(backup.path):
            if source.exists():
                _copy_checked(source, folder / source.name)
    except OSError as error:
        if not was_there:
            _forget(target)
        raise Trouble(N_("No backup could be written in {name}: check that the disk is there and has room."),
                      name=folder.name) from error  # fmt: skip
    _rotate(folder, file, at)
    return replace(backup, path=target)


def _copy_checked(source: Path, place: Path) -> None:
    part = place.with_name(place.name + ".part")
    try:
        copied(source, part)
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
    known, left = {backup.first for backup in own}, {backup.path.name for backup in own if not backup.on_line}
    others = [
        replace(each, on_line=each.on_line and each.path.name not in left)
        for folder in more
        for each in backups_in(folder, path)
        if not known or each.first in known
    ]
    return sorted([*own, *others], reverse=True)


def line_of(folder: Path, path: Path, connection: Connection) -> list[Backup]:
    """The backups in a folder from which the open file goes on: of its history and of no other copy's."""
    first, found = anchor.first_link(connection), []
    for backup in backups_in(folder, path):
        link = connection.scalar(select(JournalStep.chain).where(JournalStep.sequence == backup.sequence))
        if backup.first == first and link == backup.chain:
            found.append(backup)
    return found


def mark(folder: Path, path: Path, connection: Connection) -> None:
    """Notes beside each backup in the folder of a file whether the open file still goes on from it."""
    first, line = anchor.first_link(connection), {each.path for each in line_of(folder, path, connection)}
    for backup in backups_in(folder, path):
        if backup.first == first and backup.on_line != (backup.path in line):
            told = {**(_told(backup.path) or {}), "left": backup.on_line}
            with suppress(OSError):  # as on a key that is read-only
                replaced(_manifest(backup.path), json.dumps(told).encode("ascii"))


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
    told = _told(path) if name is not None else None
    if name is None or told is None:
        return None
    try:
        if told.get("size", path.stat().st_size) != path.stat().st_size:
            return None
        at = datetime.strptime(f"{name['day']}-{name['hour']}", _STAMP)  # noqa: DTZ007  UTC, as the journal
    except (OSError, ValueError):
        return None
    return Backup(
        not told.get("left"), int(name["sequence"]), at, path, str(told.get("chain", "")), str(told.get("first", ""))
    )


def lacks(path: Path, backup: Backup, head: anchor.Head | None = None) -> int | None:
    """How many records a file had made that a backup does not hold; none when it is not known.

    `head` is how far the file has come, as this computer last wrote it unless it is given. Only the same last link is
    the whole of it: another copy of the file may have come as far by another way.
    """
    head = head or anchor.reached(path, backup.first)
    if head is None or not backup.on_line:
        return None
    if backup.chain == head.chain:
        return 0
    return head.sequence - backup.sequence if backup.sequence < head.sequence else None


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
            "access_chain": head.access_chain, "first": first, "size": target.stat().st_size,
            "sha256": _sha256(target)}  # fmt: skip
    replaced(_manifest(target), json.dumps(told).encode("ascii"))
    return Backup(on_line=True, sequence=head.sequence, at=at, path=target, chain=head.chain, first=first)


def _rotate(folder: Path, file: OpenFile, now: datetime) -> None:
    """Drops the backups of a file whose time is over.

    In a place that copies of the file may share, only those of its own history; in its own folder, those of a history
    that was left too, apart.
    """
    with as_trouble(), file.engine.connect() as connection:
        lines = [line_of(folder, file.path, connection)]
    if folder == folder_of(file.path):
        lines.append([backup for backup in backups_in(folder, file.path) if not backup.on_line])
    for line in lines:
        stay = kept([(backup.sequence, backup.at) for backup in line], now)
        for backup in line:
            if (backup.sequence, backup.at) not in stay:
                _forget(backup.path)
    with suppress(OSError):
        _sweep(folder, file.path)


def _sweep(folder: Path, path: Path) -> None:
    """Takes away the parts that a kill left of a backup that was being written, a day after."""
    for stray in folder.glob(f"{glob.escape(path.stem)}-*.part"):
        name = stray.name.partition(".cefdesk")[0] + ".cefdesk"
        if _NAME.fullmatch(name) and time.time() - stray.stat().st_mtime > _STRAY_AFTER.total_seconds():
            stray.unlink(missing_ok=True)


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
    """Takes a backup away with what stands beside it; its manifest first, without which it counts for nothing."""
    with suppress(OSError):
        for part in (_manifest(path), *path.parent.glob(f"{glob.escape(path.stem)}.*")):
            part.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
