"""The recovery key, shown once: to be printed or copied by hand, then locked away."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout

from cef_desk.errors import Told
from cef_desk.i18n import _, field_day, told
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import PlainLabel

WIDTH = 560
_TITLE, _BODY, _KEY = 18, 11, 20
"""Points on paper."""


class RecoveryPage(Centred):
    """`kept` when its reader says that the key is on paper."""

    kept = Signal()

    def __init__(self) -> None:
        super().__init__(WIDTH, 72)
        self._key, self._file = "", ""
        self._shown = PlainLabel(role="title")
        self._shown.setObjectName("recovery_key")
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._go = button("recovery_go", _("It is on paper: go on"), self.kept, main=True)
        self._print = button("recovery_print", _("Print…"), self.ask_printer, icon="printer")
        self.column.addWidget(PlainLabel(_("Your recovery key"), role="title"))
        for words in self._words():
            self.column.addWidget(PlainLabel(words, role="muted", wrap=True))
        self.column.addSpacing(theme.INSIDE)
        self.column.addWidget(self._shown)
        self.column.addSpacing(theme.INSIDE)
        row = QHBoxLayout()
        row.addWidget(self._print)
        row.addWidget(self._go)
        row.addStretch()
        self.column.addLayout(row)
        self.add_trouble()

    def show_key(self, recovery: str, file_name: str) -> None:
        """Shows a key and the file it opens."""
        self._key, self._file = recovery, file_name
        self._shown.setText(recovery)
        self._print.setFocus()

    def complain_of(self, error: Told) -> None:
        """Says why the key could not take its place."""
        self.complain(told(error))

    def forget(self) -> None:
        """Takes the key off the screen."""
        self.show_key("", "")

    def ask_printer(self) -> None:
        """Asks which printer, then prints one page."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("print_dialog")
        dialog.accepted.connect(self._on_accepted)
        dialog.setModal(True)
        dialog.show()
        dialog.finished.connect(dialog.deleteLater)

    def print_on(self, printer: QPrinter) -> bool:
        """Prints the key on a printer, or into its file; false when it takes nothing."""
        painter = QPainter()
        if not painter.begin(printer):
            return False
        page = QRectF(painter.viewport())
        lines = [(_TITLE, _("CEF Desk: recovery key")), (_BODY, self._file), (_KEY, self._key)]
        lines += [(_BODY, words) for words in self._words_on_paper()]
        top = 0.0
        for points, words in lines:
            painter.setFont(QFont(theme.font(theme.BODY_POINTS).family(), points))
            flags = int(Qt.TextFlag.TextWordWrap)
            place = painter.boundingRect(QRectF(0, top, page.width(), page.height()), flags, words)
            painter.drawText(place, flags, words)
            top = place.bottom() + painter.fontMetrics().height()
        return painter.end() and printer.printerState() is not QPrinter.PrinterState.Error

    def _on_accepted(self) -> None:
        if not self.print_on(self._printer):
            self.complain(_("The printer took nothing: choose another one, or copy the key by hand."))
            return
        made = Path(self._printer.outputFileName())
        if self._printer.outputFileName() and made.is_file():
            made.chmod(0o600)
            self.complain(
                _("The key is now readable in {name}: take it off this computer, then delete it.").format(name=made)
            )
        else:
            self.complain("")

    def _words_on_paper(self) -> tuple[str, ...]:
        return (
            _("To open this file when its password is forgotten: “Password forgotten: recovery key”, on the page where "
              "the password is asked. The key then gives it another password, and stays good."),
            _("It holds no letter O, I or L: what looks so is a 0 or a 1. Capitals and dashes do not matter."),
            _("Printed on {day}. Lock it away, far from the computer.").format(day=field_day(date.today())),  # noqa: DTZ011  the day of whoever prints
        )  # fmt: skip

    def _words(self) -> tuple[str, ...]:
        return (
            _("It opens the file when the password is forgotten, and gives it another one. Nobody can make it again "
              "for you: it is shown this once."),
            _("Print it or copy it by hand, and lock it away, far from this computer."),
        )  # fmt: skip
