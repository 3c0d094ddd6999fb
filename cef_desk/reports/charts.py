"""Charts as drawings: one for paper and, through SVG, for the screen; told in grey too, by hatching and dashes."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from cef_desk.i18n import _, number, percent, short_month
from cef_desk.queries.month import CHART_MONTHS, ChartPoint, MonthSheet
from cef_desk.reports.parts import ACCENT, BOLD, INK, MUTED, REGULAR, RULE, register_fonts

PALE, SECOND = HexColor("#A9C4DE"), HexColor("#C2540A")
_SMALL, _TINY = 6.6, 6.0
_FOOT = 20.0
_HATCH = 3.2
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
"""What Qt's renderer would paint black."""


def contracts_chart(points: Sequence[ChartPoint], width: float, height: float) -> Drawing:
    """One bar a month: this month solid, the same month last year hatched, the others pale."""
    drawing = Drawing(width, height)
    step = width / max(len(points), 1)
    top = max((point.contracts for point in points), default=0) or 1
    room = height - _FOOT - 10
    for place, point in enumerate(points):
        x, tall = place * step + step * 0.12, room * point.contracts / top
        now, then = place == len(points) - 1, place == 0 and len(points) == CHART_MONTHS
        drawing.add(
            Rect(
                x, _FOOT, step * 0.76, tall, strokeColor=ACCENT if then else None, strokeWidth=0.6,
                fillColor=ACCENT if now else None if then else PALE, _svgAttrs=_named("CONTRACTS", point),
            )
        )  # fmt: skip
        if then:
            for line in _hatching(x, _FOOT, step * 0.76, tall):
                drawing.add(line)
        middle = x + step * 0.38
        drawing.add(_word(middle, _FOOT + tall + 2.5, number(point.contracts), INK, bold=now or then))
        _month_under(drawing, middle, points, place)
    drawing.add(Line(0, _FOOT, width, _FOOT, strokeColor=MUTED, strokeWidth=0.6))
    return drawing


def _hatching(x: float, y: float, width: float, height: float) -> Iterator[Line]:
    for step in range(1, math.ceil((width + height) / _HATCH)):
        rise = step * _HATCH
        left, low = max(x, x + rise - height), y + min(rise, height)
        right, high = x + min(rise, width), max(y, y + rise - width)
        yield Line(left, low, right, high, strokeColor=ACCENT, strokeWidth=0.5)


@dataclass(frozen=True)
class _Curve:
    code: str
    values: list[float | None]
    color: Color
    dashed: bool


def rates_chart(points: Sequence[ChartPoint], width: float, height: float) -> Drawing:
    """R1 and S1 since the opening at the end of each month, named at the end of their lines."""
    drawing = Drawing(width, height)
    curves = (
        _Curve("S1", [point.exit_rate.value for point in points], ACCENT, dashed=False),
        _Curve("R1", [point.rupture_rate.value for point in points], SECOND, dashed=True),
    )
    highest = max((value for curve in curves for value in curve.values if value is not None), default=0.0)
    top = max(0.2, math.ceil(highest * 5) / 5)
    left, right, room = 16.0, width - 44, height - _FOOT - 8
    for grade in range(round(top / 0.2) + 1):
        y = _FOOT + room * grade * 0.2 / top
        drawing.add(Line(left, y, right, y, strokeColor=MUTED if grade == 0 else RULE, strokeWidth=0.6))
        drawing.add(_word(left - 3, y - 2, number(grade * 20), MUTED, anchor="end"))
    step = (right - left) / max(len(points) - 1, 1)
    for curve in curves:
        found = [
            (left + place * step, _FOOT + room * value / top, points[place])
            for place, value in enumerate(curve.values)
            if value is not None
        ]
        for (x, y, _point), (further, higher, _next) in pairwise(found):
            dashes = [3, 2] if curve.dashed else None
            drawing.add(Line(x, y, further, higher, strokeColor=curve.color, strokeWidth=1.1, strokeDashArray=dashes))
        for x, y, point in found:
            drawing.add(_mark(x, y, curve, point))
        if found and curve.values[-1] is not None:
            told = f"{curve.code} {percent(curve.values[-1])}"
            drawing.add(_word(found[-1][0] + 5, found[-1][1] - 2.3, told, INK, bold=True, anchor="start"))
    for place in range(0, len(points), 2):
        _month_under(drawing, left + place * step, points, place)
    return drawing


def _mark(x: float, y: float, curve: _Curve, point: ChartPoint) -> Rect | Circle:
    named = _named(curve.code, point)
    if curve.dashed:
        return Rect(
            x - 1.6, y - 1.6, 3.2, 3.2, strokeColor=curve.color, fillColor=HexColor("#FFFFFF"), strokeWidth=0.8,
            _svgAttrs=named,
        )  # fmt: skip
    return Circle(x, y, 1.7, strokeColor=curve.color, fillColor=curve.color, strokeWidth=0.5, _svgAttrs=named)


def _named(code: str, point: ChartPoint) -> dict[str, str]:
    """The name of a shape on the screen, by which it is found under the mouse."""
    return {"id": f"{code}-{point.month:%Y-%m}"}


@dataclass(frozen=True)
class ScreenChart:
    """A chart for the screen: SVG, and the names of the shapes that open their rows, from the left."""

    title: str
    svg: bytes
    shapes: tuple[str, ...]


def screen_charts(sheet: MonthSheet, width: float, height: float) -> tuple[ScreenChart, ...]:
    """The charts of the sheet as on paper, for the screen."""
    register_fonts()
    named = (
        (_("Contracts signed by month"), contracts_chart(sheet.chart, width, height), ("CONTRACTS",)),
        (_("Rupture (R1) and exit to a job (S1), since opening, %"), rates_chart(sheet.chart, width, height),
         ("S1", "R1")),
    )  # fmt: skip
    return tuple(
        ScreenChart(title, _CLIP.sub("", renderSVG.drawToString(drawing)).encode(),
                    tuple(f"{code}-{point.month:%Y-%m}" for code in codes for point in sheet.chart))
        for title, drawing, codes in named
    )  # fmt: skip


def _month_under(drawing: Drawing, x: float, points: Sequence[ChartPoint], place: int) -> None:
    month = points[place].month
    name = short_month(month).rsplit(" ", 1)[0]
    drawing.add(_word(x, _FOOT - 8, name, MUTED, size=_TINY))
    if place == 0 or month.month == 1:
        drawing.add(_word(x, _FOOT - 15, str(month.year), MUTED, size=_TINY))


def _word(
    x: float, y: float, text: str, color: Color, *, bold: bool = False, anchor: str = "middle", size: float = _SMALL
) -> String:
    return String(x, y, text, fontName=BOLD if bold else REGULAR, fontSize=size, fillColor=color, textAnchor=anchor)
