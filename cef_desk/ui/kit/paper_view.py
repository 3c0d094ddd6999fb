"""A page of paper on the screen: the very PDF, its zoom, any printer."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button, icon_button

_PRINT_DPI = 300
_STEP, _LEAST, _MOST = 1.2, 0.3, 5.0


class PaperView(QWidget):
    """Shows one PDF; nothing while there is none. `failed` when a printer took nothing."""

    printed = Signal()
    failed = Signal()

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.pdf = b""
        # A document that outlives its view speaks to freed memory: it is made first, so that it goes first.
        self._paper = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setObjectName(name)
        self._view.setAccessibleName(words)
        self._view.setDocument(self._paper)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocumentMargins(QMargins(theme.GAP, theme.EDGE, theme.GAP, theme.EDGE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a PDF, or nothing when it is empty."""
        self.pdf = pdf
        self._paper.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        if pdf:
            self._paper.load(self._buffer)
        self._view.setVisible(bool(pdf))

    def zoom_buttons(self) -> tuple[QAbstractButton, ...]:
        """Smaller, as wide as there is room, larger."""
        width = button("paper_width", _("Width"), self._on_width)
        width.setProperty("role", "link")
        return (
            icon_button("paper_smaller", _("Smaller"), self._on_smaller, "minus"),
            width,
            icon_button("paper_larger", _("Larger"), self._on_larger, "plus"),
        )

    def ask_printer(self) -> None:
        """Asks which printer, then prints every page."""
        if not self.pdf:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("print_dialog")
        dialog.accepted.connect(self._on_print_accepted)
        dialog.setModal(True)
        dialog.show()
        dialog.finished.connect(dialog.deleteLater)

    def print_on(self, printer: QPrinter) -> bool:
        """Prints every page on a printer, or into its file; false when it takes nothing."""
        printer.setFullPage(True)
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for page in range(self._paper.pageCount()):
            if page:
                printer.newPage()
            size = self._paper.pagePointSize(page) * (_PRINT_DPI / 72)
            picture = self._paper.render(page, size.toSize())
            painter.drawImage(printer.pageLayout().fullRectPixels(printer.resolution()), picture)
        return painter.end() and printer.printerState() is not QPrinter.PrinterState.Error

    def _on_print_accepted(self) -> None:
        (self.printed if self.print_on(self._printer) else self.failed).emit()

    def _zoom(self, times: float) -> None:
        page, view = self._paper.pagePointSize(0), self._view
        shown = view.zoomFactor()
        if view.zoomMode() is QPdfView.ZoomMode.FitToWidth and page.width():
            margins = view.documentMargins()
            room = view.viewport().width() - margins.left() - margins.right()
            shown = room / (page.width() * view.logicalDpiX() / 72)
        view.setZoomMode(QPdfView.ZoomMode.Custom)
        view.setZoomFactor(min(max(shown * times, _LEAST), _MOST))

    def _on_larger(self) -> None:
        self._zoom(_STEP)

    def _on_smaller(self) -> None:
        self._zoom(1 / _STEP)

    def _on_width(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
