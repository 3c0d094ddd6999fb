"""The rail of pages at the left: picture, name, key; what belongs at the foot stands there."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cef_desk.i18n import _
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.actions import ActionSpec

_ROW, _ICON, _BAR = 38, 18, 3
_SPEC = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class _RailDelegate(QStyledItemDelegate):
    """Paints one entry."""

    def __init__(self, rail: "Rail") -> None:
        super().__init__(rail)
        self._rail = rail

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paints one entry."""
        spec: ActionSpec | None = index.data(_SPEC)
        if spec is None:
            return
        worn, current = theme.tokens(), bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(theme.px(8), 1, -theme.px(8), -1)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.weak if current else worn.hairline))
            painter.drawRoundedRect(box, 4, 4)
        if current:
            painter.fillRect(box.left(), box.top() + 2, _BAR, box.height() - 4, QColor(worn.accent))
        if option.state & QStyle.StateFlag.State_HasFocus and self._rail.hasFocus():
            painter.setPen(QColor(worn.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
            painter.drawRoundedRect(box, 4, 4)
        side = theme.px(_ICON)
        color = worn.accent if current else worn.muted
        left = box.left() + (theme.px(12) if self._rail.worded else (box.width() - side) // 2)
        painter.drawPixmap(left, box.center().y() - side // 2 + 1, theme.icon(spec.icon, color).pixmap(side, side))
        if self._rail.worded:
            words = box.adjusted(theme.px(12) + side + theme.px(12), 0, -theme.px(10), 0)
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), spec.keys)
            painter.setFont(theme.font(theme.BODY_POINTS, strong=current))
            painter.setPen(QColor(worn.accent if current else worn.text))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), _(spec.label))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the height of an entry; the empty one between fills what is left."""
        hint = index.data(Qt.ItemDataRole.SizeHintRole)
        return hint if isinstance(hint, QSize) else QSize(0, theme.px(_ROW))


class Rail(QListWidget):
    """One entry a page; `worded` is false when there is room for pictures alone."""

    def __init__(self, pages: Sequence[ActionSpec], foot: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(_("Pages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_RailDelegate(self))
        self.worded = True
        self._specs = (*pages, *foot)
        self._gap = QListWidgetItem()
        self._gap.setFlags(Qt.ItemFlag.NoItemFlags)
        for spec in pages:
            self.addItem(self._entry(spec))
        self.addItem(self._gap)
        for spec in foot:
            self.addItem(self._entry(spec))
        self.itemSelectionChanged.connect(self._on_selection_changed)

    def set_worded(self, *, worded: bool) -> None:
        """Shows the names, or the pictures alone."""
        self.worded = worded
        self.viewport().update()

    def page(self) -> str:
        """The id of the current page."""
        item = self.currentItem()
        return "" if item is None or item.data(_SPEC) is None else item.data(_SPEC).id

    def go(self, page: str) -> None:
        """Makes a page current by its id."""
        for row in range(self.count()):
            spec = self.item(row).data(_SPEC)
            if spec is not None and spec.id == page:
                self.setCurrentRow(row)

    def step(self, by: int) -> None:
        """To the page after or before, as far as there is one."""
        ids = [spec.id for spec in self._specs]
        place = ids.index(self.page()) if self.page() in ids else 0
        self.go(ids[min(max(place + by, 0), len(ids) - 1)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the foot stays at the foot."""
        super().resizeEvent(event)
        taken = theme.px(_ROW) * len(self._specs)
        self._gap.setSizeHint(QSize(0, max(0, self.viewport().height() - taken - 2)))
        self.scheduleDelayedItemsLayout()

    def _on_selection_changed(self) -> None:
        """A screen reader selects an entry without making it current."""
        other = [item for item in self.selectedItems() if item is not self.currentItem()]
        if other:
            self.setCurrentItem(other[-1])

    @staticmethod
    def _entry(spec: ActionSpec) -> QListWidgetItem:
        item = QListWidgetItem(_(spec.label))
        item.setData(_SPEC, spec)
        item.setToolTip(f"{_(spec.label)} ({spec.keys})")
        return item
