"""Importer un tableur: choose, see what would be done, do it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.imports import ImportReport, preview_import, run_import, summary, take_back_import
from cef_desk.i18n import N_, _, filled, told
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel
from cef_desk.ui.kit.page import Seat


class ImportDialog(QDialog):
    """Nothing is written before *Importer*; `imported` carries the report."""

    imported = Signal(object)
    taken_back = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_dialog")
        self.setWindowTitle(_("Import a spreadsheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.size() if parent is not None else QSize(theme.px(760), theme.px(520))
        self.resize(min(theme.px(760), room.width()), min(theme.px(520), room.height()))
        self._seat = seat
        self._path: Path | None = None
        self._previewed: ImportReport | None = None
        self._batch: int | None = None
        self._name = ElidedLabel(_("No file chosen."), role="muted")
        choose = button("import_choose", _("Choose a file…"), self._on_choose, icon="folder-open")
        self._sentences = PlainLabel(role="", wrap=True)
        self._sentences.setObjectName("import_summary")
        self._trouble = PlainLabel(role="error", wrap=True)
        self._trouble.setObjectName("import_trouble")
        self._remarks = QListWidget()
        self._remarks.setObjectName("import_remarks")
        self._remarks.setAccessibleName(_("Remarks, line by line"))
        self._remarks.setWordWrap(True)
        self._remarks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._go = button("import_go", _("Import"), self._on_go, main=True)
        self._go.setEnabled(False)
        self._take_back = button("import_take_back", _("Undo this import"), self._on_take_back)
        self._take_back.hide()
        close = button("import_close", _("Close"), self.close, key=_("Esc"))
        self._lay_out(choose, close)
        choose.setFocus()

    def take(self, path: Path) -> None:
        """Shows what importing a file would do."""
        self._path, self._previewed = path, None
        self._name.set_whole(path.name)
        self._go.setEnabled(False)
        self._seat.runner.start(
            N_("Reading the spreadsheet"),
            preview_import,
            path,
            self._seat.today,
            then=self._on_previewed,
            failed=self._on_failed,
        )

    def _lay_out(self, choose: QPushButton, close: QPushButton) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(choose)
        head.addWidget(self._name, 1)
        foot.addWidget(self._go)
        foot.addWidget(self._take_back)
        foot.addStretch()
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.GAP)
        column.setSpacing(theme.px(12))
        column.addWidget(PlainLabel(_("Import a spreadsheet"), role="section"))
        column.addWidget(
            PlainLabel(
                _(
                    "A list of people with their contracts, saved as CSV by a spreadsheet program. Nothing is written "
                    "before you press Import, and an import can be undone as a whole."
                ),
                role="muted",
                wrap=True,
            )
        )
        column.addWidget(
            PlainLabel(
                _("Columns known: {names}…").format(
                    names="Nom, Prénom, Nom Prénom, Né(e) le, CP-Ville, Tél., CEF, Date d’entrée, Employeur, "
                    "Type contrat, Début, Fin, H/sem, Rupture"
                ),
                role="hint",
                wrap=True,
            )
        )
        column.addLayout(head)
        column.addWidget(self._trouble)
        column.addWidget(self._sentences)
        column.addWidget(self._remarks, 1)
        column.addLayout(foot)
        self._trouble.hide()

    def _on_choose(self) -> None:
        pick_file(self, _("Choose a file…"), _("CSV lists") + " (*.csv *.txt)", self._on_chosen)

    def _on_chosen(self, name: str) -> None:
        self.take(Path(name))

    def _on_previewed(self, report: ImportReport) -> None:
        if self._path is None or report.read.path != self._path:
            return
        self._previewed = report
        self._show(report)
        self._go.setEnabled(not report.plan.empty)
        if report.plan.empty and not report.nothing_left:
            self._remarks.clear()
            self._sentences.setText(_("Everything in this file is already here: there is nothing to import."))

    def _on_go(self) -> None:
        if self._previewed is None:
            return
        self._go.setEnabled(False)
        lines = self._previewed.read
        self._seat.runner.start(
            N_("Import"), run_import, lines, self._seat.today, then=self._on_done, failed=self._on_not_imported
        )

    def _on_not_imported(self, error: Told) -> None:
        """Stopped or refused: what would be done stays in view, to be asked again."""
        self._trouble.setText(told(error))
        self._trouble.show()
        self._go.setEnabled(True)

    def _on_done(self, report: ImportReport) -> None:
        self._show(report)
        self._batch = report.batch_id
        self._take_back.setVisible(report.batch_id is not None)
        self.imported.emit(report)

    def _on_take_back(self) -> None:
        self._take_back.hide()
        self._seat.runner.start(
            N_("Taking an import back"), take_back_import, self._batch, then=self._on_taken_back, failed=self._on_failed
        )

    def _on_taken_back(self, _removed: int) -> None:
        self._remarks.clear()
        self._sentences.setText(_("This import is undone: nothing of it is left."))
        self.taken_back.emit()

    def _on_failed(self, error: Told) -> None:
        self._sentences.clear()
        self._remarks.clear()
        self._trouble.setText(told(error))
        self._trouble.show()

    def _show(self, report: ImportReport) -> None:
        self._trouble.hide()
        self._sentences.setText("\n".join(summary(report)))
        self._remarks.clear()
        self._remarks.addItems([f"{item.code}  {filled(item.pattern, item.values)}" for item in report.remarks()])
