"""Shift+F1: the shortcuts, from the one register."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cef_desk.i18n import N_, _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel

_IN_FORMS = (
    (N_("Go on to the next field"), N_("Enter")),
    (N_("Save"), N_("Ctrl+Enter")),
    (N_("Close the form or the card"), N_("Esc")),
)
_IN_LISTS = ((N_("Open"), N_("Enter")), (N_("Show or hide the card"), N_("Space")), (N_("Select all"), "Ctrl+A"))


class ShortcutSheet(QDialog):
    """Read only; Esc closes."""

    def __init__(self, register: ActionRegister, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcut_sheet")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(theme.px(520), parent.width()), min(theme.px(620), parent.height()))
        lines = [Line(_("Everywhere"), head=True)]
        lines += [
            Line(_(spec.label), right=spec.keys, icon=spec.icon) for spec, _action in register.all() if spec.shortcut
        ]
        for head, pairs in ((_("In a list"), _IN_LISTS), (_("In a form"), _IN_FORMS)):
            lines += [Line(head, head=True), *(Line(_(words), right=_(keys)) for words, keys in pairs)]
        listed = LinesView("shortcut_list", _("Keyboard shortcuts"))
        listed.set_lines(lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.px(12))
        column.addWidget(PlainLabel(_("Keyboard shortcuts"), role="section"))
        column.addWidget(listed, 1)
        close = button("shortcut_sheet_close", _("Close"), self.close, key=_("Esc"))
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        listed.setFocus()
