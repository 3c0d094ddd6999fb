"""How it looks: the only place that knows a colour, a measure or a font (design/looks.md)."""

from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from cef_desk.paths import resources

EDGE, GAP, INSIDE, CELL_PADDING = 24, 16, 8, 6
RAIL_WIDTH, RAIL_NARROW = 208, 56
ROW_HEIGHT, FIELD_HEIGHT, STATUS_HEIGHT = 28, 32, 28
TITLE_POINTS, SECTION_POINTS, BODY_POINTS, SMALL_POINTS = 16.0, 12.0, 10.0, 9.0
TOAST_SECONDS = 8
_MOST_MEASURED = 5_000
QT_OPTIONS = ("-style", "Fusion")
"""The style named to Qt on its command line: setting it by a call makes every name of QStyle, which takes a while."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme."""

    window: str
    surface: str
    border: str
    hairline: str
    paper_ground: str
    text: str
    muted: str
    accent: str
    on_accent: str
    weak: str
    success: str
    warning: str
    danger: str


LIGHT = Tokens(
    window="#F4F6F8", surface="#FFFFFF", border="#D5DBE3", hairline="#E7EBF0", paper_ground="#DDE3EA",
    text="#18212B", muted="#52606D", accent="#1B5FB4", on_accent="#FFFFFF", weak="#E3EDFA",
    success="#17754A", warning="#8A5200", danger="#B3261E",
)  # fmt: skip
DARK = Tokens(
    window="#14181D", surface="#1B2128", border="#35404C", hairline="#262E37", paper_ground="#14181D",
    text="#E8ECF1", muted="#A3AFBC", accent="#82B4FF", on_accent="#0E1A2B", weak="#22344D",
    success="#63D29C", warning="#F0B75B", danger="#FF8F86",
)  # fmt: skip


class _Worn:
    """The theme in use, set once at start."""

    tokens = LIGHT
    scale = 1.0


def tokens() -> Tokens:
    """The colours in use."""
    return _Worn.tokens


def px(size: float) -> int:
    """A measure at the chosen text size."""
    return round(size * _Worn.scale)


def wear(application: QApplication, theme: str, text_size: int) -> None:
    """Dresses the program: theme light, dark or system; text size in percent."""
    system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _Worn.tokens = DARK if theme == "dark" or (theme == "system" and system_dark) else LIGHT
    _Worn.scale = text_size / 100
    for kept in (icon, measures, width):
        kept.cache_clear()
    application.setFont(font(BODY_POINTS))
    application.setPalette(_palette(_Worn.tokens))
    application.setStyleSheet(_style_sheet(_Worn.tokens))


def font(points: float, *, strong: bool = False) -> QFont:
    """The system's font at a size of ours; the bundled one on a machine that has none."""
    chosen = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    chosen.setFamily(_family(chosen.family()))
    chosen.setPointSizeF(points * _Worn.scale)
    chosen.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return chosen


@cache
def measures(*, strong: bool) -> QFontMetrics:
    """What the letters of the body measure."""
    return QFontMetrics(font(BODY_POINTS, strong=strong))


@lru_cache(_MOST_MEASURED)
def width(text: str, *, strong: bool = False) -> int:
    """How wide a text of the body is, in pixels."""
    return measures(strong=strong).horizontalAdvance(text)


@cache
def _family(system: str) -> str:
    """The system's family; where it is only the last resort of fontconfig, a text face if there is one."""
    if not QFontDatabase.families():
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / "DejaVuSans.ttf"))
        return "DejaVu Sans"
    if QFontInfo(QFont(system)).family() != "DejaVu Sans":
        return system
    return next((name for name in ("Open Sans", "Noto Sans") if QFontDatabase.hasFamily(name)), system)


@cache
def icon(name: str, color: str = "", size: int = 18) -> QIcon:
    """A picture of resources/icons in a colour of the theme, by default the muted one."""
    drawing = (resources() / "icons" / f"{name}.svg").read_bytes()
    renderer = QSvgRenderer(drawing.replace(b"currentColor", (color or tokens().muted).encode()))
    side = px(size)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)


def _palette(worn: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, code in (
        ((role.Window, role.Button, role.AlternateBase, role.Midlight, role.Light), worn.window),
        ((role.Base, role.ToolTipBase), worn.surface),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), worn.text),
        ((role.PlaceholderText,), worn.muted),
        ((role.Highlight,), worn.weak),
        ((role.HighlightedText,), worn.text),
        ((role.Link, role.LinkVisited, role.Accent), worn.accent),
        ((role.Mid, role.Dark, role.Shadow), worn.border),
    ):
        for each in roles:
            palette.setColor(each, QColor(code))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(worn.muted))
    return palette


