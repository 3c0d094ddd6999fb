"""Backups as pages and commands see them: made, listed, brought back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cef_desk.errors import Refusal, Told
from cef_desk.i18n import N_, local
from cef_desk.progress import Progress
from cef_desk.rules.backup_rotation import is_too_long_alone
from cef_desk.rules.kinds import AccessAction
from cef_desk.store import backup as backups
from cef_desk.store.anchor import Head
from cef_desk.store.changes import Changes
from cef_desk.store.database import is_encrypted
from cef_desk.store.desk import Desk, utc_now
from cef_desk.store.restoring import restore

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BackupRow:
    """One backup: when it was made, in local time, and how many records made since it lacks; none when not known.

    `on_line` is false for one of a history that a restoration left.
    """

    path: Path
    at: datetime
    lacks: int | None
    on_line: bool


def back_up(desk: Desk, progress: Progress, second: Path | None) -> tuple[BackupRow | None, Changes | None]:
    """Writes a backup when something changed since the last; none otherwise."""
    progress.at(0, 0)
    made = desk.back_up(second=second)
    return (None if made is None else _row(desk.path, made)), None


def backups_of(path: Path, second: Path | None = None, head: Head | None = None) -> list[BackupRow]:
    """The backups of a file, the one that goes furthest first; one that is in both places stands once.

    `head` is how far the file has come, when it is open.
    """
    found: dict[tuple[str, str], BackupRow] = {}
    for made in backups.backups_of(path, *([second] if second is not None else [])):
        found.setdefault((made.path.name, made.chain), _row(path, made, head))
    return list(found.values())


def listed(desk: Desk, progress: Progress, second: Path | None) -> tuple[list[BackupRow], None]:
    """The backups of the open file."""
    progress.at(0, 0)
    return backups_of(desk.path, second, desk.reached()), None


def alone_too_long(desk: Desk, progress: Progress, second: Path | None) -> tuple[bool, None]:
    """True when a week of records is on this computer alone."""
    progress.at(0, 0)
    return is_too_long_alone(desk.oldest_without_copy(second), utc_now()), None


def folder_of(path: Path) -> Path:
    """Where the backups of a file are kept, beside it."""
    return backups.folder_of(path)


def is_backup(path: Path) -> bool:
    """True for a backup, which is restored instead of being written."""
    return backups.as_backup(path) is not None


def restored(source: Path, path: Path, password: Callable[[], str]) -> tuple[Path | None, int | None]:
    """Puts a backup in the place of a closed file; gives where the replaced file is kept, and what the backup lacks."""
    source, path = source.resolve(), path.resolve()
    secret = password() if is_encrypted(source) else None
    made = backups.as_backup(source)
    if made is not None:
        _refuse_other(path, made)
    lost = None if made is None else backups.lacks(path, made)
    aside = restore(source, path, secret)
    try:
        desk = Desk.open(path, lambda: secret or "")
        try:
            desk.note(AccessAction.RESTORED, f"journal_step:{made.sequence if made else ''}")
        finally:
            desk.close()
    except Told:  # it is restored by now: what is wrong is told when it is opened
        _log.warning("a restoration could not be noted")
    return aside, lost


def _refuse_other(path: Path, made: backups.Backup) -> None:
    """Refuses to put the backup of one file in the place of another, which only bears its name."""
    own = {each.first for each in backups.backups_of(path)}
    if path.exists() and own and made.first not in own:
        raise Refusal(
            N_("{backup} is a backup of another file than {name}: restore it under another name."),
            backup=made.path.name, name=path.name,
        )  # fmt: skip


def _row(path: Path, made: backups.Backup, head: Head | None = None) -> BackupRow:
    return BackupRow(made.path, local(made.at), backups.lacks(path, made, head), made.on_line)
