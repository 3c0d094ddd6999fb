"""The bar above the pages: the search field, the day, F12, the menu."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from cef_desk.i18n import _, field_day, long_day
from cef_desk.ui.commands import MASK, MENU
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.controls import icon_button
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.palette import SearchField

_HEIGHT = 48


class TopBar(QWidget):
    """Stands over every page."""

    def __init__(self, seat: Seat, register: ActionRegister, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self._seat, self._register = seat, register
        self.setFixedHeight(theme.px(_HEIGHT))
        self.search = SearchField(window)
        day = ElidedLabel(long_day(seat.today), role="muted")
        day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._mask = icon_button("mask_button", _(MASK.label), register[MASK.id].trigger, "eye")
        self._mask.setCheckable(True)
        self._menu = icon_button("menu_button", _("Menu"), self._on_menu_asked, "menu")
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.EDGE, 0, theme.GAP, 0)
        row.setSpacing(theme.INSIDE)
        row.addWidget(self.search, 3)
        row.addWidget(day, 2)
        row.addWidget(self._mask)
        row.addWidget(self._menu)
        seat.mask.changed.connect(self._on_mask_changed)
        self._on_mask_changed()

    def _on_mask_changed(self) -> None:
        on = self._seat.mask.on
        self._mask.setChecked(on)
        self._mask.setIcon(theme.icon("eye-off" if on else "eye", theme.tokens().accent if on else ""))
        words = _("Names are hidden: show them") if on else _(MASK.label)
        self._mask.setToolTip(f"{words} ({MASK.keys})")
        self._mask.setAccessibleName(words)

    def _on_menu_asked(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("main_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in MENU:
            for spec in group:
                menu.addAction(self._register[spec.id])
            menu.addSeparator()
        menu.popup(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))


def demonstration_banner(day: date) -> QFrame:
    """Says over everything that the data are fictitious."""
    banner = QFrame()
    banner.setProperty("role", "banner")
    row = QHBoxLayout(banner)
    row.setContentsMargins(theme.GAP, theme.px(4), theme.GAP, theme.px(4))
    row.addWidget(PlainLabel(_("DEMONSTRATION — fictitious data, day fixed at {day}").format(day=field_day(day))))
    return banner
