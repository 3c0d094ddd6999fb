"""A chart on the screen: the drawing of the paper, its shapes told and opened by mouse or keys."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cef_desk.ui.kit import theme

_NEAR = 6.0


class ChartView(QWidget):
    """`shape_opened` carries the name of a shape; arrows go from one to the next, Enter opens."""

    shape_opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._renderer = QSvgRenderer(self)
        self._shapes: tuple[str, ...] = ()
        self._words: dict[str, str] = {}
        self._current = ""

    def show_chart(self, words: str, svg: bytes, shapes: Sequence[str], told: dict[str, str]) -> None:
        """Shows a drawing; `told` says what each shape stands for."""
        self.setAccessibleName(words)
        self._renderer.load(QByteArray(svg))
        self._shapes, self._words = tuple(shapes), told
        self._current = self._current if self._current in self._shapes else ""
        self.updateGeometry()
        self.update()

    def shape_at(self, place: QPointF) -> str:
        """The name of the shape under a point, the nearest one within some pixels; empty when none is."""
        reach = theme.px(_NEAR)
        for name in self._shapes:
            if self._box(name).adjusted(-reach / 2, -reach / 2, reach / 2, reach / 2).contains(place):
                return name
        return ""

    def box(self, name: str) -> QRectF:
        """Where a shape is drawn."""
        return self._box(name)

    def heightForWidth(self, width: int) -> int:
        """Qt: the drawing keeps its proportions."""
        size = self._renderer.defaultSize()
        return round(width * size.height() / size.width()) if size.width() > 0 else 0

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(theme.px(320), self.heightForWidth(theme.px(320)))

    def hasHeightForWidth(self) -> bool:
        """Qt: as above."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: white as paper, whatever the theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._renderer.render(painter, QRectF(self.rect()))
        if self._current and self.hasFocus():
            painter.setPen(QPen(QColor(theme.LIGHT.accent), 2))
            painter.drawRect(self._box(self._current).adjusted(-2, -2, 2, 2))
        elif self.hasFocus():
            painter.setPen(QPen(QColor(theme.LIGHT.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: says what is under the mouse."""
        name = self.shape_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), self._words.get(name, ""), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a shape opens."""
        name = self.shape_at(event.position())
        if name:
            self._choose(name)
            self.shape_opened.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows and Enter."""
        place = self._shapes.index(self._current) if self._current else -1
        if event.key() == Qt.Key.Key_Right and self._shapes:
            self._choose(self._shapes[min(place + 1, len(self._shapes) - 1)])
        elif event.key() == Qt.Key.Key_Left and self._shapes:
            self._choose(self._shapes[max(place - 1, 0)])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._current:
            self.shape_opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: nothing is under the mouse any more."""
        QToolTip.hideText()
        super().leaveEvent(event)

    def _choose(self, name: str) -> None:
        self._current = name
        self.setAccessibleDescription(self._words.get(name, ""))
        self.update()

    def _box(self, name: str) -> QRectF:
        drawn = self._renderer.viewBoxF()
        if drawn.isEmpty():
            return QRectF()
        x, y = self.width() / drawn.width(), self.height() / drawn.height()
        told = self._renderer.transformForElement(name).mapRect(self._renderer.boundsOnElement(name))
        return QRectF(told.x() * x, told.y() * y, told.width() * x, told.height() * y)
