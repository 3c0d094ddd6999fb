"""A page of the welcome: one column in the middle of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cef_desk import __version__
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import PlainLabel

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
