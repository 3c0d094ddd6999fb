"""Filters as chips: those at hand with their number, those added, and the list of all that can be added."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cef_desk.i18n import _, number
from cef_desk.queries.listing import Condition, Offered
from cef_desk.rules.folding import fold
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView

_POPUP_WIDTH, _POPUP_HEIGHT = 340, 380
_KEYS_OF_THE_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Chip:
    """A filter at hand: `label` is already in the user's language."""

    condition: Condition
    label: str


class ChipRow(QWidget):
    """`toggled` carries a condition to put in or take out; `offer_asked` wants the list of what can be added."""

    toggled = Signal(object)
    offer_asked = Signal()
    reordered = Signal()

    def __init__(self, name: str, chips: Sequence[Chip], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._chips = tuple(chips)
        self._counts: dict[Condition, int] = {}
        self._active: frozenset[Condition] = frozenset()
        self._labels: dict[Condition, str] = {chip.condition: chip.label for chip in chips}
        self._made: dict[Condition, QPushButton] = {}
        self._row = FlowLayout(self)
        self._more = button(f"{name}_more", _("Filter…"), self.offer_asked, icon="plus")
        self._more.setProperty("role", "chip")
        self._more.setProperty("dashed", True)  # noqa: FBT003  a Qt property
        self._row.addWidget(self._more)
        self._show()

    def buttons(self) -> list[QWidget]:
        """The chips from the left, with the one that adds."""
        found = (self._row.itemAt(place) for place in range(self._row.count()))
        return [widget for item in found if item is not None and (widget := item.widget()) is not None]

    @property
    def more(self) -> QPushButton:
        """The button that adds a filter."""
        return self._more

    @property
    def named(self) -> frozenset[Condition]:
        """The conditions whose words are known."""
        return frozenset(self._labels)

    def label_of(self, condition: Condition) -> str:
        """The words of a condition, as its chip has them."""
        return self._labels.get(condition, condition.value)

    def name_conditions(self, labels: dict[Condition, str]) -> None:
        """The words of conditions that are not at hand."""
        self._labels |= labels | {chip.condition: chip.label for chip in self._chips}
        self._show()

    def set_active(self, conditions: frozenset[Condition]) -> None:
        """Which filters are in."""
        self._active = conditions
        self._show()

    def set_counts(self, counts: dict[Condition, int]) -> None:
        """How many rows each chip at hand would leave."""
        self._counts = counts
        self._show()

    def _show(self) -> None:
        at_hand = [chip.condition for chip in self._chips]
        added = sorted(self._active - set(at_hand))
        wanted = [*added, *at_hand]
        focused = next((each for each, made in self._made.items() if made.hasFocus()), None)
        for condition in [each for each in self._made if each not in wanted]:
            gone = self._made.pop(condition)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for condition in wanted:
            made = self._made.get(condition) or self._make(condition)
            active, count = condition in self._active, self._counts.get(condition)
            label = self.label_of(condition)
            spoken = label if count is None or active else f"{label} · {number(count)}"
            made.setText(f"{spoken}  ✕" if active else spoken)
            made.setAccessibleName(spoken)
            made.setChecked(active)
        self._row.removeWidget(self._more)
        for condition in wanted:
            self._row.removeWidget(self._made[condition])
        for condition in wanted:
            self._row.addWidget(self._made[condition])
            self._made[condition].show()
        self._row.addWidget(self._more)
        self.reordered.emit()
        if focused is not None and focused in self._made:
            self._made[focused].setFocus()
        elif focused is not None:
            self._more.setFocus()

    def _make(self, condition: Condition) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"{self.objectName()}_{condition.code}_{condition.value}")
        made.setProperty("role", "chip")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.clicked.connect(self._on_clicked)
        self._made[condition] = made
        return made

    def _on_clicked(self) -> None:
        sender = self.sender()
        condition = next((each for each, made in self._made.items() if made is sender), None)
        if condition is not None:
            self.toggled.emit(condition)


class FilterPopup(QFrame):
    """Everything a list can be narrowed by, typed or chosen; `chosen` carries the condition."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("filter_popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered: Sequence[Offered] = ()
        self._line = QLineEdit()
        self._line.setObjectName("filter_popup_line")
        self._line.setAccessibleName(_("What to filter by"))
        self._line.setPlaceholderText(_("Commune, barrier, prescriber…"))
        self._line.textChanged.connect(self._narrow)
        self._line.installEventFilter(self)
        self._list = LinesView("filter_popup_list", _("Filters"), row=28)
        self._list.line_opened.connect(self._on_opened)
        self._list.line_pressed.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.INSIDE, theme.INSIDE, theme.INSIDE, theme.INSIDE)
        column.addWidget(self._line)
        column.addWidget(self._list)
        self.resize(theme.px(_POPUP_WIDTH), theme.px(_POPUP_HEIGHT))

    def offer(self, offered: Sequence[Offered], below: QWidget) -> None:
        """Opens under a widget."""
        self._offered = offered
        self._narrow("")
        self.move(below.mapToGlobal(QPoint(0, below.height() + theme.px(4))))
        self.show()
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: arrows and Enter typed in the line go to the list."""
        if watched is self._line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _KEYS_OF_THE_LIST:
                self._list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        lines: list[Line] = []
        kind = ""
        for item in self._offered:
            told = fold(f"{_(item.kind)} {item.label}").split()
            if not all(any(part.startswith(word) for part in told) for word in words):
                continue
            if item.kind != kind:
                kind = item.kind
                lines.append(Line(_(kind), head=True))
            lines.append(Line(item.label, right=number(item.count), key=item.condition))
        self._list.set_lines(lines or [Line(_("Nothing of that name."))])
        if lines:
            self._list.setCurrentRow(1)

    def _on_opened(self, condition: object) -> None:
        self.close()
        self.chosen.emit(condition)
