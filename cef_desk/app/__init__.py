"""The window: puts the rooms together for people."""

import dataclasses
import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from cef_desk import settings
from cef_desk.app.opening import Opening
from cef_desk.arguments import Arguments
from cef_desk.errors import Told, Trouble
from cef_desk.i18n import N_, language, set_language, told
from cef_desk.paths import state_folder
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.clipboard import ClipboardCare
from cef_desk.ui.kit.collector import WindowThreadCollector
from cef_desk.ui.kit.idle import IdleWatch
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import CrashReport, tell
from cef_desk.ui.kit.system_lock import SystemLock
from cef_desk.ui.welcome import Welcome

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the first window
    from cef_desk.store.desk import Desk
    from cef_desk.ui.kit.page import Seat
    from cef_desk.ui.kit.runner import Runner
    from cef_desk.ui.main_window import MainWindow, Whereabouts

_log = logging.getLogger(__name__)


class _Spoken:
    """Qt's own words, of one language at a time."""

    translator: QTranslator | None = None


def open_window(arguments: Arguments) -> int:
    """Opens the window on a file, or the welcome, and gives the exit code."""
    application = QApplication([sys.argv[0], *theme.QT_OPTIONS])
    application.setApplicationName("CEF Desk")
    application.setDesktopFileName("cef-desk")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))
    application.setOrganizationName("cef-desk")
    qInstallMessageHandler(_on_qt_message)
    speak(application)
    theme.wear(application, arguments.settings.theme, arguments.settings.text_size)
    collector = WindowThreadCollector(application)
    program = Program(arguments, inline=bool(arguments.options.screenshots))
    program.crash.install()
    if arguments.options.screenshots:
        program.take_pictures(arguments.options.screenshots)
    else:
        program.begin()
    code = 0 if arguments.options.quit else application.exec()
    program.leave()
    collector.stop()
    return code


