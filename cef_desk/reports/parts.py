"""The parts every printed page is made of: fonts, colours, texts that fit. The only room that knows ReportLab."""

from functools import cache

from bidi import get_display
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cef_desk.paths import resources

REGULAR, BOLD = "DejaVu Sans Condensed", "DejaVu Sans Condensed Bold"
INK, MUTED, FAINT, RULE, ACCENT = (HexColor(code) for code in ("#18212B", "#52606D", "#8A94A0", "#D5DBE3", "#0B5FA5"))
_FIRST_RIGHT_TO_LEFT, _LAST_RIGHT_TO_LEFT = "\u0590", "\u08ff"


@cache
def register_fonts() -> None:
    """Makes the two faces known to ReportLab, once; their glyphs are embedded in what uses them."""
    folder = resources() / "fonts"
    registerFont(TTFont(REGULAR, folder / "DejaVuSansCondensed.ttf"))
    registerFont(TTFont(BOLD, folder / "DejaVuSansCondensed-Bold.ttf"))


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a text no wider than `width` points; a word too long for one line is cut where it must."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while stringWidth(word, font, size) > width and len(word) > 1:
            fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or stringWidth(word[:n], font, size) <= width)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901  the rest of the word goes on
        line = word
    return [*lines, line] if line else lines


def write(canvas: Canvas, x: float, y: float, text: str, font: str, size: float, color: Color = INK) -> float:
    """Writes one line as plain text and gives the x where it ends; right-to-left text is put in reading order."""
    canvas.setFont(font, size)
    canvas.setFillColor(color)
    shown = _in_display_order(text)
    canvas.drawString(x, y, shown)
    return float(x + stringWidth(shown, font, size))


def write_right(canvas: Canvas, x: float, y: float, text: str, font: str, size: float, color: Color = INK) -> None:
    """Writes one line that ends at x."""
    write(canvas, x - stringWidth(_in_display_order(text), font, size), y, text, font, size, color)


def write_block(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, width: float, color: Color = INK
) -> float:
    """Writes a text on as many lines as it needs and gives the y under it."""
    for line in wrapped(text, font, size, width):
        write(canvas, x, y, line, font, size, color)
        y -= size * 1.35
    return y


def rule(canvas: Canvas, x: float, y: float, to: float, color: Color = RULE, thickness: float = 0.5) -> None:
    """A thin horizontal line."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(thickness)
    canvas.line(x, y, to, y)


def _in_display_order(text: str) -> str:
    if any(_FIRST_RIGHT_TO_LEFT <= mark <= _LAST_RIGHT_TO_LEFT for mark in text):
        return str(get_display(text))
    return text
