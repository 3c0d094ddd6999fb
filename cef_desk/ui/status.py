"""The status bar: the file, work under way, how safe it is, the unit, who sits here."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStatusBar

from cef_desk.i18n import _
from cef_desk.queries.sitting import Sitting
from cef_desk.settings import Settings
from cef_desk.ui.backups import BackupKeeper
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import ElidedLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.work_bar import WorkBar
from cef_desk.ui.safety_status import SafetyStatus

_WIDEST, _NARROWEST = 320, 60


class Status(QStatusBar):
    """Stands under every page; an encrypted file is backed up from here."""

    def __init__(self, seat: Seat, file_name: str, keeper: BackupKeeper, security: QAction) -> None:
        super().__init__()
        self._unit, self._who = ElidedLabel(data=True), ElidedLabel(data=True)
        self.addWidget(ElidedLabel(_("{name} on this computer").format(name=file_name)))
        self.addWidget(WorkBar(seat.runner))
        self._safety: SafetyStatus | None = None
        if seat.runner.is_encrypted:
            self._safety = SafetyStatus(keeper, seat.settings, security)
            self.addWidget(self._safety)
        for label in (self._unit, self._who):
            label.setMaximumWidth(theme.px(_WIDEST))
            label.setMinimumWidth(theme.px(_NARROWEST))
            self.addPermanentWidget(label)
        self.setSizeGripEnabled(False)
        self.tell_sitting(seat.sitting)

    def tell_sitting(self, now: Sitting) -> None:
        """Whose file it is and who sits here."""
        self._unit.set_whole(now.unit)
        self._who.set_whole(", ".join(part for part in (now.counsellor_name, now.counsellor_code) if part))

    def show_settings(self, settings: Settings) -> None:
        """Another delay."""
        if self._safety is not None:
            self._safety.show_settings(settings)
