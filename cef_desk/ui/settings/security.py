"""Réglages, Sécurité: password, recovery key, lock, backups and the way back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from cef_desk.errors import Told
from cef_desk.exchange.keys import another_password, another_recovery_key, drawn_recovery_key
from cef_desk.exchange.safekeeping import BackupRow, folder_of
from cef_desk.i18n import N_, _, moment, ngettext, number, told
from cef_desk.settings import Settings
from cef_desk.ui.backups import BackupKeeper, lacking
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.file_picker import pick_folder
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.passwords import NewPassword, PasswordField
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.kit.segments import Segments
from cef_desk.ui.recovery_page import WIDTH, RecoveryPage

_MINUTES = (1, 3, 5, 10, 15)
_DIALOG_WIDTH, _LIST_HEIGHT = 440, 120


class SecuritySection(QWidget):
    """`settings_asked` carries the settings of this computer to take, `restore_asked` the path of a backup."""

    settings_asked = Signal(object)
    restore_asked = Signal(object)

    def __init__(self, seat: Seat, keeper: BackupKeeper) -> None:
        super().__init__()
        self._runner, self._settings, self._keeper = seat.runner, seat.settings, keeper
        self._tells = False
        encrypted = seat.runner.is_encrypted
        minutes = self._settings.lock_minutes
        self._lock = Segments("lock_minutes", _("Lock after"))
        choices = sorted({*_MINUTES, minutes})
        self._lock.offer([(str(each), _("{n} min").format(n=each)) for each in choices], str(minutes))
        self._place = PlainLabel(role="muted", wrap=True)
        self._place.setObjectName("backup_place")
        self._told = PlainLabel(role="hint", wrap=True)
        self._told.setObjectName("backup_told")
        self._backups = LinesView("backup_list", _("Backups"), row=32)
        self._backups.setMinimumHeight(theme.px(_LIST_HEIGHT))
        self._password = button("password_change", _("Change the password…"), self._on_password, icon="key-round")
        self._recovery = button("recovery_renew", _("New recovery key…"), self._on_recovery, icon="printer")
        self._now = button("backup_now", _("Back up now"), self.back_up, icon="hard-drive")
        self._second = button("backup_second", _("Second place…"), self._on_second, icon="folder-open")
        self._alone = button("backup_alone", _("No second place"), self._on_alone)
        self._restore = button("backup_restore", _("Restore…"), self._on_restore, icon="history")
        for part in (self._password, self._recovery, self._now, self._second, self._restore):
            part.setEnabled(encrypted)
        self._lay_out(encrypted=encrypted)
        self._lock.chosen.connect(self._on_lock)
        self._backups.line_opened.connect(self._ask_restore)
        keeper.listed.connect(self._on_listed)
        keeper.made.connect(self._on_made)
        keeper.failed.connect(self._on_failed)
        self._show_place()

    def back_up(self) -> None:
        """Backs up now, and tells."""
        self._tells = True
        self._keeper.back_up()

    def _lay_out(self, *, encrypted: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        if not encrypted:
            column.addWidget(PlainLabel(_("A demonstration has no password, no lock and no backup."), wrap=True))
        column.addWidget(PlainLabel(_("Lock after"), role="hint"))
        column.addWidget(self._lock, alignment=Qt.AlignmentFlag.AlignLeft)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for part in (self._now, self._restore, self._second, self._alone, self._password, self._recovery):
            flow.addWidget(part)
        column.addWidget(buttons)
        column.addWidget(self._place)
        column.addWidget(self._told)
        column.addWidget(self._backups, 1)

    def _show_place(self) -> None:
        place = self._settings.backup_folder
        self._alone.setVisible(bool(place))
        self._place.setText(
            _("Beside the file, and in {folder}").format(folder=place) if place
            else _("Beside the file only: choose a second place, as a key that leaves with you.")
        )  # fmt: skip

    def _on_lock(self) -> None:
        self.take(replace(self._settings, lock_minutes=int(self._lock.current())))

    @property
    def settings(self) -> Settings:
        """The settings of this computer as they stand."""
        return self._settings

    def take(self, wanted: Settings) -> None:
        """Takes other settings of this computer."""
        self._settings = wanted
        self._show_place()
        self.settings_asked.emit(wanted)

    def _on_second(self) -> None:
        pick_folder(self, _("Where should backups go a second time?"), self._settings.backup_folder, self.take_second)

    def _on_alone(self) -> None:
        self.take(replace(self._settings, backup_folder=""))

    def take_second(self, folder: str) -> None:
        """Another second place: it is written to at once. Beside the file it would be no second one."""
        if Path(folder).resolve() in {self._runner.path.parent, folder_of(self._runner.path)}:
            self._told.setText(_("This is where the file is: choose a place that would not be lost with it."))
            return
        self._tells = True
        self.take(replace(self._settings, backup_folder=folder))

    def _on_made(self, made: BackupRow | None) -> None:
        tells, self._tells = self._tells, False
        if not tells:
            return
        self._told.setText(
            _("The last backup already holds everything.") if made is None
            else _("Written and read again on {when}.").format(when=moment(made.at))
        )  # fmt: skip

    def _on_failed(self, error: Told) -> None:
        self._tells = False
        self._told.setText(told(error))

    def _on_listed(self, rows: list[BackupRow]) -> None:
        self._backups.set_lines([Line(moment(row.at), lacking(row), icon="hard-drive", key=row.path) for row in rows])
        self._backups.setCurrentRow(0)
        self._restore.setEnabled(bool(rows))

    def _on_restore(self) -> None:
        key = self._backups.current_key()
        if key is not None:
            self._ask_restore(key)

    def _ask_restore(self, path: object) -> None:
        line = self._backups.currentItem()
        box = QMessageBox(QMessageBox.Icon.Question, "CEF Desk", _("Restore this backup?"), parent=self)
        box.setObjectName("restore_question")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            "\n".join(
                (line.text() if line is not None else "",
                 _("The file of now is kept aside, whole. Your password will be asked."))
            )
        )  # fmt: skip
        box.addButton(_("Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = path
        box.accepted.connect(self._on_restore_accepted)
        box.open()

    def _on_restore_accepted(self) -> None:
        self.restore_asked.emit(self._asked)

    def _on_password(self) -> None:
        dialog = PasswordDialog(self._runner, self, self._settings.second_place)
        dialog.changed.connect(self._on_password_changed)
        dialog.open()

    def _on_password_changed(self, stayed: int) -> None:
        self._tell_keys(_("The password is changed, for the backups listed too."), stayed)

    def _on_recovery(self) -> None:
        dialog = RecoveryDialog(self._runner, self, self._settings.second_place)
        dialog.changed.connect(self._on_recovery_renewed)
        dialog.open()

    def _on_recovery_renewed(self, stayed: int) -> None:
        self._tell_keys(_("The new recovery key is the one that opens, for the backups listed too."), stayed)

    def _tell_keys(self, sentence: str, stayed: int) -> None:
        words = ngettext("{n} copy could not be written: it still opens as before.",
                         "{n} copies could not be written: they still open as before.", stayed)  # fmt: skip
        self._told.setText(sentence + (" " + words.format(n=number(stayed)) if stayed else ""))


class _AskingDialog(QDialog):
    """A small dialog with a place for what went wrong; what is typed in it is kept nowhere.

    `changed` carries how many copies of the key could not follow.
    """

    changed = Signal(int)

    def __init__(self, runner: Runner, parent: QWidget, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(theme.px(_DIALOG_WIDTH), parent.window().width()))
        self._runner, self._over = runner, parent.window()
        self._trouble = PlainLabel(role="error", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.EDGE, theme.EDGE, theme.EDGE, theme.EDGE)
        self.column.setSpacing(theme.px(12))
        self.column.addWidget(PlainLabel(title, role="section"))

    def add_foot(self, words: str) -> None:
        """The place for trouble and the two buttons."""
        self.column.addWidget(self._trouble)
        row = QHBoxLayout()
        row.addWidget(button(f"{self.objectName()}_go", words, self.go, main=True))
        row.addStretch()
        row.addWidget(button(f"{self.objectName()}_close", _("Close"), self.reject, key=_("Esc")))
        self.column.addLayout(row)

    def fit(self) -> None:
        """Takes the height of its words."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        self.adjustSize()
        wanted = self.column.totalHeightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def go(self) -> None:
        """What the main button does."""
        raise NotImplementedError

    def be_quiet(self) -> None:
        """Takes away what was wrong before."""
        self._trouble.setText("")

    def complain(self, error: Told) -> None:
        """Says what went wrong."""
        self._trouble.setText(told(error))
        self.fit()


