"""When the window locks and when the file was last backed up; and the backups made while it is open."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.safekeeping import BackupRow, alone_too_long, back_up, listed
from cef_desk.i18n import N_, _, field_day, ngettext, number, told
from cef_desk.settings import Settings
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import ElidedLabel
from cef_desk.ui.kit.runner import Runner

_FIRST_MS, _EVERY_MS = 3_000, 30 * 60 * 1_000
BACKUP = N_("Backup")


class BackupKeeper(QObject):
    """A backup soon after opening, then every half hour when something changed.

    `known` carries the last one, `alone` whether a week of records is on this computer alone.
    """

    known = Signal(object)
    alone = Signal(bool)
    failed = Signal(object)

    def __init__(self, runner: Runner, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self.settings = runner, settings
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._often = QTimer(self, interval=_EVERY_MS)
        for timer in (self._first, self._often):
            timer.timeout.connect(self.back_up)
            timer.start()

    def look(self) -> None:
        """Looks which backups there are."""
        self._runner.start(BACKUP, listed, self.second, then=self._on_listed)

    @property
    def second(self) -> Path | None:
        """The second place, none when none was chosen."""
        return Path(self.settings.backup_folder) if self.settings.backup_folder else None

    def back_up(self) -> None:
        """Backs up now, when something changed."""
        self._runner.start(BACKUP, back_up, self.second, then=self._on_made, failed=self._on_failed)

    def _on_made(self, made: BackupRow | None) -> None:
        if made is not None:
            self.known.emit(made)
        self.look_elsewhere()

    def _on_failed(self, error: Told) -> None:
        self.failed.emit(error)
        self.look_elsewhere()

    def look_elsewhere(self) -> None:
        """Looks whether what was recorded is somewhere else too."""
        self._runner.start(BACKUP, alone_too_long, self.second, then=self.alone.emit)

    def _on_listed(self, rows: list[BackupRow]) -> None:
        self.known.emit(rows[0] if rows else None)
        self.look_elsewhere()


class SafetyStatus(QWidget):
    """Two lines in a row, and a reminder when a week of records would be lost with this computer."""

    def __init__(self, keeper: BackupKeeper, security: QAction) -> None:
        super().__init__()
        self.setObjectName("safety_status")
        self._lock, self._backup = ElidedLabel(), ElidedLabel()
        self._backup.setObjectName("last_backup")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._lock)
        row.addWidget(self._backup)
        self._reminder = button("no_copy_elsewhere", _("No copy off this computer for a week"), security.trigger)
        self._reminder.setProperty("role", "link")
        self._reminder.hide()
        row.addWidget(self._reminder)
        keeper.alone.connect(self._reminder.setVisible)
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
