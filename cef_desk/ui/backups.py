"""The backups made while a file is open, and what is said of each."""

from PySide6.QtCore import QObject, QTimer, Signal

from cef_desk.errors import Told
from cef_desk.exchange.safekeeping import BackupRow, alone_too_long, back_up, listed
from cef_desk.i18n import N_, _, ngettext, number
from cef_desk.settings import Settings
from cef_desk.ui.kit.runner import Runner

_FIRST_MS, _EVERY_MS = 3_000, 30 * 60 * 1_000
BACKUP = N_("Backup")


class BackupKeeper(QObject):
    """Backs an encrypted file up soon after opening, then every half hour when something changed, and when asked.

    `listed` carries the backups, the best first, `made` the one just written or none when nothing was new, `failed` why
    it could not be; `alone` whether a week of records is on this computer alone.
    """

    listed = Signal(object)
    made = Signal(object)
    failed = Signal(object)
    alone = Signal(bool)

    def __init__(self, runner: Runner, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._settings = runner, settings
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._often = QTimer(self, interval=_EVERY_MS)
        for timer in (self._first, self._often):
            timer.timeout.connect(self.back_up)
            if runner.is_encrypted:
                timer.start()

    def look(self) -> None:
        """Reads which backups there are, and whether one is elsewhere."""
        if self._runner.is_encrypted:
            second = self._settings.second_place
            self._runner.start(BACKUP, listed, second, then=self._on_listed)
            self._runner.start(BACKUP, alone_too_long, second, then=self._on_looked)

    def back_up(self) -> None:
        """Backs up now, when something changed."""
        second = self._settings.second_place
        self._runner.start(BACKUP, back_up, second, then=self._on_made, failed=self._on_failed)

    def take(self, settings: Settings) -> None:
        """Another second place, or none."""
        before, self._settings = self._settings.second_place, settings
        if settings.second_place is not None and settings.second_place != before:
            self.back_up()
        else:
            self.look()

    def _on_made(self, made: BackupRow | None) -> None:
        self.made.emit(made)
        self.look()

    def _on_failed(self, error: Told) -> None:
        self.failed.emit(error)
        self.look()

    def _on_looked(self, alone: bool) -> None:  # noqa: FBT001  what the work gives
        self.alone.emit(alone)

    def _on_listed(self, rows: list[BackupRow]) -> None:
        self.listed.emit(rows)


def lacking(row: BackupRow) -> str:
    """What a backup lacks, in words."""
    if not row.on_line:
        return _("of a history that was left by a restoration")
    if row.lacks is None:
        return ""
    if not row.lacks:
        return _("holds everything")
    return ngettext("{n} record made since is not in it", "{n} records made since are not in it", row.lacks).format(
        n=number(row.lacks)
    )
