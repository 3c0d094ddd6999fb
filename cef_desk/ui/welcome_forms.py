"""The form of a new file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from cef_desk.errors import Refusal
from cef_desk.i18n import _, told
from cef_desk.rules.passwords import Strength, refuse_no_password, strength
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import Field, NewPasswordField, PasswordField, TextField
from cef_desk.ui.kit.messages import PlainLabel

_NARROW = 400


class Beginning(Centred):
    """The form of a new file; `ready` when everything it asks is there."""

    ready = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_NARROW, 48)
        self.unit = TextField(_("Name of the unit"), "begin_unit")
        self.who = TextField(_("Your name"), "begin_name")
        self.code = TextField(_("Your code, printed instead of your name"), "begin_code")
        self.password = NewPasswordField(_("Password"), "begin_password")
        self.again = PasswordField(_("Confirm the password"), "begin_password_again")
        self._fields: tuple[Field[str], ...] = (self.unit, self.who, self.code, self.password, self.again)
        self.column.addWidget(PlainLabel(_("Begin"), role="title"))
        for field in self._fields:
            self.column.addWidget(field)
        self.column.addWidget(
            PlainLabel(
                _(
                    "Two files are made: the encrypted file and its key (.key). Keep both. Without the password, or "
                    "the recovery key that you will be shown, nobody opens them, not even the makers of the program."
                ),
                role="hint",
                wrap=True,
            )
        )
        self.add_trouble()
        self._accepted = ""
        go = button("begin_go", _("Create the file…"), self._on_go, main=True)
        back = button("begin_back", _("Back"), self.back_asked)
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch()
        row.addWidget(back)
        self.column.addLayout(row)
        for field in self._fields:
            field.editor.returnPressed.connect(self._on_go)  # type: ignore[attr-defined]  # every editor here is a line

    def _on_go(self) -> None:
        self.complain("")
        marks = (
            (self.unit, _("The unit needs a name.") if not self.unit.value() else ""),
            (self.code, _("The counsellor needs a code, as CEF01.") if not self.code.value() else ""),
            (self.password, self._absence()),
            (self.again, "" if self.again.value() == self.password.value() else _("The two passwords differ.")),
        )
        for field, sentence in marks:
            field.refuse(sentence)
        wrong = [field for field, sentence in marks if sentence]
        if wrong:
            wrong[0].setFocus()
        elif strength(self.password.value()) is not Strength.STRONG and self._accepted != self.password.value():
            self._accepted = self.password.value()
            self.complain(_("This password is not strong. Press again to take it all the same."))
        else:
            self.ready.emit()

    def _absence(self) -> str:
        try:
            refuse_no_password(self.password.value())
        except Refusal as refusal:
            return told(refusal)
        return ""
