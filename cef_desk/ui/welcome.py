"""What comes up before a file is open: try, begin, open; and the password of an encrypted file.

Loads neither the store nor SQLAlchemy, so that the first window is there at once.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.welcome_pages import Beginning, Centred, Unlocking, Ways

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
        self.beginning = Beginning()
        self.unlocking = Unlocking()
        for page in (self.ways, self.beginning, self.unlocking):
            self._stack.addWidget(page)
        self.ways.demo.clicked.connect(self._on_demo)
        self.ways.begin.clicked.connect(self.show_beginning)
        self.ways.open.clicked.connect(self._on_open)
        self.beginning.back_asked.connect(self.show_ways)
        self.beginning.ready.connect(self._on_begin_ready)
        self.unlocking.other_asked.connect(self._on_open)
        self.unlocking.ready.connect(self.password_given)

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
        """Clears the passwords typed, once a file is open."""
        for field in (self.beginning.password, self.beginning.again, self.unlocking.password):
            field.set_text("")

    def complain(self, sentence: str) -> None:
        """Says what went wrong on the page in view."""
        page = self._stack.currentWidget()
        if isinstance(page, Centred):
            page.complain(sentence)
        if page is self.unlocking:
            self.unlocking.try_again()

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