def _style_sheet(worn: Tokens) -> str:
    small, title, section = (f"{points * _Worn.scale}pt" for points in (SMALL_POINTS, TITLE_POINTS, SECTION_POINTS))
    return f"""
* {{ outline: 0; }}
QWidget#work {{ background: {worn.surface}; }}
QWidget#choices, QWidget#form_body {{ background: {worn.window}; }}
QLabel[role="title"] {{ font-size: {title}; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {section}; font-weight: 600; }}
QLabel[role="small"], QLabel[role="hint"] {{ font-size: {small}; color: {worn.muted}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {worn.muted}; }}
QLabel[role="error"] {{ font-size: {small}; color: {worn.danger}; }}
QLabel[role="warning"] {{ color: {worn.warning}; }}
QLabel[role="success"] {{ font-size: {small}; color: {worn.success}; }}
QFrame[role="line"] {{ background: {worn.border}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame[role="upright"] {{ background: {worn.border}; border: 0; max-width: 1px; min-width: 1px; }}
QFrame[role="card"] {{ background: {worn.surface}; border: 1px solid {worn.border}; border-radius: 4px; }}
QFrame[role="banner"] {{ background: {worn.weak}; border: 0; border-bottom: 1px solid {worn.border}; }}
QLineEdit, QPlainTextEdit, QComboBox {{
  background: {worn.surface}; border: 1px solid {worn.border}; border-radius: 4px; color: {worn.text};
  padding: 0 {px(8)}px; min-height: {px(FIELD_HEIGHT - 2)}px; selection-background-color: {worn.accent};
  selection-color: {worn.on_accent}; }}
QPlainTextEdit {{ padding: {px(4)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {worn.accent};
  padding: 0 {px(8) - 1}px; min-height: {px(FIELD_HEIGHT - 2) - 2}px; }}
QPlainTextEdit:focus {{ padding: {px(4) - 1}px; }}
QLineEdit[state="error"], QPlainTextEdit[state="error"], QComboBox[state="error"] {{ border-color: {worn.danger}; }}
QComboBox::drop-down {{ border: 0; width: {px(24)}px; }}
QComboBox::down-arrow {{ image: url("{_arrow("chevron-down", worn)}"); width: {px(14)}px; height: {px(14)}px; }}
QComboBox QAbstractItemView {{ background: {worn.surface}; border: 1px solid {worn.border}; color: {worn.text};
  selection-background-color: {worn.weak}; selection-color: {worn.text}; }}
QPushButton {{
  background: {worn.surface}; border: 1px solid {worn.border}; border-radius: 4px; color: {worn.text};
  padding: 0 {px(12)}px; min-height: {px(FIELD_HEIGHT - 2)}px; }}
QPushButton:hover {{ background: {worn.window}; }}
QPushButton:pressed {{ background: {worn.weak}; }}
QPushButton:disabled {{ color: {worn.muted}; }}
QPushButton:focus {{ border: 2px solid {worn.accent}; padding: 0 {px(12) - 1}px;
  min-height: {px(FIELD_HEIGHT - 2) - 2}px; }}
QPushButton[role="main"] {{ background: {worn.accent}; color: {worn.on_accent}; border-color: {worn.accent};
  font-weight: 600; }}
QPushButton[role="main"]:focus {{ border: 2px solid {worn.text}; }}
QPushButton[role="main"]:disabled {{ background: {worn.hairline}; color: {worn.muted}; border-color: {worn.border}; }}
QPushButton[role="choice"] {{ border-radius: 0; }}
QPushButton[role="choice"][joined="left"] {{ border-left: 0; }}
QPushButton[role="choice"][joined="top"] {{ border-top: 0; }}
QPushButton[role="choice"][joined="lefttop"] {{ border-left: 0; border-top: 0; }}
QPushButton[role="choice"]:focus {{ border: 2px solid {worn.accent}; }}
QPushButton[role="choice"]:checked {{ background: {worn.weak}; color: {worn.accent}; }}
QPushButton[role="link"] {{ border: 0; background: transparent; color: {worn.accent}; padding: 0 {px(4)}px; }}
QPushButton[role="link"]:focus {{ border: 2px solid {worn.accent}; }}
QStatusBar QPushButton[role="link"] {{ font-size: {small}; }}
QPushButton[role="row"] {{ min-height: {px(78)}px; border: 0;
  border-radius: 0; background: {worn.surface}; text-align: left; padding: 0; }}
QPushButton[role="row"]:hover {{ background: {worn.window}; }}
QPushButton[role="row"]:focus {{ background: {worn.weak}; border: 2px solid {worn.accent};
  min-height: {px(78) - 4}px; padding: 0; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; background: transparent; padding: 0;
  min-width: {px(30)}px; min-height: {px(30)}px; }}
QLineEdit QToolButton {{ border: 0; min-width: 0; min-height: 0; }}
QToolButton:hover {{ background: {worn.weak}; }}
QToolButton:focus {{ border: 2px solid {worn.accent}; }}
QTableView {{ background: {worn.surface}; border: 0; gridline-color: {worn.hairline};
  selection-background-color: {worn.weak}; selection-color: {worn.text}; }}
QTableView::item {{ border: 0; padding: 0 {px(CELL_PADDING)}px; }}
QTableView::item:selected {{ background: {worn.weak}; color: {worn.text}; }}
QHeaderView {{ background: {worn.surface}; border: 0; }}
QHeaderView::section {{ background: {worn.surface}; color: {worn.muted}; border: 0; font-size: {small};
  border-bottom: 1px solid {worn.border}; border-top: 1px solid {worn.border}; padding: 0 {px(CELL_PADDING) + 3}px;
  min-height: {px(ROW_HEIGHT - 2)}px; font-weight: 400; }}
QHeaderView::section:first {{ padding-left: {EDGE}px; }}
QTableView[edge="near"] QHeaderView::section:first {{ padding-left: {INSIDE}px; }}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ width: {px(14)}px; height: {px(14)}px; }}
QHeaderView::up-arrow {{ image: url("{_arrow("chevron-up", worn)}"); }}
QHeaderView::down-arrow {{ image: url("{_arrow("chevron-down", worn)}"); }}
QListWidget {{ background: {worn.surface}; border: 1px solid {worn.border}; border-radius: 4px; color: {worn.text}; }}
QListWidget:focus {{ border: 2px solid {worn.accent}; }}
QListWidget::item {{ padding: {px(4)}px {px(8)}px; }}
QListWidget#navigation, QListWidget#navigation:focus, QListWidget[role="lines"],
QListWidget[role="lines"]:focus {{ background: transparent; border: 0; }}
QListWidget[role="lines"]::item {{ padding: 0; }}
QFrame#palette, QFrame#filter_popup {{ background: {worn.surface}; border: 1px solid {worn.border};
  border-radius: 4px; }}
QFrame[role="near"] {{ background: {worn.surface}; border: 0; border-left: 3px solid {worn.warning}; }}
QScrollArea[role="clear"], QScrollArea[role="clear"] > QWidget > QWidget {{ background: transparent; }}
QWidget[role="panel"] {{ background: {worn.window}; }}
QLineEdit#global_search {{ background: {worn.surface}; }}
QPushButton[role="chip"] {{ border-radius: {px(13)}px; min-height: {px(26)}px; padding: 0 {px(12)}px; }}
QPushButton[role="chip"]:checked {{ background: {worn.weak}; border-color: {worn.weak}; color: {worn.accent}; }}
QPushButton[role="chip"][dashed="true"] {{ border-style: dashed; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {worn.accent}; padding: 0 {px(12) - 1}px;
  min-height: {px(26) - 2}px; }}
QProgressBar {{ background: {worn.hairline}; border: 0; border-radius: 3px; max-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {worn.accent}; border-radius: 3px; }}
QToolButton:checked {{ background: {worn.weak}; }}
QToolButton::menu-indicator {{ image: none; }}
QStatusBar {{ background: {worn.window}; border-top: 1px solid {worn.border}; color: {worn.muted};
  font-size: {small}; min-height: {px(STATUS_HEIGHT)}px; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {worn.muted}; font-size: {small}; padding: 0 {px(8)}px; }}
QFrame#toast {{ background: {worn.text}; border-radius: 4px; }}
QFrame#toast QLabel {{ color: {worn.surface}; }}
QFrame#toast QPushButton {{ color: {worn.surface}; background: transparent; border: 0; font-weight: 600;
  text-decoration: underline; }}
QFrame#toast QPushButton:focus {{ border: 2px solid {worn.surface}; }}
QMenu {{ background: {worn.surface}; border: 1px solid {worn.border}; color: {worn.text}; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(16)}px; }}
QMenu::item:disabled {{ color: {worn.muted}; }}
QMenu::icon {{ padding-left: {px(10)}px; }}
QMenu::item:selected {{ background: {worn.weak}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {worn.border}; border-radius: {px(4)}px; min-height: {px(32)}px;
  margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; }}
QScrollBar::handle:horizontal {{ background: {worn.border}; border-radius: {px(4)}px; min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  width: 0; height: 0; background: transparent; }}
QSplitter::handle {{ background: {worn.border}; }}
QToolTip {{ background: {worn.surface}; color: {worn.text}; border: 1px solid {worn.border}; }}
QPdfView {{ background: {worn.paper_ground}; border: 0; }}
"""


def _arrow(name: str, worn: Tokens) -> str:
    return (resources() / "icons" / f"{name}-{'dark' if worn is DARK else 'light'}.svg").as_posix()
