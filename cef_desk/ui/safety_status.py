"""When the window locks and when the file was last backed up; and the backups made while it is open."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.safekeeping import BackupRow, back_up, listed
from cef_desk.i18n import N_, _, field_day, ngettext, number, told
from cef_desk.settings import Settings
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import ElidedLabel
from cef_desk.ui.kit.runner import Runner

_FIRST_MS, _EVERY_MS = 3_000, 30 * 60 * 1_000
BACKUP = N_("Backup")


class BackupKeeper(QObject):
    """A backup soon after opening, then every half hour when something changed; `known` carries the last one."""

    known = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self.settings = runner, settings
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._often = QTimer(self, interval=_EVERY_MS)
        for timer in (self._first, self._often):
            timer.timeout.connect(self.back_up)
            timer.start()
        runner.start(BACKUP, listed, self.second, then=self._on_listed)

    @property
    def second(self) -> Path | None:
        """The second place, none when none was chosen."""
        return Path(self.settings.backup_folder) if self.settings.backup_folder else None

    def back_up(self) -> None:
        """Backs up now, when something changed."""
        self._runner.start(BACKUP, back_up, self.second, then=self._on_made, failed=self.failed.emit)

    def _on_made(self, made: BackupRow | None) -> None:
        if made is not None:
            self.known.emit(made)

    def _on_listed(self, rows: list[BackupRow]) -> None:
        self.known.emit(rows[0] if rows else None)


class SafetyStatus(QWidget):
    """Two lines in a row; a click is not needed to be reassured."""

    def __init__(self, keeper: BackupKeeper) -> None:
        super().__init__()
        self.setObjectName("safety_status")
        self._lock, self._backup = ElidedLabel(), ElidedLabel()
        self._backup.setObjectName("last_backup")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._lock)
        row.addWidget(self._backup)
        keeper.known.connect(self._on_known)
        keeper.failed.connect(self._on_failed)
        self.show_settings(keeper.settings)
        self._on_known(None)

    def show_settings(self, settings: Settings) -> None:
        """The delay of the lock changed."""
        n = settings.lock_minutes
        self._lock.set_whole(ngettext("Locks after {n} minute", "Locks after {n} minutes", n).format(n=number(n)))

    def _on_known(self, last: BackupRow | None) -> None:
        words = _("No backup yet") if last is None else _("Backed up on {when}").format(when=moment(last.at))
        self._backup.set_whole(words)

    def _on_failed(self, error: Told) -> None:
        self._backup.set_whole(told(error))


def moment(at: datetime) -> str:
    """A moment in words: 23/11/2026 at 20:15."""
    return _("{day} at {hour}").format(day=field_day(at.date()), hour=f"{at:%H:%M}")


def lacking(row: BackupRow) -> str:
    """What a backup lacks, in words."""
    if row.lacks is None:
        return ""
    if not row.lacks:
        return _("holds everything")
    return ngettext("{n} record made since is not in it", "{n} records made since are not in it", row.lacks).format(
        n=number(row.lacks)
    )
