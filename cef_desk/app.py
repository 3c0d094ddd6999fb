"""The window: puts the rooms together for people."""

import dataclasses
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    QSettings,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from cef_desk import settings
from cef_desk.arguments import Arguments
from cef_desk.errors import Told, Trouble
from cef_desk.i18n import N_, language, set_language, told
from cef_desk.paths import key_file, state_folder
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.collector import WindowThreadCollector
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import CrashReport
from cef_desk.ui.welcome import Welcome

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the first window
    from cef_desk.store.desk import Desk
    from cef_desk.ui.kit.page import Seat
    from cef_desk.ui.main_window import MainWindow

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
        self._asked_for: Path | None = None
        self._desk: Desk | None = None
        self.window: QWidget | None = None
        self.crash = CrashReport(self._window, self)
        self.welcome = Welcome()
        self.welcome.demo_asked.connect(self._on_demo_asked)
        self.welcome.open_asked.connect(self._on_open_asked)
        self.welcome.begin_asked.connect(self._on_begin_asked)
        self.welcome.password_given.connect(self._on_password_given)

    def begin(self) -> None:
        """Opens the file asked for or the last one; without one, the welcome."""
        path = self._arguments.database
        self.welcome.show_ways()
        if path is None:
            self.welcome.show()
            return
        self._on_open_asked(path)
        if self.window is None:
            self.welcome.show()

    def leave(self) -> None:
        """Closes the window and the file."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        self._close_desk()
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

    def _on_demo_asked(self, path: Path) -> None:
        from cef_desk.exchange.demo import write_demo

        try:
            self._sit_down(write_demo(path), path)
        except Told as error:
            self.welcome.complain(told(error))

    def _on_begin_asked(self, path: Path, unit: str, code: str, who: str, password: str) -> None:
        from cef_desk.actions.unit import UnitDraft
        from cef_desk.exchange.new_file import new_file

        draft = UnitDraft(name=unit, counsellor_code=code, counsellor_name=who)
        try:
            self._sit_down(new_file(path, password, draft), path)
        except Told as error:
            self.welcome.complain(told(error))

    def _on_open_asked(self, path: Path) -> None:
        given = self._arguments.given_password()
        if given is None and path.is_file() and key_file(path).is_file():
            self._asked_for = path
            self.welcome.show_unlocking(path)
            return
        self._open(path, given or "")

    def _on_password_given(self, password: str) -> None:
        if self._asked_for is not None:
            self._open(self._asked_for, password)

    def _open(self, path: Path, password: str) -> None:
        from cef_desk.store.desk import Desk

        try:
            self._sit_down(Desk.open(path, lambda: password), path)
        except Told as error:
            self.welcome.complain(told(error))

    def _sit_down(self, desk: "Desk", path: Path) -> None:
        from cef_desk.queries.sitting import sitting
        from cef_desk.ui.kit.page import Seat
        from cef_desk.ui.kit.runner import Runner

        try:
            who = desk.see(sitting)
        except Told:
            desk.close()
            raise
        desk.counsellor_id = who.counsellor_id
        self._desk = desk
        self._settings = dataclasses.replace(self._settings, last_file=str(path.absolute()))
        runner = Runner(desk, inline=self._inline, parent=self)
        spoken = dataclasses.replace(self._settings, language=language())
        seat = Seat(runner, who, self._arguments.today(who.frozen_today), spoken)
        self._open_main(seat, path.name)
        self.welcome.close()
        self.welcome.forget()
        self._keep_settings()

    def _open_main(self, seat: "Seat", name: str) -> "MainWindow":
        from cef_desk.ui.main_window import MainWindow

        window = MainWindow(seat, name)
        window.closed.connect(self._on_window_closed)
        window.look_asked.connect(self._on_look_asked)
        self.window = window
        window.come_up()
        return window

    def _on_window_closed(self) -> None:
        if self.sender() is self.window:
            self._close_desk()

    def _on_look_asked(self, wanted: settings.Settings) -> None:
        """Another theme, size or language: the same file in a window made anew, on the same page."""
        QTimer.singleShot(0, lambda: self._dress_anew(wanted))

    def _dress_anew(self, wanted: settings.Settings) -> None:
        from cef_desk.ui.commands import REPORTS
        from cef_desk.ui.main_window import MainWindow

        before, application = self.window, QApplication.instance()
        if not isinstance(before, MainWindow) or not isinstance(application, QApplication):
            return
        before.keep_places()
        if wanted.language != language():
            self._settings = dataclasses.replace(self._settings, language=wanted.language)
        set_language(wanted.language)
        speak(application)
        theme.wear(application, wanted.theme, wanted.text_size)
        self._settings = dataclasses.replace(wanted, language=self._settings.language)
        page, section = before.navigation.page(), before.pages.settings.section
        self.window = None
        mask = Mask(on=before.seat.mask.on)
        after = self._open_main(dataclasses.replace(before.seat, settings=wanted, mask=mask), before.file_name)
        before.hand_over()
        after.navigation.go(page)
        if page == REPORTS.id:
            after.pages.reports.show_month(before.pages.reports.choices.month)
        after.pages.settings.show_section(section)
        self._keep_settings()

    def _keep_settings(self) -> None:
        try:
            settings.write(self._arguments.settings_file, self._settings)
        except (OSError, ValueError):
            _log.warning("settings could not be written")

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, _message: str) -> None:
    """Qt's warnings go to the log by their place alone: their text may quote what was typed."""
    if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg, QtMsgType.QtWarningMsg}:
        _log.warning("Qt %s %s", kind.name, context.category or "")
