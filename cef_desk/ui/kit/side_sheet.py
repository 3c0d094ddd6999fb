"""The place beside a page where a form stands; where there is no room for both, the page steps aside."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from cef_desk.ui.kit import theme
from cef_desk.ui.kit.form import Form

_FORM_WIDTH = 560


class SideSheet(QSplitter):
    """`left` when the form is gone; `given_up` carries what brings its entry back.

    `narrowest` tells how much room the page in view needs to stand beside.
    """

    left = Signal()
    given_up = Signal(object)

    def __init__(self, beside: QWidget, narrowest: Callable[[], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("side_splitter")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._beside, self._narrowest = beside, narrowest
        self._form: Form[Any] | None = None
        self.addWidget(beside)

    def open(self, make: Callable[[], Form[Any]]) -> Form[Any]:
        """Opens a form in place of the one there, or gives that one while it is being saved."""
        self.close_form()
        if self._form is not None:
            return self._form
        form = make()
        form.finished.connect(self._on_finished)
        form.given_up.connect(self.given_up)
        self._form = form
        self.addWidget(form)
        self._share()
        form.start()
        QTimer.singleShot(0, form, form.show_cursor)
        return form

    @property
    def form(self) -> Form[Any] | None:
        """The form in view, if there is one."""
        return self._form

    def close_form(self) -> None:
        """Closes the form; what is typed in it is kept."""
        if self._form is not None:
            self._form.close_form()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: page and form share the new width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        room = 0 if self._form is not None and self._form.is_wide else self.width() - theme.px(_FORM_WIDTH)
        # beside a form a page takes the room there is: it must not widen the window before it has narrowed itself
        self._beside.setMinimumWidth(0 if self._form is None else 1)
        self._beside.setVisible(self._form is None or room >= theme.px(self._narrowest()))
        if self._form is not None:
            self.setSizes([max(room, 0), self.width() - max(room, 0)])

    def _on_finished(self, _saved: bool) -> None:  # noqa: FBT001  a Qt signal has no names
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._share()
            self.left.emit()
