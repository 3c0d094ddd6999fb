"""What comes up before a file is open: try, begin, open; and the password of an encrypted file.

Loads neither the store nor SQLAlchemy, so that the first window is there at once.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.welcome_ways import Ways

if TYPE_CHECKING:
    from cef_desk.ui.welcome_forms import Beginning, Unlocking

_KINDS = "CEF Desk (*.cefdesk)"


class Welcome(QWidget):
    """The three ways to begin, the form of a new file, and the password of an existing one.

    `demo_asked` and `open_asked` carry a path; `begin_asked` a path, the unit, the counsellor's code and name, the
    password; `password_given` the password of the file asked for.
    """

    demo_asked = Signal(object)
    open_asked = Signal(object)
    begin_asked = Signal(object, str, str, str, str)
    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome_dialog")
        self.setWindowTitle("CEF Desk")
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(theme.px(1100), screen.width()), min(theme.px(680), screen.height()))
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
        from cef_desk.ui.welcome_forms import Unlocking

        form = Unlocking()
        form.other_asked.connect(self._on_open)
        form.ready.connect(self.password_given)
        self._stack.addWidget(form)
        return form

    def show_ways(self) -> None:
        """The three ways."""
        self._stack.setCurrentWidget(self.ways)
        self.ways.demo.setFocus()

    def show_beginning(self) -> None:
        """The form of a new file."""
        self._stack.setCurrentWidget(self.beginning)
        self.beginning.unit.setFocus()

    def show_unlocking(self, path: Path) -> None:
        """The password of a file."""
        self.unlocking.ask(path)
        self._stack.setCurrentWidget(self.unlocking)
        self.unlocking.password.setFocus()

    def forget(self) -> None:
        """Clears what was typed, passwords first of all, once a file is open."""
        for typed in self.findChildren(QLineEdit):
            typed.clear()

    def complain(self, sentence: str) -> None:
        """Says what went wrong on the page in view."""
        page = self._stack.currentWidget()
        if isinstance(page, Centred):
            page.complain(sentence)

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
        self.begin_asked.emit(Path(name), form.unit.value(), form.code.value(), form.who.value(), form.password.value())
