"""The views of a list: those of the program, those saved under a name in the file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from cef_desk.actions.saved_views import ViewDraft, remove_view, save_view
from cef_desk.i18n import N_, _
from cef_desk.queries.listing import Condition
from cef_desk.queries.saved_views import SavedView, saved_views
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.fields import ComboBox
from cef_desk.ui.kit.list_kind import View
from cef_desk.ui.kit.page import Seat

_SAVE, _FORGET, _SAVED = "save", "forget", "saved:"
_MOVES = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
}  # fmt: skip


class ViewBox(ComboBox):
    """`chosen` carries the view chosen, `found_again` tells that the one kept from last time is there.

    `extra` is told by the page, to be saved with the view.
    """

    chosen = Signal(object)
    found_again = Signal()

    def __init__(self, seat: Seat, page: str, views: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{page}_view")
        self.setAccessibleName(_("View"))
        self.setMinimumWidth(theme.px(150))
        self.setMaximumWidth(theme.px(230))
        self._seat, self._page, self._own = seat, page, tuple(views)
        self._views = self._own
        self.current = self._own[0]
        self._wished = ""
        self.extra: frozenset[Condition] = frozenset()
        self.activated.connect(self._on_activated)
        self._fill()

    @property
    def widest(self) -> View:
        """The view that holds everything."""
        return self._own[-1]

    def look(self) -> None:
        """Reads the saved views."""
        self._seat.runner.see(saved_views, self._seat.sitting.counsellor_id, self._page, then=self._on_read)

    def set_view(self, code: str) -> None:
        """Makes a view current by its code, if there is one; a saved one that was not read yet, when it is."""
        found = next((view for view in self._views if view.code == code), None)
        self._wished = code if found is None and code.startswith(_SAVED) else ""
        self.current = found or self.current
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys open the list; what stands in it besides views must be chosen, not passed over."""
        if event.key() in _MOVES or event.text().strip():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        self.clear()
        for view in self._views:
            self.addItem(view.label, view.code)
        self.insertSeparator(self.count())
        self.addItem(_("Save this view…"), _SAVE)
        if self.current.code.startswith(_SAVED):
            self.addItem(_("Remove this view"), _FORGET)
        self.setCurrentIndex(max(0, self.findData(self.current.code)))

    def _on_read(self, found: Sequence[SavedView]) -> None:
        self._views = (*self._own, *(View(_SAVED + view.uid, view.name, view.base, view.extra) for view in found))
        wished, before = self._wished, self.current
        self.set_view(wished or before.code)
        if self.current.code == wished:
            self.found_again.emit()
        elif before.code.startswith(_SAVED) and self.current is before:
            self.current = self._own[0]
            self._fill()
            self.chosen.emit(self.current)

    def _on_activated(self, _place: int) -> None:
        code = str(self.currentData())
        if code == _SAVE:
            self._fill()
            self._ask_name()
        elif code == _FORGET:
            uid, self.current = self.current.code.removeprefix(_SAVED), self._own[0]
            self._seat.runner.do(N_("Remove a view"), remove_view, uid)
            self.look()
            self.chosen.emit(self.current)
        else:
            self.set_view(code)
            self.chosen.emit(self.current)

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setObjectName("view_name_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Save this view"))
        dialog.resize(theme.px(380), dialog.height())
        dialog.setLabelText(_("Name of the view"))
        dialog.setOkButtonText(_("Save"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(self._on_name_given)
        dialog.open()

    def _on_name_given(self, name: str) -> None:
        draft = ViewDraft(
            counsellor_id=self._seat.sitting.counsellor_id, page=self._page, name=name,
            base=_pairs(self.current.base), extra=_pairs(self.extra),
        )  # fmt: skip
        self._seat.runner.do(N_("Save a view"), save_view, draft, then=self._on_saved)

    def _on_saved(self, uid: str) -> None:
        self.current = View(_SAVED + uid, "", self.current.base, self.extra)
        self.look()


def _pairs(conditions: frozenset[Condition]) -> frozenset[tuple[str, str]]:
    return frozenset((each.code, each.value) for each in conditions)
