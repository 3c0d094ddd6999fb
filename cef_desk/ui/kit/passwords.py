"""Passwords: one that is given, and one that is chosen, twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cef_desk.errors import Refusal
from cef_desk.i18n import _, told
from cef_desk.rules.passwords import ADVICE, Strength, refuse_no_password, strength
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.fields import LineField


class PasswordField(LineField[str]):
    """A text shown as dots."""

    def __init__(self, label: str, name: str, width: int = 0) -> None:
        super().__init__(label, name, width)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self._line.addAction(theme.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setToolTip(_("Show or hide what is typed"))
        self._eye.toggled.connect(self._on_eye)

    def value(self) -> str:
        """The text as it is."""
        return self.text()

    def set_text(self, text: str) -> None:
        """Puts back what was typed, hidden."""
        self._eye.setChecked(False)
        super().set_text(text)

    def _on_eye(self, shown: bool) -> None:  # noqa: FBT001  Qt's own signature
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(theme.icon("eye-off" if shown else "eye"))


class NewPasswordField(PasswordField):
    """A password being chosen: its strength is told while it is typed."""

    def explanation(self) -> str:
        """A strong one is told so."""
        return _(ADVICE[Strength.STRONG]) if strength(self.text()) is Strength.STRONG else ""

    def doubt(self) -> str:
        """What would make it stronger."""
        found = strength(self.text())
        return "" if found in {Strength.NONE, Strength.STRONG} else _(ADVICE[found])


class NewPassword(QWidget):
    """The next password, twice; a weak one is taken when it is asked again. `entered` when Enter ends either."""

    entered = Signal()
    edited = Signal()

    def __init__(self, label: str, name: str) -> None:
        super().__init__()
        self.password = NewPasswordField(label, name)
        self.again = PasswordField(_("Confirm the password"), f"{name}_again")
        self._accepted = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        for field in (self.password, self.again):
            column.addWidget(field)
            field.entered.connect(self.entered)
            field.edited.connect(self.edited)
        self.setFocusProxy(self.password)

    def clear(self) -> None:
        """Forgets what was typed."""
        self._accepted = ""
        for field in (self.password, self.again):
            field.set_text("")
            field.refuse("")

    def check(self) -> bool:
        """Marks what is wrong; true when the password may be taken."""
        typed = self.password.value()
        for field, sentence in (
            (self.password, _absence(typed)),
            (self.again, "" if self.again.value() == typed else _("The two passwords differ.")),
        ):
            field.refuse(sentence)
        if self.password.error or self.again.error:
            return False
        if strength(typed) is not Strength.STRONG and self._accepted != typed:
            self._accepted = typed
            self.password.refuse(_("This password is not strong. Press again to take it all the same."))
            return False
        return True

    def value(self) -> str:
        """The password."""
        return self.password.value()

    def to_correct(self) -> QWidget:
        """The field to go back to."""
        return self.again if self.again.error and not self.password.error else self.password


def _absence(typed: str) -> str:
    try:
        refuse_no_password(typed)
    except Refusal as refusal:
        return told(refusal)
    return ""
