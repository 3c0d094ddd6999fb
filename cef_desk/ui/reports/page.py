"""Bilans: the month's sheet, exactly as it will print."""

from datetime import date
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.whole_files import write_bytes
from cef_desk.i18n import _, month_name, short_month, told
from cef_desk.queries.month import MonthSheet, month_sheet
from cef_desk.reports.month_sheet import month_sheet_pdf
from cef_desk.rules.kinds import Subject
from cef_desk.rules.period import Period, add_months
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, line, tell
from cef_desk.ui.kit.page import Page, Seat

_PRINT_DPI = 300
_CHOICES_WIDTH = 200


class ReportsPage(Page):
    """The sheet of one month: go from month to month, save, print. `saved` carries the name of a file written."""

    watches: ClassVar = frozenset(
        {
            Subject.PATHWAY,
            Subject.HOLDER,
            Subject.PRESENCE,
            Subject.CONTRACT,
            Subject.RUPTURE,
            Subject.EXIT,
            Subject.EXIT_CHECK,
            Subject.INTERACTION,
            Subject.OFFER,
            Subject.INSERTION_CONTRACT,
            Subject.UNIT,
        }
    )  # fmt: skip

    saved = Signal(str)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._month = seat.today.replace(day=1)
        self._pdf = b""
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setObjectName("sheet_view")
        self._view.setAccessibleName(_("Monthly results sheet"))
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.SinglePage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocumentMargins(QMargins(theme.GAP, theme.EDGE, theme.GAP, theme.EDGE))
        self._title = ElidedLabel(role="section")
        self._title.setObjectName("sheet_title")
        self._trouble = PlainLabel(role="warning", wrap=True)
        self._trouble.setObjectName("sheet_trouble")
        self._save = button("save_sheet", _("Save as PDF…"), self._on_save, icon="file-down")
        self._print = button("print_sheet", _("Print…"), self.ask_printer, icon="printer", main=True)
        self._lay_out()

    def refresh(self) -> None:
        """Counts the month again."""
        self._show(b"")
        self._trouble.hide()
        self._title.set_whole(_capital(month_name(self._month)))
        self._label.setText(short_month(self._month))
        self._next.setEnabled(self._month < self.seat.today.replace(day=1))
        period = Period.month(self._month.year, self._month.month)
        self.runner.see(month_sheet, period, self.seat.today, then=self._on_counted, failed=self._on_failed)

    def go(self, months: int) -> None:
        """Some months later, or earlier when negative."""
        self._month = add_months(self._month, months)
        self.refresh()

    def show_month(self, first_day: date) -> None:
        """One month."""
        self._month = first_day
        self.refresh()

    @property
    def pdf(self) -> bytes:
        """The page in view, empty while there is none."""
        return self._pdf

    def save_to(self, path: Path) -> None:
        """Writes the page in view, whole."""
        try:
            write_bytes(path, self._pdf)
        except Told as error:
            tell(self, told(error))
        else:
            self.saved.emit(path.name)

    def ask_printer(self) -> None:
        """Ctrl+P."""
        if not self._pdf:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_print_accepted)
        dialog.setModal(True)
        dialog.show()

    def _lay_out(self) -> None:
        choices = QWidget()
        choices.setObjectName("choices")
        choices.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        choices.setFixedWidth(theme.px(_CHOICES_WIDTH))
        left = QVBoxLayout(choices)
        left.setContentsMargins(theme.EDGE, theme.GAP, theme.GAP, theme.GAP)
        left.setSpacing(theme.INSIDE)
        left.addWidget(PlainLabel(_("Reports"), role="title"))
        left.addSpacing(theme.INSIDE)
        left.addWidget(PlainLabel(_("Monthly results sheet"), wrap=True))
        left.addSpacing(theme.INSIDE)
        left.addWidget(PlainLabel(_("Period"), role="hint"))
        months = QHBoxLayout()
        self._label = PlainLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        months.addWidget(icon_button("previous_month", _("Month before"), self._on_before, "chevron-left"))
        months.addWidget(self._label, 1)
        self._next = icon_button("next_month", _("Month after"), self._on_after, "chevron-right")
        months.addWidget(self._next)
        left.addLayout(months)
        left.addStretch()
        head = QHBoxLayout()
        head.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.px(12))
        head.setSpacing(theme.INSIDE)
        head.addWidget(self._title, 1)
        head.addWidget(self._save)
        head.addWidget(self._print)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(line())
        right.addWidget(self._trouble)
        right.addWidget(self._view, 1)
        self._trouble.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.GAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(choices)
        row.addWidget(line(upright=True))
        row.addLayout(right, 1)

    def _on_counted(self, sheet: MonthSheet) -> None:
        if sheet.month.first != self._month:
            return
        self._show(month_sheet_pdf(sheet))
        self._trouble.hide()

    def _on_failed(self, error: Told) -> None:
        self._show(b"")
        self._trouble.setText(told(error))
        self._trouble.show()

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        if pdf:
            self._document.load(self._buffer)
        self._view.setVisible(bool(pdf))
        self._save.setEnabled(bool(pdf))
        self._print.setEnabled(bool(pdf))

    def _on_before(self) -> None:
        self.go(-1)

    def _on_after(self) -> None:
        self.go(1)

    def _on_save(self) -> None:
        name = f"fiche-{self._month:%Y-%m}.pdf"
        pick_file(self, _("Save as PDF…"), "PDF (*.pdf)", self._on_save_chosen, save_as=name)

    def _on_save_chosen(self, name: str) -> None:
        self.save_to(Path(name))

    def _on_print_accepted(self) -> None:
        self._printer.setFullPage(True)
        painter = QPainter(self._printer)
        size = self._document.pagePointSize(0) * (_PRINT_DPI / 72)
        picture = self._document.render(0, size.toSize())
        painter.drawImage(self._printer.pageLayout().fullRectPixels(self._printer.resolution()), picture)
        painter.end()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
