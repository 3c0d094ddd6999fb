"""The panel beside a list: who or what the current row is, and what happened."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import icon_button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel
from cef_desk.ui.kit.scrolled import scrolled

WIDTH = 336
_WIDEST, _NO_LIMIT = 860, 16_777_215
_LEAST_LINES, _FACT_WIDTH = 200, 200


@dataclass(frozen=True)
class CardFact:
    """One fact under its name; hidden by F12 when it is private."""

    name: str
    value: str
    private: bool = False


@dataclass(frozen=True)
class CardContent:
    """What a card shows; the title is private when it is a person's name."""

    title: str
    aside: str
    state: str
    facts: tuple[CardFact, ...]
    lines: tuple[Line, ...]
    private: bool = False


class CardPanel(QWidget):
    """`line_opened` carries the key of a line that opens something; `back_asked` leaves the card for its list."""

    line_opened = Signal(object)
    back_asked = Signal()

    def __init__(self, name: str, words: str, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName(name)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words)
        self._mask = mask
        self._content: CardContent | None = None
        self._back = icon_button(f"{name}_back", _("Back to the list"), self.back_asked, "arrow-left")
        self._back.hide()
        self._title = ElidedLabel(role="section", data=True)
        self._aside = PlainLabel(role="muted", data=True)
        self._state = PlainLabel(wrap=True)
        self._buttons = FlowLayout()
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.INSIDE)
        self._facts.setVerticalSpacing(theme.px(4))
        self._lines = LinesView(f"{name}_lines", words, edge=8, parent=self)
        self._lines.line_opened.connect(self.line_opened)
        self._tools: QWidget | None = None
        self._whole = False
        self._shown_abreast = 0
        self._nothing = PlainLabel(role="muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setSpacing(theme.INSIDE)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._aside)
        self._lay_out(head)
        mask.changed.connect(self._fill)
        self.show_content(None)

    def _lay_out(self, head: QHBoxLayout) -> None:
        self._body = QWidget()
        top = QVBoxLayout(self._body)
        top.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, 0)
        top.setSpacing(theme.px(10))
        top.addLayout(head)
        top.addWidget(self._state)
        top.addLayout(self._buttons)
        top.addLayout(self._facts)
        self._limit = QWidget()
        column = QVBoxLayout(self._limit)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        column.addWidget(self._body)
        lines = QHBoxLayout()
        lines.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
        lines.addWidget(self._lines)
        column.addLayout(lines, 1)
        column.addWidget(self._nothing, 1)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._limit, 1)
        row.addStretch(0)
        self._lines.setMinimumHeight(theme.px(_LEAST_LINES))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def add_tools(self, tools: QWidget) -> None:
        """What stands above the lines when the card is alone."""
        self._tools = tools
        tools.hide()
        column = self._body.layout()
        if column is not None:
            column.addWidget(tools)

    def add_button(self, button: QAbstractButton) -> None:
        """One more button under the title."""
        self._buttons.addWidget(button)

    def tab_chain(self) -> list[QWidget]:
        """What Tab goes through here, as it is read."""
        found = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        buttons = [widget for item in found if item is not None and (widget := item.widget()) is not None]
        return [self._back, *buttons, self._lines]

    def say_nothing(self, words: str) -> None:
        """What stands here when no row is chosen."""
        self._nothing.setText(words)

    def show_content(self, content: CardContent | None) -> None:
        """Shows a card, or that there is none."""
        self._content = content
        self._body.setVisible(content is not None)
        self._lines.setVisible(content is not None)
        self._nothing.setVisible(content is None)
        if content is not None:
            self._fill()

    def show_whole(self, *, whole: bool) -> None:
        """Alone on the page with every word, or beside the list."""
        self._lines.show_whole(whole=whole)
        self._back.setVisible(whole)
        self._whole = whole
        self._fill()
        if self._tools is not None:
            self._tools.setVisible(whole)
        self.setProperty("role", "" if whole else "panel")
        self.setObjectName("work" if whole else self._name)
        self._limit.setMaximumWidth(theme.px(_WIDEST) if whole else _NO_LIMIT)
        for widget in (self, self._lines):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the facts stand as many abreast as there is room for."""
        super().resizeEvent(event)
        if self._shown_abreast != self._abreast():
            self._fill()

    def _abreast(self) -> int:
        """How many facts stand side by side, each under its name; 0 beside a list: one a line, beside its name."""
        return max(1, min(theme.px(_WIDEST), self.width()) // theme.px(_FACT_WIDTH)) if self._whole else 0

    def focus_lines(self) -> None:
        """Puts the cursor in what happened, on the first line that opens something."""
        self._lines.setFocus()
        if self._lines.currentRow() < 0 and self._lines.count() > 1:
            keys = (row for row in range(self._lines.count()) if self._lines.line(row).key is not None)
            self._lines.setCurrentRow(next(keys, 1))

    def _fill(self) -> None:
        content = self._content
        if content is None:
            return
        self._title.set_whole(self._mask.private(content.title) if content.private else content.title)
        self._aside.setText(content.aside)
        self._state.setText(content.state)
        self._state.setVisible(bool(content.state))
        while self._facts.count():
            taken = self._facts.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        abreast = self._shown_abreast = self._abreast()
        for place, fact in enumerate(content.facts):
            name = PlainLabel(fact.name, role="muted")
            shown = self._mask.private(fact.value) if fact.private else fact.value
            value = PlainLabel(shown, wrap=True, data=True)
            value.setAccessibleName(f"{fact.name} {value.text()}")
            row, column = divmod(place, abreast) if abreast else (place, 0)
            below = (2 * row + 1, column) if abreast else (row, 1)
            self._facts.addWidget(name, 2 * row if abreast else row, column, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, *below, Qt.AlignmentFlag.AlignTop)
        for column in range(self._facts.columnCount()):
            self._facts.setColumnStretch(column, 1 if abreast or column == 1 else 0)
        held = self._lines.current_key()
        self._lines.set_lines(content.lines)
        self._lines.hold(held)
        if self._lines.hasFocus():
            self.focus_lines()
