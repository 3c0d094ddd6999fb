"""From the welcome to an open file: begun, opened, recovered, restored."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cef_desk.arguments import Arguments
from cef_desk.errors import Told
from cef_desk.i18n import N_, _, moment, told
from cef_desk.paths import key_file
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.welcome import Welcome

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the first window
    from cef_desk.store.desk import Desk
    from cef_desk.ui.kit.lines import Line

Then = Callable[[Path, str], None]


class Opening(QObject):
    """What the welcome asks is done here; `opened` carries the desk. `second` is the second place of backups."""

    opened = Signal(object)

    def __init__(self, arguments: Arguments, welcome: Welcome, second: Path | None) -> None:
        super().__init__()
        self._arguments, self.welcome, self.second = arguments, welcome, second
        self._asked_for: Path | None = None
        self._after_password: Then = self._open
        self._fault: tuple[Path, str] | None = None
        self._waits = False
        self._asked_meanwhile: Callable[[], None] | None = None
        self.done = ""
        self._new: Desk | None = None
        welcome.demo_asked.connect(self._on_demo_asked)
        welcome.open_asked.connect(self.open)
        welcome.begin_asked.connect(self._on_begin_asked)
        welcome.password_given.connect(self._on_password_given)
        welcome.recovery_given.connect(self._on_recovery_given)
        welcome.recovery_kept.connect(self._on_recovery_kept)
        welcome.restore_asked.connect(self._on_fault_restore_asked)
        welcome.anyway_asked.connect(self._on_anyway_asked)

    def leave(self) -> Path | None:
        """Lets a file go that was begun and not entered, and gives it."""
        if self._new is None:
            return None
        begun, self._new = self._new, None
        begun.close()
        return begun.path

    def _on_demo_asked(self, path: Path) -> None:
        from cef_desk.exchange.demo import write_demo

        if self._is_put_off(partial(self._on_demo_asked, path)):
            return
        try:
            self.opened.emit(write_demo(path))
        except Told as error:
            self.welcome.complain(told(error))

    def _on_begin_asked(self, path: Path, unit: str, code: str, who: str, password: str) -> None:
        from cef_desk.actions.unit import UnitDraft
        from cef_desk.exchange.new_file import new_file
        from cef_desk.store.key import new_recovery_key

        if self._is_put_off(partial(self._on_begin_asked, path, unit, code, who, password)):
            return
        draft, recovery = UnitDraft(name=unit, counsellor_code=code, counsellor_name=who), new_recovery_key()
        try:
            self._new = new_file(path, password, draft, recovery)
        except Told as error:
            self.welcome.complain(told(error))
            return
        self.welcome.show_recovery(recovery, path)

    def _on_recovery_kept(self) -> None:
        if self._new is not None:
            desk, self._new = self._new, None
            self.opened.emit(desk)

    def open(self, path: Path) -> None:
        """Opens a file, by its password when it has one; a backup is restored where its reader says."""
        path = path.resolve()
        if self._is_put_off(partial(self.open, path)):
            return
        self.forget()
        given = self._arguments.given_password()
        if _may_be_backup(path):
            self._place_backup(path)
        elif given is None and path.is_file() and key_file(path).is_file():
            self.ask_password(path)
        else:
            self._open(path, given or "")

    def _place_backup(self, path: Path) -> None:
        """A backup is never written: it is restored where its reader says, and that file is opened."""
        pick_file(
            self.welcome, _("A backup: where should the restored file be kept?"), "CEF Desk (*.cefdesk)",
            lambda name: self.ask_password(path, partial(self.restore, Path(name))),
            save_as="restaure.cefdesk", replace=False,
        )  # fmt: skip

    def ask_password(self, path: Path, then: "Then | None" = None, why: str = "") -> None:
        """Asks the password of a file; `then` gets the file and the password, opening it unless said otherwise."""
        self._asked_meanwhile = None
        self._asked_for, self._after_password = path, then or self._open
        self.welcome.show_unlocking(path, _(why) if why else "", recovers=not _may_be_backup(path))

    def wait(self) -> None:
        """The file is still at work: what is asked now is done when `go_on` says that it was let go."""
        self._waits = True

    def go_on(self) -> None:
        """The file was let go."""
        asked, self._waits, self._asked_meanwhile = self._asked_meanwhile, False, None
        if asked is not None:
            asked()

    def _is_put_off(self, asked: Callable[[], None]) -> bool:
        """True when something else has to end first: then what is asked is done after it."""
        if self._waits:
            self._asked_meanwhile = asked
            self.welcome.complain(_("Work under way is being ended; the file opens right after it."))
        return self._waits

    def _on_password_given(self, password: str) -> None:
        if self._is_put_off(partial(self._on_password_given, password)):
            return
        if self._asked_for is not None:
            self._after_password(self._asked_for, password)

    def _on_recovery_given(self, recovery: str, password: str) -> None:
        from cef_desk.exchange.keys import recovered

        if self._is_put_off(partial(self._on_recovery_given, recovery, password)):
            return
        if self._asked_for is None:
            return
        try:
            recovered(self._asked_for, recovery, password, self.second)
        except Told as error:
            self.welcome.complain(told(error))
            return
        self.done = _("The password is changed. The recovery key stays good.")
        self._after_password(self._asked_for, password)

    def _open(self, path: Path, password: str, *, accept: bool = False) -> None:
        from cef_desk.store.desk import Desk

        try:
            desk = Desk.open(path, lambda: password, accept=accept)
        except Told as error:
            self._on_refused(path, password, error)
            return
        self.opened.emit(desk)

    def _on_refused(self, path: Path, password: str, error: Told) -> None:
        """A wrong password is told where it was typed; a file at fault with what could take its place."""
        from cef_desk.store.anchor import NotTheLast
        from cef_desk.store.trouble import OfThePlace

        if error.field == "password":
            self.welcome.unlocking.fail()
        rows = [] if error.field == "password" or isinstance(error, OfThePlace) else self._backups_of(path)
        if not rows and not isinstance(error, NotTheLast):
            self.welcome.complain(told(error))
            return
        self._fault = (path, password)
        self.welcome.show_fault(path, told(error), rows, opens_anyway=isinstance(error, NotTheLast))

    def _backups_of(self, path: Path) -> "list[Line]":
        from cef_desk.exchange.safekeeping import backups_of
        from cef_desk.ui.backups import lacking
        from cef_desk.ui.kit.lines import Line

        return [Line(moment(row.at), lacking(row), key=row.path) for row in backups_of(path, self.second)]

    def forget(self) -> None:
        """Passes over the file that was at fault, with the password given for it, and what was done."""
        self._fault, self.done = None, ""

    def _on_anyway_asked(self) -> None:
        if self._fault is not None:
            path, password = self._fault
            self._open(path, password, accept=True)

    def _on_fault_restore_asked(self, backup: Path) -> None:
        if self._fault is None:
            return
        path, password = self._fault
        if password:
            self.restore(path, backup, password)
        else:
            self.ask_password(backup, partial(self.restore, path))

    def restore(self, path: Path, backup: Path, password: str) -> None:
        """Puts a backup in the place of a file, then opens it."""
        from cef_desk.exchange.safekeeping import restored

        try:
            aside, _lost = restored(backup, path, lambda: password)
        except Told as error:
            if error.field == "password" and self._asked_for != backup:
                why = N_("This backup was made under another password: give that one, or the recovery key.")
                self.ask_password(backup, partial(self.restore, path), why)
                return
            if error.field == "password":
                self.welcome.unlocking.fail()
            self.welcome.complain(told(error))
            return
        self.done = (
            _("The backup is restored.") if aside is None
            else _("The backup is restored; the file it replaces is kept: {name}").format(name=aside.name)
        )  # fmt: skip
        self._open(path, password)


def _may_be_backup(path: Path) -> bool:
    """True for a backup; the store is loaded only when its manifest is beside it."""
    if not path.with_suffix(".json").is_file():
        return False
    from cef_desk.exchange.safekeeping import is_backup

    return is_backup(path)