def speak(application: QApplication) -> None:
    """Gives Qt the language of the program, for its own words too."""
    QLocale.setDefault(QLocale(language()))
    if _Spoken.translator is not None:
        application.removeTranslator(_Spoken.translator)
    _Spoken.translator = translator = QTranslator()
    if translator.load(f"qtbase_{language()[:2]}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


class Program(QObject):
    """From the first window to the open file, and back to the disk."""

    def __init__(self, arguments: Arguments, *, inline: bool = False) -> None:
        super().__init__()
        self._arguments = arguments
        self._settings = arguments.settings
        self._inline = inline
        self._where: Whereabouts | None = None
        self._desk: Desk | None = None
        self._runner: Runner | None = None
        self._idle = IdleWatch(self._settings.lock_minutes, self)
        self._idle.left_alone.connect(self.lock)
        self._system = SystemLock(self)
        self._system.locked.connect(self.lock)
        self._clipboard = ClipboardCare(self)
        self.window: MainWindow | None = None
        self.crash = CrashReport(self._window, self)
        self.welcome = Welcome()
        self._opening = Opening(arguments, self.welcome, self._settings.second_place)
        self._opening.opened.connect(self._sit_down)

    def begin(self) -> None:
        """Opens the file asked for or the last one; without one, the welcome."""
        path = self._arguments.database
        self.welcome.show_ways()
        self._system.listen()
        if path is None:
            self.welcome.show()
            return
        self._opening.open(path)
        if self.window is None:
            self.welcome.show()

    def lock(self) -> None:
        """Hides everything and lets the file and its key go; what is being typed comes back with the password."""
        begun = self._opening.leave()
        if begun is not None:
            self.welcome.recovery.forget()
            self._opening.ask_password(begun)
        elif self._desk is not None and self._desk.is_encrypted:
            why = N_("Locked. What was being typed comes back.")
            self._let_go(partial(self._opening.ask_password, self._desk.path, why=why))

    def _let_go(self, ask: Callable[[], None]) -> None:
        """Long work under way, as an import, is out of sight at once and waited for: the file is let go after it."""
        window = self.window
        if window is None:
            return
        self._idle.stop()
        self._where = window.where()
        self._clipboard.leave()
        ask()
        self.welcome.setGeometry(window.geometry())
        self.welcome.show()
        for each in QApplication.topLevelWidgets():
            if each is not self.welcome:
                each.hide()
        if window.seat.runner.is_working:
            self._opening.wait()
            window.seat.runner.work_ended.connect(self._on_work_ended, Qt.ConnectionType.UniqueConnection)
        else:
            window.lock_up()

    def _on_work_ended(self) -> None:
        QTimer.singleShot(0, self._on_rest)

    def _on_rest(self) -> None:
        if self.window is not None and not self.window.seat.runner.is_working:
            self.window.lock_up()

    def leave(self) -> None:
        """Closes the window and the file."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        self._close_desk()
        self._clipboard.leave()
        self._opening.leave()
        self.welcome.close()
        QApplication.processEvents()

    def take_pictures(self, folder: Path) -> None:
        """Saves a picture of every main screen on the file asked for."""
        from cef_desk.ui.pictures import take_main, take_welcome

        folder.mkdir(parents=True, exist_ok=True)
        take_welcome(self.welcome, folder)
        self.begin()
        if self.window is None:
            raise Trouble(N_("The file could not be opened for its pictures."))
        take_main(self.window, folder)

    def _window(self) -> QWidget | None:
        return self.window or self.welcome

    def _on_restore_asked(self, backup: Path) -> None:
        """From the settings: the file is let go, the password asked, and the backup takes its place."""
        if self._desk is None:
            return
        restore, why = partial(self._opening.restore, self._desk.path), N_("To restore this backup.")
        self._let_go(partial(self._opening.ask_password, backup, restore, why))
        self._where = None

    def _on_other_file_asked(self) -> None:
        self._let_go(self.welcome.show_ways)
        self._where = None

    def _sit_down(self, desk: "Desk") -> None:
        from cef_desk.queries.sitting import sitting
        from cef_desk.ui.kit.page import Seat
        from cef_desk.ui.kit.runner import Runner

        try:
            who = desk.see(sitting)
            failures = self.welcome.unlocking.failures(desk.path) if desk.is_encrypted else 0
            desk.counsellor_id = who.counsellor_id
            desk.note(AccessAction.UNLOCKED, f"failures:{failures}" if failures else "")
            remarks = desk.remarks()
        except Told as error:
            desk.close()
            self._desk = None
            self.welcome.complain(told(error))
            return
        self._desk = desk
        done, another = self._opening.done, self._settings.last_file != str(desk.path.absolute())
        self._opening.forget()
        self._settings = dataclasses.replace(self._settings, last_file=str(desk.path.absolute()))
        self._runner = runner = Runner(desk, inline=self._inline, parent=self)
        spoken = dataclasses.replace(self._settings, language=language())
        seat = Seat(runner, who, self._arguments.today(who.frozen_today), spoken)
        window = self._open_main(seat, desk.path.name)
        self.welcome.close()
        self.welcome.forget()
        self._keep_settings()
        self._idle.minutes = self._settings.lock_minutes
        if desk.is_encrypted:
            self.welcome.unlocking.succeed()
            self._idle.start()
        where, self._where = self._where, None
        if where is not None:
            window.come_back(where)
        elif another:
            window.navigation.go(window.first_page)
        if where is None:
            window.resuming.offer()
        if done:
            window.toast.say(done, long=True)
        if remarks:
            tell(window, "\n".join(told(remark) for remark in remarks))

    def _open_main(self, seat: "Seat", name: str) -> "MainWindow":
        from cef_desk.ui.main_window import MainWindow

        window = MainWindow(seat, name)
        window.closed.connect(self._on_window_closed)
        window.look_asked.connect(self._on_look_asked)
        window.safety_asked.connect(self._on_safety_asked)
        window.restore_asked.connect(self._on_restore_asked)
        window.lock_asked.connect(self.lock)
        window.other_file_asked.connect(self._on_other_file_asked)
        self.window = window
        window.come_up()
        return window

    def _on_window_closed(self) -> None:
        if self.sender() is self.window:
            self._idle.stop()
            self._close_desk()
            if self.window is not None and self.window.is_locked:
                self.window.deleteLater()
                self.window = None
                self._opening.go_on()

    def _on_safety_asked(self, wanted: settings.Settings) -> None:
        self._settings = dataclasses.replace(
            self._settings, lock_minutes=wanted.lock_minutes, backup_folder=wanted.backup_folder
        )
        self._idle.minutes = wanted.lock_minutes
        self._opening.second = self._settings.second_place
        self._keep_settings()

    def _on_look_asked(self, wanted: settings.Settings) -> None:
        """Another theme, size or language: the same file in a window made anew, on the same page."""
        QTimer.singleShot(0, lambda: self._dress_anew(wanted))

    def _dress_anew(self, wanted: settings.Settings) -> None:
        wanted = dataclasses.replace(
            wanted, lock_minutes=self._settings.lock_minutes, backup_folder=self._settings.backup_folder,
            last_file=self._settings.last_file,
        )  # fmt: skip
        before, application = self.window, QApplication.instance()
        if before is None or not isinstance(application, QApplication):
            return
        before.keep_places()
        if wanted.language != language():
            self._settings = dataclasses.replace(self._settings, language=wanted.language)
        set_language(wanted.language)
        speak(application)
        theme.wear(application, wanted.theme, wanted.text_size)
        self._settings = dataclasses.replace(wanted, language=self._settings.language)
        where = before.where()
        self.window = None
        mask = Mask(on=before.seat.mask.on)
        after = self._open_main(dataclasses.replace(before.seat, settings=wanted, mask=mask), before.file_name)
        before.hand_over()
        after.come_back(where)
        self._keep_settings()

    def _keep_settings(self) -> None:
        try:
            settings.write(self._arguments.settings_file, self._settings)
        except (OSError, ValueError):
            _log.warning("settings could not be written")

    def _close_desk(self) -> None:
        if self._desk is None:
            return
        if self._runner is not None:
            self._runner.stop()
            self._runner.setParent(None)  # else it lives as long as the program, and its file's engine with it
            self._runner = None
        desk, self._desk = self._desk, None
        try:
            if desk.is_encrypted:
                desk.back_up(second=self._settings.second_place)
        except Told:
            _log.warning("no backup at closing")
        finally:
            desk.close()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, _message: str) -> None:
    """Qt's warnings go to the log by their place alone: their text may quote what was typed."""
    if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg, QtMsgType.QtWarningMsg}:
        _log.warning("Qt %s %s", kind.name, context.category or "")
