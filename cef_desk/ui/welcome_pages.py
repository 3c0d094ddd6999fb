"""The pages of the welcome: the three ways to begin, a new file, the password of a file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cef_desk import __version__
from cef_desk.errors import Refusal
from cef_desk.i18n import _, told
from cef_desk.rules.passwords import check_password
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import Field, PasswordField, TextField
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, line

_WIDE, _NARROW = 760, 400
_HIGHEST_TOP, _BODY_SHARE = 140, 20


class Centred(QScrollArea):
    """A column of text and controls in the middle of the window."""

    def __init__(self, width: int, top: int) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setMaximumWidth(theme.px(width))
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))
        self._trouble = PlainLabel(role="error", wrap=True)
        self._trouble.setObjectName("welcome_trouble")
        self._trouble.hide()
        ground = QWidget()
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(theme.EDGE, min(theme.px(top), _HIGHEST_TOP), theme.EDGE, theme.EDGE)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(body, _BODY_SHARE)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch()
        outer.addWidget(PlainLabel(f"CEF Desk {__version__}", role="hint"), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(ground)

    def complain(self, sentence: str) -> None:
        """Says what went wrong."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def add_trouble(self) -> None:
        """Puts the place for complaints at the end of the column."""
        self.column.addWidget(self._trouble)


class Ways(Centred):
    """Try, begin, open."""

    def __init__(self) -> None:
        super().__init__(_WIDE, 72)
        self.column.addWidget(PlainLabel(_("Welcome to CEF Desk"), role="title"))
        self.column.addWidget(
            PlainLabel(
                _("To accompany people to a job, and the companies that hire them.")
                + "\n"
                + _("Everything stays on this computer, in an encrypted file."),
                role="muted",
                wrap=True,
            )
        )
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        self.demo = _Way(
            "play", _("Try with demonstration data"), _("Sixty-two fictitious people. Nothing to type."), "Alt+E"
        )
        self.begin = _Way("plus", _("Begin"), _("Your unit, your name, a password."), "Alt+C")
        self.open = _Way("folder-open", _("Open an existing file"), _("A .cefdesk file, with its key file."), "Alt+O")
        for name, way in (("welcome_demo", self.demo), ("welcome_begin", self.begin), ("welcome_open", self.open)):
            way.setObjectName(name)
            if rows.count():
                rows.addWidget(line())
            rows.addWidget(way)
        self.column.addSpacing(theme.INSIDE)
        self.column.addWidget(card)
        self.add_trouble()


class _Way(QPushButton):
    """One row of the welcome: icon, title, what it means, key."""

    def __init__(self, icon: str, title: str, meaning: str, key: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setAccessibleName(title)
        self.setAccessibleDescription(meaning)
        self.setAutoDefault(True)
        self.setMinimumHeight(theme.px(80))
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, theme.tokens().accent, 24).pixmap(theme.px(24)))
        picture.setFixedWidth(theme.px(48))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addStretch()
        words.addWidget(PlainLabel(title, role="section"))
        words.addWidget(PlainLabel(meaning, role="muted"))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.EDGE, 0, theme.EDGE, 0)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(PlainLabel(key, role="hint"))
        shortcut = QShortcut(key, self)
        shortcut.activated.connect(self.click)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Beginning(Centred):
    """The form of a new file; `ready` when everything it asks is there."""

    ready = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_NARROW, 48)
        self.unit = TextField(_("Name of the unit"), "begin_unit")
        self.who = TextField(_("Your name"), "begin_name")
        self.code = TextField(_("Your code, printed instead of your name"), "begin_code")
        self.password = PasswordField(_("Password, 12 characters at least"), "begin_password")
        self.again = PasswordField(_("Confirm the password"), "begin_password_again")
        self._fields: tuple[Field[str], ...] = (self.unit, self.who, self.code, self.password, self.again)
        self.column.addWidget(PlainLabel(_("Begin"), role="title"))
        for field in self._fields:
            self.column.addWidget(field)
        self.column.addWidget(
            PlainLabel(
                _(
                    "Two files are made: the encrypted file and its key (.key). Keep and back up both. Without the "
                    "password nobody opens them, not even the makers of the program: keep it in a safe place."
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
        for field in self._fields:
            field.editor.returnPressed.connect(self._on_go)  # type: ignore[attr-defined]  # every editor here is a line

    def _on_go(self) -> None:
        self.complain("")
        marks = (
            (self.unit, _("The unit needs a name.") if not self.unit.value() else ""),
            (self.code, _("The counsellor needs a code, as CEF01.") if not self.code.value() else ""),
            (self.password, self._weakness()),
            (self.again, "" if self.again.value() == self.password.value() else _("The two passwords differ.")),
        )
        for field, sentence in marks:
            field.refuse(sentence)
        wrong = [field for field, sentence in marks if sentence]
        if wrong:
            wrong[0].setFocus()
        else:
            self.ready.emit()

    def _weakness(self) -> str:
        try:
            check_password(self.password.value())
        except Refusal as refusal:
            return told(refusal)
        return ""


class Unlocking(Centred):
    """The password of one file; `ready` carries it."""

    ready = Signal(str)
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_NARROW, 140)
        picture = QLabel()
        picture.setPixmap(theme.icon("lock", "", 24).pixmap(theme.px(24)))
        self._name = ElidedLabel(role="title")
        self.password = PasswordField(_("Password"), "unlock_password")
        go = button("unlock_go", _("Open"), self._on_go, main=True)
        self.password.editor.returnPressed.connect(self._on_go)  # type: ignore[attr-defined]  # it is a line
        other = button("unlock_other", _("Another file…"), self.other_asked)
        other.setProperty("role", "link")
        row = QHBoxLayout()
        row.setSpacing(theme.INSIDE)
        row.addWidget(self.password, 1)
        row.addWidget(go, alignment=Qt.AlignmentFlag.AlignBottom)
        self.column.addWidget(picture)
        self.column.addWidget(self._name)
        self.column.addLayout(row)
        self.add_trouble()
        self.column.addWidget(line())
        self.column.addWidget(other, alignment=Qt.AlignmentFlag.AlignLeft)

    def ask(self, path: Path) -> None:
        """Asks the password of one file."""
        self._name.set_whole(path.name)
        self.password.set_text("")
        self.complain("")

    def try_again(self) -> None:
        """Selects what was typed, so that the next word takes its place."""
        self.password.select()

    def _on_go(self) -> None:
        self.complain("")
        self.ready.emit(self.password.value())
