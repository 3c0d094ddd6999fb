"""When the window locks, when the file was last backed up, and what is wrong with that."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.safekeeping import BackupRow
from cef_desk.i18n import _, moment, ngettext, number, told
from cef_desk.settings import Settings
from cef_desk.ui.backups import BackupKeeper
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import ElidedLabel


class SafetyStatus(QWidget):
    """Two lines in a row, and a reminder when a week of records would be lost with this computer."""

    def __init__(self, keeper: BackupKeeper, settings: Settings, security: QAction) -> None:
        super().__init__()
        self.setObjectName("safety_status")
        self._lock, self._backup = ElidedLabel(), ElidedLabel()
        self._backup.setObjectName("last_backup")
        self._failure = ElidedLabel(role="warning")
        self._failure.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self._lock)
        row.addWidget(self._backup)
        row.addWidget(self._failure)
        self._reminder = button("no_copy_elsewhere", _("No copy off this computer for a week"), security.trigger)
        self._reminder.setProperty("role", "link")
        self._reminder.hide()
        row.addWidget(self._reminder)
        keeper.alone.connect(self._reminder.setVisible)
        keeper.listed.connect(self._on_listed)
        keeper.made.connect(self._failure.hide)
        keeper.failed.connect(self._on_failed)
        self.show_settings(settings)
        self._on_listed([])

    def show_settings(self, settings: Settings) -> None:
        """The delay of the lock changed."""
        n = settings.lock_minutes
        self._lock.set_whole(ngettext("Locks after {n} minute", "Locks after {n} minutes", n).format(n=number(n)))

    def _on_listed(self, rows: list[BackupRow]) -> None:
        words = _("Backed up on {when}").format(when=moment(rows[0].at)) if rows else _("No backup yet")
        self._backup.set_whole(words)

    def _on_failed(self, error: Told) -> None:
        self._failure.set_whole(told(error))
        self._failure.show()
