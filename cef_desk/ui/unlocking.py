"""What a file asks before it opens: its password, else its recovery key; and what is offered when it is at fault."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from cef_desk.i18n import _
from cef_desk.rules.passwords import seconds_to_wait
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import TextField
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, line
from cef_desk.ui.kit.passwords import NewPassword, PasswordField

_NARROW, _MIDDLE = 400, 640


class Unlocking(Centred):
    """The password of one file; `ready` carries it."""

    ready = Signal(str)
    other_asked = Signal()
    recovery_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_NARROW, 140)
        picture = QLabel()
        picture.setPixmap(theme.icon("lock", "", 24).pixmap(theme.px(24)))
        self._name = ElidedLabel(role="title")
        self._why = PlainLabel(role="muted", wrap=True)
        self.password = PasswordField(_("Password"), "unlock_password")
        self._go = button("unlock_go", _("Opening…"), self._on_go, main=True)
        self._go.setMinimumWidth(self._go.sizeHint().width())
        self._go.setText(_("Open"))
        self.password.entered.connect(self._on_go)
        self._forgotten = forgotten = button(
            "unlock_forgotten", _("Password forgotten: recovery key"), self.recovery_asked
        )
        other = button("unlock_other", _("Another file…"), self.other_asked)
        for link in (forgotten, other):
            link.setProperty("role", "link")
        self._path, self._wait = Path(), 0
        self._failures: Counter[Path] = Counter()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._on_second)
        row, links = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(theme.INSIDE)
        row.addWidget(self.password, 1)
        row.addWidget(self._go, alignment=Qt.AlignmentFlag.AlignBottom)
        links.addWidget(forgotten)
        links.addWidget(other)
        links.addStretch()
        self.column.addWidget(picture)
        self.column.addWidget(self._name)
        self.column.addWidget(self._why)
        self.column.addLayout(row)
        self.add_trouble()
        self.column.addWidget(line())
        self.column.addLayout(links)

    def failures(self, path: Path) -> int:
        """How many wrong passwords were given for a file in a row."""
        return self._failures[path]

    def ask(self, path: Path, why: str = "", *, recovers: bool = True) -> None:
        """Asks the password of one file, and tells what for; a backup keeps its keys, whatever they are."""
        self._path = path
        self.password.label.setText(_("Password") if recovers else _("Password, or recovery key"))
        self._forgotten.setVisible(recovers)
        self._name.set_whole(path.name)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.password.set_text("")
        self.complain("")

    def succeed(self) -> None:
        """The password was right."""
        self._failures.clear()
        self._wait = 0
        self._second.stop()
        self._show_wait()

    def fail(self) -> None:
        """The password was wrong: after some, the next try has to wait."""
        self._failures[self._path] += 1
        self._wait = seconds_to_wait(self._failures[self._path])
        if self._wait:
            self._second.start()
        self._show_wait()

    def complain(self, sentence: str) -> None:
        """Says what went wrong and selects what was typed, so that the next word takes its place."""
        super().complain(sentence)
        self.password.select()

    def _on_second(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._second.stop()
        self._show_wait()

    def _show_wait(self) -> None:
        waits = self._wait > 0
        self._go.setEnabled(not waits)
        self._go.setText(_("Wait {n} s").format(n=self._wait) if waits else _("Open"))

    def _on_go(self) -> None:
        if self._wait > 0:
            return
        self.complain("")
        self._go.setText(_("Opening…"))
        self._go.repaint()
        self.ready.emit(self.password.value())
        self._show_wait()


class Recovering(Centred):
    """The recovery key of a file and its next password; `ready` carries both."""

    ready = Signal(str, str)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_NARROW, 72)
        self.key = TextField(_("Recovery key, as printed"), "recover_key")
        self.chosen = NewPassword(_("New password"), "recover_password")
        self._name = ElidedLabel(role="muted")
        self.column.addWidget(PlainLabel(_("Open with the recovery key"), role="title"))
        self.column.addWidget(self._name)
        for part in (self.key, self.chosen):
            self.column.addWidget(part)
            part.entered.connect(self._on_go)
        self.add_trouble()
        row = QHBoxLayout()
        self._go = button("recover_go", _("Open and change the password"), self._on_go, main=True)
        row.addWidget(self._go)
        row.addStretch()
        row.addWidget(button("recover_back", _("Back"), self.back_asked))
        self.column.addLayout(row)

    def ask(self, path: Path) -> None:
        """Asks the key of one file."""
        self._name.set_whole(path.name)
        self.key.set_text("")
        self.chosen.clear()
        self.complain("")

    def _on_go(self) -> None:
        self.complain("")
        self.key.refuse("" if self.key.value() else _("The key that was printed at the beginning is needed."))
        chosen = self.chosen.check()
        if self.key.error or not chosen:
            (self.key if self.key.error else self.chosen.to_correct()).setFocus()
        else:
            self._go.setText(_("Opening…"))
            self._go.repaint()
            self.ready.emit(self.key.value(), self.chosen.value())
            self._go.setText(_("Open and change the password"))


class Faulty(Centred):
    """What is wrong with a file, and the backups that could take its place.

    `restore_asked` carries the path of a backup; `anyway_asked` goes on with a file that opens all the same.
    """

    restore_asked = Signal(object)
    anyway_asked = Signal()
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_MIDDLE, 72)
        self._name = ElidedLabel(role="title")
        self._fault = PlainLabel(wrap=True)
        self._fault.setObjectName("fault_sentence")
        self._found = PlainLabel(role="muted", wrap=True)
        self.backups = LinesView("fault_backups", _("Backups"), row=36)
        self.backups.setMinimumHeight(theme.px(160))
        self._restore = button("fault_restore", _("Restore this backup"), self._on_restore, main=True)
        self._anyway = button("fault_anyway", _("Open as it is"), self.anyway_asked)
        self._other = button("fault_other", _("Another file…"), self.other_asked)
        row = QHBoxLayout()
        for made in (self._restore, self._anyway, self._other):
            row.addWidget(made)
        row.addStretch()
        for part in (self._name, self._fault, self._found, self.backups):
            self.column.addWidget(part)
        self.add_trouble()
        self.column.addLayout(row)
        self.backups.line_opened.connect(self.restore_asked)

    def tell(self, path: Path, sentence: str, backups: list[Line], *, opens_anyway: bool) -> None:
        """Shows the fault of a file and its backups, the best one chosen."""
        self._name.set_whole(path.name)
        self._fault.setText(sentence)
        self._found.setText(
            _("Its backups, the fullest first. The file as it is now is kept aside.") if backups
            else _("No backup of it was found on this computer.")
        )  # fmt: skip
        self.backups.set_lines(backups)
        self.backups.setCurrentRow(0)
        self.backups.setVisible(bool(backups))
        self._restore.setVisible(bool(backups))
        self._anyway.setVisible(opens_anyway)
        (self.backups if backups else self._other).setFocus()
        self.complain("")

    def _on_restore(self) -> None:
        key = self.backups.current_key()
        if key is not None:
            self.restore_asked.emit(key)
