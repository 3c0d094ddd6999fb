"""What the program says: plain labels, toasts, and dialogs only where a decision is needed."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from cef_desk import __version__
from cef_desk.i18n import _
from cef_desk.log import frames
from cef_desk.ui.kit import theme

_log = logging.getLogger(__name__)
_ABOVE_BUTTONS = 72
"""Room for the buttons at the foot of a form, which it never covers."""
_MINUTE = 60


class PlainLabel(QLabel):
    """A label that shows its text as it is: a name like `<b>x</b>` is a name. `data` marks words of the file."""

    def __init__(
        self, text: str = "", *, role: str = "", wrap: bool = False, data: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("data", data)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)


class ElidedLabel(PlainLabel):
    """One line that gives way: what does not fit ends in an ellipsis, and the whole is in the tooltip."""

    def __init__(self, text: str = "", *, role: str = "", data: bool = False, parent: QWidget | None = None) -> None:
        self._whole = text
        super().__init__(text, role=role, data=data, parent=parent)
        self.setMinimumWidth(theme.px(40))

    def set_whole(self, text: str) -> None:
        """Shows another text."""
        self._whole = text
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Qt: the room of the whole line, whatever is shown now."""
        self.ensurePolished()
        margins = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self._line()) + margins.left() + margins.right()
        return QSize(wide + 1, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the place changed."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        line = self._line()
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, max(self.contentsRect().width(), 1))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("" if shown == line else as_plain_tooltip(line))
        self.setAccessibleName(line)

    def _line(self) -> str:
        return " ".join(self._whole.split())


def as_plain_tooltip(text: str) -> str:
    """A tooltip that Qt cannot take for rich text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"


def line(parent: QWidget | None = None, *, upright: bool = False) -> QFrame:
    """A thin rule between two parts."""
    rule = QFrame(parent)
    rule.setProperty("role", "upright" if upright else "line")
    return rule


class Toast(QFrame):
    """Says at the bottom of a window what was done, with a way back or on, for eight seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self._text = PlainLabel()
        self._undo = QPushButton(_("Undo"))
        self._undo.setObjectName("toast_undo")
        self._undo.clicked.connect(self._on_undo)
        self._back: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.INSIDE, theme.GAP, theme.INSIDE)
        row.addWidget(self._text)
        row.addWidget(self._undo)
        self._timer = QTimer(self, singleShot=True, interval=theme.TOAST_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, back: Callable[[], object] | None = None, words: str = "", *, long: bool = False) -> None:
        """Shows a sentence, and beside it a way back, or what `words` offer; `long` for a minute."""
        self._text.setText(text)
        self._undo.setText(words or _("Undo"))
        self._back = back
        self._undo.setVisible(back is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start((_MINUTE if long else theme.TOAST_SECONDS) * 1000)

    def _on_undo(self) -> None:
        self.hide()
        if self._back is not None:
            self._back()

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: follows the window's size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        window = self._window
        left = (window.width() - self.width()) // 2
        self.move(left, window.height() - self.height() - theme.px(theme.STATUS_HEIGHT + _ABOVE_BUTTONS))


def tell(parent: QWidget | None, text: str, detail: str = "") -> QMessageBox:
    """Opens a dialog that says one thing; it does not hold the program up."""
    box = QMessageBox(QMessageBox.Icon.Warning, "CEF Desk", text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


class CrashReport(QObject):
    """Tells of a bug: one dialog, a line in the log with frames only, and the program goes on."""

    def __init__(self, window: Callable[[], QWidget | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._shown = False

    def install(self) -> None:
        """Takes up every error that nobody foresaw."""
        sys.excepthook = self.report

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Writes and tells one error; never its message, which may hold a name."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unforeseen error", exc_info=(kind, error, trace))
        if self._shown:
            return
        self._shown = True
        box = tell(
            self._window(),
            _("Something went wrong in CEF Desk. What was saved is safe."),
            _("Report to pass on, without personal data:") + f"\n{kind.__name__} {__version__}\n{frames(trace)}",
        )
        box.setObjectName("crash_report")
        box.finished.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._shown = False
