"""Lists of lines, painted one way: picture, words, what is said under them, what stands at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cef_desk.ui.kit import theme

_LINE = int(Qt.ItemDataRole.UserRole)
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ICON, _BAR, _WHEN, _STEP, _ROOM_FOR_STEPS = 18, 3, 116, 172, 560
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """One line; `key` is what opening it gives, none for a line that only tells. A `head` begins a group.

    `tone` is danger or warning; `strong` words are half bold, `rest` follows them in plain ones. A line to act on says
    `when`, which its tone colours with a bar at its left instead of the words, and the next `step`, which the current
    line shows as a button.
    """

    text: str
    detail: str = ""
    right: str = ""
    icon: str = ""
    tone: str = ""
    key: object = None
    head: bool = False
    strong: bool = False
    rest: str = ""
    when: str = ""
    step: str = ""

    @property
    def spoken(self) -> str:
        """The whole line in one sentence, for assistive tools."""
        return ", ".join(part for part in (self.text, self.rest, self.detail, self.when, self.step, self.right) if part)


class _LineDelegate(QStyledItemDelegate):
    """Paints one line; `most` lines of detail are shown, 0 for all of them."""

    def __init__(self, view: "LinesView", edge: int, most: int, row: int) -> None:
        super().__init__(view)
        self._view, self.edge, self.most, self._row = view, edge, most, row

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the height of a line at the width of the list."""
        line: Line = index.data(_LINE)
        width = self._view.viewport().width()
        if line.head:
            return QSize(0, theme.px(self._row + (12 if index.row() else 0)))
        height = theme.px(self._row)
        if line.detail:
            small = QFontMetrics(theme.font(theme.SMALL_POINTS))
            height += (
                small.height()
                if line.when
                else self._detail_height(small, line.detail, self._words(QRect(0, 0, width, 0), line).width())
            )
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paints one line."""
        line: Line = index.data(_LINE)
        worn, rect = theme.tokens(), option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and line.key is not None and not self._view.quiet
        if chosen:
            painter.fillRect(rect, QColor(worn.weak))
        self._ring(painter, option, chosen=chosen)
        if line.head:
            self._head(painter, rect, line)
        else:
            self._body(painter, rect, line, chosen=chosen)
        painter.restore()

    def _ring(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        if chosen and self._view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.tokens().accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _head(self, painter: QPainter, rect: QRect, line: Line) -> None:
        worn = theme.tokens()
        place = rect.adjusted(theme.px(self.edge), theme.px(12) if rect.top() > 0 else 0, -theme.px(self.edge), 0)
        painter.setFont(theme.font(theme.SECTION_POINTS, strong=True))
        painter.setPen(QColor(worn.text))
        shown = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
        left = painter.fontMetrics().horizontalAdvance(shown) + theme.px(8)
        painter.setFont(theme.font(theme.BODY_POINTS))
        painter.setPen(QColor(worn.muted))
        painter.drawText(place.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), line.right)

    def _body(self, painter: QPainter, rect: QRect, line: Line, *, chosen: bool) -> None:
        worn = theme.tokens()
        tone = {"danger": worn.danger, "warning": worn.warning, "accent": worn.accent}.get(line.tone, "")
        if line.when:
            self._acts(painter, rect, line, tone, chosen=chosen)
            tone = ""
        top = QRect(rect.left(), rect.top(), rect.width(), theme.px(self._row))
        if line.icon:
            side = theme.px(_ICON)
            x = rect.left() + theme.px(self.edge)
            painter.drawPixmap(x, top.center().y() - side // 2 + 1, theme.icon(line.icon, tone).pixmap(side, side))
        words = self._words(top, line)
        painter.setFont(theme.font(theme.BODY_POINTS))
        right_width = painter.fontMetrics().horizontalAdvance(line.right)
        if line.when:
            right_width = self._acting_width(rect.width())
        painter.setPen(QColor(worn.muted))
        painter.drawText(
            top.adjusted(0, 0, -self._end(), 0),
            _RIGHT, line.right,
        )  # fmt: skip
        painter.setFont(theme.font(theme.BODY_POINTS, strong=line.strong))
        painter.setPen(QColor(tone or (worn.accent if chosen and line.strong and not line.when else worn.text)))
        room = words.width() - (right_width + theme.px(12) if right_width else 0)
        shown = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        if line.rest:
            taken = painter.fontMetrics().horizontalAdvance(shown)
            painter.setFont(theme.font(theme.BODY_POINTS))
            shown = painter.fontMetrics().elidedText(f", {line.rest}", Qt.TextElideMode.ElideRight, room - taken)
            painter.drawText(words.adjusted(taken, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
        if line.detail:
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            below = QRect(words.left(), top.bottom() - theme.px(4), words.width(), rect.bottom() - top.bottom())
            shown = self._cut(painter.fontMetrics(), line.detail, below.width())
            if line.when:
                shown = painter.fontMetrics().elidedText(line.detail, Qt.TextElideMode.ElideRight, room)
            painter.setClipRect(rect)
            painter.drawText(below, _WRAP, shown)

    def _acts(self, painter: QPainter, rect: QRect, line: Line, tone: str, *, chosen: bool) -> None:
        """When it is due, and the next step: words in a column each, the step of the current line a button."""
        worn = theme.tokens()
        if tone:
            painter.fillRect(QRect(rect.left(), rect.top() + 2, theme.px(_BAR), rect.height() - 4), QColor(tone))
        step = QRect(rect.right() - self._end() - self._step_width(rect.width()), rect.top(),
                     self._step_width(rect.width()), rect.height())  # fmt: skip
        when = QRect(step.left() - theme.px(_WHEN), rect.top(), theme.px(_WHEN), rect.height())
        painter.setFont(theme.font(theme.BODY_POINTS))
        painter.setPen(QColor(tone or worn.muted))
        painter.drawText(when, _LEFT, line.when)
        if not self._step_width(rect.width()):
            return
        painter.setFont(theme.font(theme.BODY_POINTS, strong=chosen))
        shown = painter.fontMetrics().elidedText(line.step, Qt.TextElideMode.ElideRight, step.width())
        painter.setPen(QColor(worn.accent))
        if chosen:
            wide = painter.fontMetrics().horizontalAdvance(shown) + theme.px(16)
            frame = QRect(step.right() - wide, step.center().y() - theme.px(13), wide, theme.px(26))
            painter.setBrush(QColor(worn.surface))
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawText(frame, _CENTRE, shown)
        else:
            painter.drawText(step.adjusted(0, 0, -theme.px(8), 0), _RIGHT, shown)

    def _step_width(self, width: int) -> int:
        """No step where there is no room for it beside the words."""
        return theme.px(_STEP) if width >= theme.px(_ROOM_FOR_STEPS) else 0

    def _acting_width(self, width: int) -> int:
        return theme.px(_WHEN) + self._step_width(width)

    def _words(self, rect: QRect, line: Line) -> QRect:
        left = theme.px(self.edge) + (theme.px(_ICON + 8) if line.icon else 0)
        return rect.adjusted(left, 0, -self._end(), 0)

    def _end(self) -> int:
        """What stays free at the right, beside the scroll bar."""
        return theme.px(max(self.edge, theme.INSIDE))

    def _detail_height(self, metrics: QFontMetrics, text: str, width: int) -> int:
        return metrics.boundingRect(0, 0, max(width, 1), 10_000, _WRAP, self._cut(metrics, text, width)).height()

    def _cut(self, metrics: QFontMetrics, text: str, width: int) -> str:
        if not self.most:
            return text
        room = max(width, 1) * self.most - (self.most - 1) * metrics.averageCharWidth() * 8
        return metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room)


class LinesView(QListWidget):
    """`line_opened` carries the key of the line on Enter or a double click; `line_chosen` that of the current one.

    `line_pressed` carries that of the line under the mouse, for lists that open at one click.
    """

    line_opened = Signal(object)
    line_chosen = Signal(object)
    line_pressed = Signal(object)

    def __init__(
        self, name: str, words: str, *, edge: int = 8, most: int = 2, row: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("role", "lines")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.quiet = False
        self._delegate = _LineDelegate(self, edge, most, row)
        self.setItemDelegate(self._delegate)
        self.itemActivated.connect(self._on_activated)
        self.itemClicked.connect(self._on_clicked)
        self.currentItemChanged.connect(self._on_current_changed)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Shows some lines in place of those before."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.spoken)
            item.setData(_LINE, line)
            item.setToolTip("")
            if line.head:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)

    def hold(self, key: object) -> None:
        """Makes the first line of a key the current one; without such a line there is none."""
        rows = (row for row in range(self.count()) if key is not None and self.line(row).key == key)
        self.setCurrentRow(next(rows, -1))

    def set_quiet(self, *, quiet: bool) -> None:
        """Of two lists on a page, the one that is not spoken of shows no line as chosen."""
        self.quiet = quiet
        self.viewport().update()

    def current_key(self) -> object:
        """The key of the current line, none without one."""
        item = self.currentItem()
        return None if item is None else item.data(_LINE).key

    def line(self, number: int) -> Line:
        """One line."""
        found: Line = self.item(number).data(_LINE)
        return found

    def show_whole(self, *, whole: bool) -> None:
        """Every word of the details, or the first two lines of each."""
        self._delegate.most = 0 if whole else 2
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: lines are measured anew at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._on_activated(self.currentItem())
            return
        super().keyPressEvent(event)

    def _on_activated(self, item: QListWidgetItem) -> None:
        key = item.data(_LINE).key
        if key is not None:
            self.line_opened.emit(key)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        key = item.data(_LINE).key
        if key is not None:
            self.line_pressed.emit(key)

    def _on_current_changed(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        self.line_chosen.emit(None if current is None else current.data(_LINE).key)