class PasswordDialog(_AskingDialog):
    """The password of now, the next one twice; the backups in `second` take it too."""

    def __init__(self, runner: Runner, parent: QWidget, second: Path | None) -> None:
        super().__init__(runner, parent, "password_dialog", _("Change the password"))
        self._second = second
        self.before = PasswordField(_("Password of now, or recovery key"), "password_before")
        self.after = NewPassword(_("New password"), "password_after")
        for part in (self.before, self.after):
            self.column.addWidget(part)
            part.edited.connect(self.fit)
            part.entered.connect(self.go)
        self.add_foot(_("Change the password"))

    def go(self) -> None:
        """Changes it."""
        self.be_quiet()
        self.before.refuse("" if self.before.value() else _("The password of now is needed."))
        chosen = self.after.check()
        self.fit()
        if self.before.error or not chosen:
            (self.before if self.before.error else self.after.to_correct()).setFocus()
            return
        self._runner.start(
            N_("Password"), another_password, self.before.value(), self.after.value(), self._second,
            then=self._on_done, failed=self.complain,
        )  # fmt: skip

    def _on_done(self, stayed: int) -> None:
        self.changed.emit(stayed)
        self.accept()


class RecoveryDialog(_AskingDialog):
    """The password, then the new key; it takes the place of the one before when its reader has it on paper."""

    def __init__(self, runner: Runner, parent: QWidget, second: Path | None) -> None:
        super().__init__(runner, parent, "recovery_dialog", _("New recovery key"))
        self._second, self._drawn = second, ""
        words = _("The one printed before will no longer open this file nor the backups listed; a copy kept elsewhere "
                  "still opens with it.")  # fmt: skip
        self.column.addWidget(PlainLabel(words, role="muted", wrap=True))
        self.password = PasswordField(_("Password"), "recovery_password")
        self.password.entered.connect(self.go)
        self.column.addWidget(self.password)
        self.add_foot(_("Make the key"))

    def go(self) -> None:
        """Draws it."""
        self.be_quiet()
        self._runner.start(
            N_("Recovery key"), drawn_recovery_key, self.password.value(), then=self._on_drawn, failed=self.complain
        )

    def _on_kept(self) -> None:
        self._runner.start(
            N_("Recovery key"), another_recovery_key, self.password.value(), self._drawn, self._second,
            then=self._on_done, failed=self._page.complain_of,
        )  # fmt: skip

    def _on_done(self, stayed: int) -> None:
        self.changed.emit(stayed)
        self.accept()

    def _on_drawn(self, recovery: str) -> None:
        self._drawn = recovery
        self._page = page = RecoveryPage()
        page.show_key(recovery, self._runner.path.name)
        page.kept.connect(self._on_kept)
        room = self._over
        page.setMinimumSize(
            min(theme.px(WIDTH + 4 * theme.EDGE), room.width()), min(theme.px(_DIALOG_WIDTH), room.height())
        )
        self.setMinimumSize(page.minimumSize())
        self.layout().addWidget(page)  # type: ignore[union-attr]  # it has one from the first line
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(part is page)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.fit()
