"""The month beside its objectives, and the week by kind of work, drawn in little room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cef_desk.ui.kit import theme

_ROW, _NAME, _NUMBER, _BAR = 26, 130, 84, 8
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Bar:
    """`share` of the objective that is reached, `expected` where it should be by now; none without objective."""

    name: str
    words: str
    share: float | None = None
    expected: float | None = None


class Bars(QWidget):
    """One row a bar; what it says is its accessible description too."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._bars: Sequence[Bar] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Shows some rows in place of those before."""
        self._bars = bars
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> Sequence[Bar]:
        """What is shown."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Qt: a row a bar."""
        return QSize(theme.px(280), theme.px(_ROW) * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Qt: the words of a row fit."""
        return QSize(theme.px(_NAME + _NUMBER + 40), theme.px(_ROW) * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: name, bar with where it should be, number."""
        del event
        painter, worn = QPainter(self), theme.tokens()
        painter.setFont(theme.font(theme.BODY_POINTS))
        for number, bar in enumerate(self._bars):
            row = QRect(0, number * theme.px(_ROW), self.width(), theme.px(_ROW))
            painter.setPen(QColor(worn.text))
            painter.drawText(row, _LEFT, bar.name)
            painter.setPen(QColor(worn.muted))
            painter.drawText(row, _RIGHT, bar.words)
            if bar.share is None:
                continue
            width = row.width() - theme.px(_NAME + _NUMBER)
            track = QRect(theme.px(_NAME), row.center().y() - theme.px(_BAR) // 2, width, theme.px(_BAR))
            painter.fillRect(track, QColor(worn.hairline))
            painter.fillRect(
                QRect(track.topLeft(), QSize(round(width * min(bar.share, 1)), track.height())), QColor(worn.accent)
            )
            if bar.expected is not None:
                x = track.left() + round(width * min(bar.expected, 1))
                painter.fillRect(QRect(x, track.top() - 3, 2, track.height() + 6), QColor(worn.text))


class Split(QWidget):
    """One bar of several parts, the longest first, each with its words under it."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._parts: Sequence[tuple[str, str, float]] = ()
        self.setMinimumHeight(theme.px(52))

    def show_parts(self, parts: Sequence[tuple[str, str, float]]) -> None:
        """Shows some (name, words, share of all)."""
        self._parts = parts
        self.setAccessibleDescription(", ".join(f"{name} {words}" for name, words, _share in parts))
        self.setVisible(bool(parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: parts from dark to light, words in equal columns."""
        del event
        painter, worn = QPainter(self), theme.tokens()
        left, count = 0, max(len(self._parts), 1)
        for number, (name, words, share) in enumerate(self._parts):
            shade = QColor(worn.accent)
            shade.setAlphaF(1 - number * 0.25)
            width = round(self.width() * share)
            painter.fillRect(QRect(left, 0, max(width - 1, 1), theme.px(_BAR)), shade)
            left += width
            column = QRect(self.width() * number // count, theme.px(12), self.width() // count, theme.px(18))
            painter.setFont(theme.font(theme.SMALL_POINTS))
            painter.setPen(QColor(worn.muted))
            painter.drawText(
                column, _LEFT, painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, column.width())
            )
            painter.setPen(QColor(worn.text))
            painter.drawText(column.translated(0, theme.px(18)), _LEFT, words)
