"""The form of a new file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import TextField
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.passwords import NewPassword

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
        self.chosen = NewPassword(_("Password"), "begin_password")
        self.column.addWidget(PlainLabel(_("Begin"), role="title"))
        for part in (self.unit, self.who, self.code, self.chosen):
            self.column.addWidget(part)
            part.entered.connect(self._on_go)
        self.column.addWidget(
            PlainLabel(
                _(
                    "Two files are made: the encrypted file and its key (.key). Keep both. Without the password, or "
                    "the recovery key that you will be shown, nobody opens them, not even the makers of the program. "
                    "Beside them come the folder of backups and a .ballast, room kept for a full disk."
                ),
                role="hint",
                wrap=True,
            )
        )
        self.add_trouble()
        go = button("begin_go", _("Create the file…"), self._on_go, main=True)
        back = button("begin_back", _("Back"), self.back_asked)
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch()
        row.addWidget(back)
        self.column.addLayout(row)

    def _on_go(self) -> None:
        self.complain("")
        marks = (
            (self.unit, _("The unit needs a name.") if not self.unit.value() else ""),
            (self.code, _("The counsellor needs a code, as CEF01.") if not self.code.value() else ""),
        )
        for field, sentence in marks:
            field.refuse(sentence)
        wrong: list[QWidget] = [field for field, sentence in marks if sentence]
        if not self.chosen.check():
            wrong.append(self.chosen.to_correct())
        if wrong:
            wrong[0].setFocus()
        else:
            self.ready.emit()
