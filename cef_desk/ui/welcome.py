"""What comes up before a file is open: try, begin, open; and the password of an encrypted file.

Loads neither the store nor SQLAlchemy, so that the first window is there at once.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.welcome_ways import Ways

if TYPE_CHECKING:
    from cef_desk.ui.kit.lines import Line
    from cef_desk.ui.recovery_page import RecoveryPage
    from cef_desk.ui.unlocking import Faulty, Recovering, Unlocking
    from cef_desk.ui.welcome_forms import Beginning

_KINDS = "CEF Desk (*.cefdesk)"


class Welcome(QWidget):
    """The three ways to begin, the form of a new file, and the password of an existing one.

    `demo_asked` and `open_asked` carry a path; `begin_asked` a path, the unit, the counsellor's code and name, the
    password; `password_given` the password of the file asked for; `recovery_given` its recovery key and next password;
    `restore_asked` a backup of the file at fault, `anyway_asked` opens that file as it is. `recovery_kept` when a new
    file's recovery key is on paper.
    """

    demo_asked = Signal(object)
    open_asked = Signal(object)
    begin_asked = Signal(object, str, str, str, str)
    password_given = Signal(str)
    recovery_given = Signal(str, str)
    recovery_kept = Signal()
    restore_asked = Signal(object)
    anyway_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome_dialog")
        self.setWindowTitle("CEF Desk")
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(theme.px(1100), screen.width()), min(theme.px(680), screen.height()))
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        self._asked_for = Path()
        self._stack = QStackedLayout(self)
        self.ways = Ways()
        self._stack.addWidget(self.ways)
        self.ways.demo.clicked.connect(self._on_demo)
        self.ways.begin.clicked.connect(self.show_beginning)
        self.ways.open.clicked.connect(self._on_open)

    @cached_property
    def beginning(self) -> "Beginning":
        """The form of a new file, made when it is first shown."""
        from cef_desk.ui.welcome_forms import Beginning

        form = Beginning()
        form.back_asked.connect(self.show_ways)
        form.ready.connect(self._on_begin_ready)
        self._stack.addWidget(form)
        return form

    @cached_property
    def unlocking(self) -> "Unlocking":
        """The password of a file, made when it is first asked."""
        from cef_desk.ui.unlocking import Unlocking

        form = Unlocking()
        form.other_asked.connect(self._on_open)
        form.recovery_asked.connect(self._on_recovery_asked)
        form.ready.connect(self.password_given)
        self._stack.addWidget(form)
        return form

    @cached_property
    def recovering(self) -> "Recovering":
        """The recovery key of a file, made when it is first needed."""
        from cef_desk.ui.unlocking import Recovering

        form = Recovering()
        form.back_asked.connect(self._on_recovery_left)
        form.ready.connect(self.recovery_given)
        self._stack.addWidget(form)
        return form

    @cached_property
    def faulty(self) -> "Faulty":
        """What is wrong with a file, made when something is."""
        from cef_desk.ui.unlocking import Faulty

        page = Faulty()
        page.other_asked.connect(self._on_open)
        page.restore_asked.connect(self.restore_asked)
        page.anyway_asked.connect(self.anyway_asked)
        self._stack.addWidget(page)
        return page

    @cached_property
    def recovery(self) -> "RecoveryPage":
        """The recovery key of a new file."""
        from cef_desk.ui.recovery_page import RecoveryPage

        page = RecoveryPage()
        page.kept.connect(self.recovery_kept)
        self._stack.addWidget(page)
        return page

    def show_ways(self) -> None:
        """The three ways."""
        self._stack.setCurrentWidget(self.ways)
        self.ways.demo.setFocus()

    def show_beginning(self) -> None:
        """The form of a new file."""
        self._stack.setCurrentWidget(self.beginning)
        self.beginning.unit.setFocus()

    def show_unlocking(self, path: Path, why: str = "", *, recovers: bool = True) -> None:
        """The password of a file, and what it is asked for; its recovery key may take its place."""
        self._asked_for = path
        self.unlocking.ask(path, why, recovers=recovers)
        self._stack.setCurrentWidget(self.unlocking)
        self.unlocking.password.setFocus()

    def show_recovery(self, recovery: str, path: Path) -> None:
        """The recovery key of a new file."""
        self.recovery.show_key(recovery, path.name)
        self._stack.setCurrentWidget(self.recovery)

    def show_fault(self, path: Path, sentence: str, backups: "list[Line]", *, opens_anyway: bool) -> None:
        """What is wrong with a file, and its backups."""
        self.faulty.tell(path, sentence, backups, opens_anyway=opens_anyway)
        self._stack.setCurrentWidget(self.faulty)

    def forget(self) -> None:
        """Clears what was typed, passwords first of all, once a file is open."""
        for typed in self.findChildren(QLineEdit):
            typed.clear()
        if "recovery" in self.__dict__:
            self.recovery.forget()

    def complain(self, sentence: str) -> None:
        """Says what went wrong on the page in view."""
        page = self._stack.currentWidget()
        if isinstance(page, Centred):
            page.complain(sentence)

    def _on_recovery_asked(self) -> None:
        self.recovering.ask(self._asked_for)
        self._stack.setCurrentWidget(self.recovering)
        self.recovering.key.setFocus()

    def _on_recovery_left(self) -> None:
        self._stack.setCurrentWidget(self.unlocking)

    def _on_demo(self) -> None:
        title = _("Where should the demonstration file be kept?")
        pick_file(self, title, _KINDS, self._on_demo_chosen, save_as="demonstration.cefdesk", replace=False)

    def _on_open(self) -> None:
        pick_file(self, _("Open a file"), _KINDS, self._on_open_chosen)

    def _on_begin_ready(self) -> None:
        title = _("Where should your file be kept?")
        pick_file(self, title, _KINDS, self._on_begin_chosen, save_as="unite.cefdesk", replace=False)

    def _on_demo_chosen(self, name: str) -> None:
        self.demo_asked.emit(Path(name))

    def _on_open_chosen(self, name: str) -> None:
        self.open_asked.emit(Path(name))

    def _on_begin_chosen(self, name: str) -> None:
        form = self.beginning
        self.begin_asked.emit(Path(name), form.unit.value(), form.code.value(), form.who.value(), form.chosen.value())
