"""Long work in the status bar: what it is, how far it is, *Annuler*."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.runner import Runner


class WorkBar(QWidget):
    """Hidden while nothing long is under way."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("background_work")
        self._words = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setObjectName("work_progress")
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(120))
        self._cancel = button("work_cancel", _("Cancel"), runner.cancel)
        self._cancel.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.INSIDE)
        for part in (self._words, self._bar, self._cancel):
            row.addWidget(part)
        runner.work_began.connect(self._on_began)
        runner.work_went_on.connect(self._on_went_on)
        runner.work_ended.connect(self.hide)
        self.hide()

    def _on_began(self, title: str) -> None:
        self._words.setText(_(title))
        self._bar.setRange(0, 0)
        self.show()

    def _on_went_on(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
