"""The first page of the welcome: try, begin, open."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.centred import Centred
from cef_desk.ui.kit.messages import PlainLabel, line

_WIDE = 760


class Ways(Centred):
    """Try, begin, open."""

    def __init__(self) -> None:
        super().__init__(_WIDE, 72)
        self.column.addWidget(PlainLabel(_("Welcome to CEF Desk"), role="title"))
        self.column.addWidget(
            PlainLabel(
                _("To accompany people to a job and to prospect the companies that hire them.")
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
            "play", _("Try with demonstration data"), _("A fictitious unit over three years. Nothing to type."), "Alt+E"
        )
        self.begin = _Way("plus", _("Begin"), _("Your unit, your name, a password."), "Alt+C")
        self.open = _Way(
            "folder-open", _("Open an existing file or a backup"), _("A .cefdesk file, with its key file."), "Alt+O"
        )
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
