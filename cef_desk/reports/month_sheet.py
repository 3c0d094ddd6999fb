"""The monthly sheet: one A4 page, no name of any person, the same bytes for the same data and day."""

import io
from collections.abc import Iterator
from datetime import date

from reportlab.graphics import renderPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from cef_desk.i18n import _, field_day, language, long_day, month_name, number, percent, short_month, signed_number
from cef_desk.queries.figures import Figure
from cef_desk.queries.month import Line, MonthSheet
from cef_desk.reports.charts import contracts_chart, rates_chart
from cef_desk.reports.parts import (
    ACCENT,
    BOLD,
    FAINT,
    INK,
    MUTED,
    REGULAR,
    register_fonts,
    rule,
    wrapped,
    write,
    write_block,
    write_right,
)

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 15 * mm, _WIDTH - 15 * mm
_BOTTOM = 11 * mm
_LABEL_AT = _LEFT + 57
_COLUMNS = (("month", _LEFT + 251), ("year", _LEFT + 327), ("opening", _LEFT + 406), ("last_year", _LEFT + 472))
_COLUMN_WIDTH = 70.0
_ROW, _BODY, _FRACTION, _SMALL = 11.6, 7.5, 6.4, 6.2
_BETWEEN_CHARTS = 26.0
_COMMENT_LINES, _COMMENT_STEP = 5, 11.0
_STRONG = frozenset({"CONTRACTS", "R1", "S1"})
_DEFINED = ("R1", "R6", "S1", "DYNAMIC", "RETENTION.3M", "COMPANIES.LOYAL")
"""The lines whose definition is printed: the others say what they are."""


def month_sheet_pdf(sheet: MonthSheet) -> bytes:
    """The page as PDF."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, lang=language())
    canvas.setTitle(" — ".join((_("Monthly results sheet"), month_name(sheet.month.first))))
    canvas.setAuthor("CEF Desk")
    y = _column_heads(canvas, sheet, _head(canvas, sheet))
    y = _table(canvas, sheet, y)
    _charts(canvas, sheet, y, _comment(canvas, _foot(canvas, sheet)))
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(canvas: Canvas, sheet: MonthSheet) -> float:
    y = _HEIGHT - 13 * mm
    write(canvas, _LEFT, y, _("Monthly results sheet"), BOLD, 14, ACCENT)
    title = month_name(sheet.month.first)
    write_right(canvas, _RIGHT, y, title[:1].upper() + title[1:], BOLD, 14)
    y -= 13
    right = (_scope(sheet), _("edited on {day}").format(day=long_day(sheet.today)))
    for row, text in enumerate(right):
        write_right(canvas, _RIGHT, y - 10 * row, text, REGULAR, _BODY, MUTED)
    width = _RIGHT - _LEFT - max(stringWidth(text, REGULAR, _BODY) for text in right) - 16
    under = write_block(canvas, _LEFT, y, sheet.scope.unit, REGULAR, _BODY, width)
    state = _counted_at(sheet)
    if sheet.demonstration:
        state = _("{state} — DEMONSTRATION: fictitious data").format(state=state)
    under = write_block(canvas, _LEFT, under, state, REGULAR, _BODY, width, MUTED)
    under = min(under, y - 20) + 4
    rule(canvas, _LEFT, under, _RIGHT, ACCENT, 1.2)
    return float(under - 11)


def _scope(sheet: MonthSheet) -> str:
    if sheet.scope.counsellor is None:
        return _("scheme {scheme}, whole unit").format(scheme=sheet.scheme)
    return _("scheme {scheme}, counsellor {code}").format(scheme=sheet.scheme, code=sheet.scope.counsellor)


def _counted_at(sheet: MonthSheet) -> str:
    if sheet.month.last > sheet.today:
        return _("Provisional, the month is not over: at {day}").format(day=long_day(sheet.today))
    return _("Counted at {day}").format(day=long_day(sheet.month.last))


def _column_heads(canvas: Canvas, sheet: MonthSheet, y: float) -> float:
    first = sheet.month.last.replace(month=1, day=1)
    month = sheet.month.first
    heads = (
        (_("Month"), short_month(month)),
        (_("Year to date"), _("{first} to {last}").format(first=f"{first:%d/%m}", last=field_day(sheet.counted_at))),
        (_("Since opening"), _("since {day}").format(day=field_day(sheet.opened_on))),
        (_("Last year"), short_month(date(month.year - 1, month.month, 1))),
        (_("Change"), _("on a year")),
    )
    edges = [*(x for _name, x in _COLUMNS), _RIGHT]
    for x, (title, detail) in zip(edges, heads, strict=True):
        write_right(canvas, x, y, title, BOLD, _BODY)
        write_right(canvas, x, y - 9, detail, REGULAR, _FRACTION, MUTED)
    return y - 22


def _table(canvas: Canvas, sheet: MonthSheet, y: float) -> float:
    block = ""
    for line in _shown(sheet):
        if line.block != block:
            rule(canvas, _LEFT, y + _ROW - 3.4, _RIGHT)
            write(canvas, _LEFT, y, _(line.block), BOLD, _BODY, ACCENT)
            block = line.block
        _row(canvas, sheet, line, y)
        y -= _ROW
    rule(canvas, _LEFT, y + _ROW - 3.4, _RIGHT)
    return y


def _shown(sheet: MonthSheet) -> Iterator[Line]:
    """Every line, but contracts of other kinds only where there are some."""
    for line in sheet.lines:
        cells = (line.month, line.year, line.opening, line.last_year)
        if line.code != "CONTRACTS.OTHER" or any(cell is not None and cell.numerator for cell in cells):
            yield line


def _row(canvas: Canvas, sheet: MonthSheet, line: Line, y: float) -> None:
    label = _(line.label)
    if line.code == "CASELOAD_PER_COUNSELLOR":
        label = _("{label} ({n})").format(label=label, n=number(sheet.counsellors))
    font = BOLD if line.code in _STRONG else REGULAR
    write(canvas, _LABEL_AT, y, label, font, _BODY)
    for name, x in _COLUMNS:
        if name == "month" or getattr(line, name) is not None or line.month is None:
            _cell(canvas, x, y, line, getattr(line, name), font)
    write_right(canvas, _RIGHT, y, _change(line), font, _BODY, MUTED)


def _cell(canvas: Canvas, x: float, y: float, line: Line, found: Figure | None, font: str) -> None:
    if found is None or found.value is None:
        write_right(canvas, x, y, "—", REGULAR, _BODY, MUTED)
    elif found.denominator is None:
        write_right(canvas, x, y, number(found.numerator or 0), font, _BODY)
    elif line.quotient:
        write_right(canvas, x, y, number(found.value, line.decimals), font, _BODY)
    else:
        _rate(canvas, x, y, found, font)


def _rate(canvas: Canvas, x: float, y: float, found: Figure, font: str) -> None:
    """The rate with its fraction, smaller where figures are long; grey on few cases."""
    color = FAINT if found.low_base else INK
    rate = percent(found.value or 0.0)
    fraction = _("({part} of {whole})").format(part=number(found.numerator or 0), whole=number(found.denominator or 0))
    room = _COLUMN_WIDTH - stringWidth(rate, font, _BODY) - 2.5
    size = min(_FRACTION, _FRACTION * room / stringWidth(fraction, REGULAR, _FRACTION))
    write_right(canvas, x, y, fraction, REGULAR, size, FAINT if found.low_base else MUTED)
    write_right(canvas, x - stringWidth(fraction, REGULAR, size) - 2.5, y, rate, font, _BODY, color)


def _change(line: Line) -> str:
    """This month less the same month last year; points for a rate; nothing where one of them is missing."""
    now, then = line.month, line.last_year
    if now is None or then is None or now.value is None or then.value is None:
        return ""
    change = now.value - then.value
    if now.denominator is None:
        return signed_number(int(change), 0)
    if line.quotient:
        return signed_number(change, line.decimals)
    return _("{points} pt").format(points=signed_number(change * 100, 1))


def _charts(canvas: Canvas, sheet: MonthSheet, top: float, bottom: float) -> None:
    if not sheet.chart:
        return
    width = (_RIGHT - _LEFT - _BETWEEN_CHARTS) / 2
    height = top - bottom - 14
    charts = (
        (_LEFT, _("Contracts signed by month"), contracts_chart(sheet.chart, width, height)),
        (_RIGHT - width, _("Rupture (R1) and exit to a job (S1), since opening, %"),
         rates_chart(sheet.chart, width, height)),
    )  # fmt: skip
    for x, title, drawing in charts:
        write(canvas, x, top - 6, title, BOLD, 8.5, ACCENT)
        renderPDF.draw(drawing, canvas, x, bottom)


def _comment(canvas: Canvas, bottom: float) -> float:
    """Room for the manager's words, by hand; gives the y above it."""
    top = bottom + _COMMENT_LINES * _COMMENT_STEP
    for row in range(1, _COMMENT_LINES):
        rule(canvas, _LEFT, bottom + row * _COMMENT_STEP, _RIGHT)
    write(canvas, _LEFT, top - 8, _("Comment of the manager"), BOLD, 8.5, ACCENT)
    return top + 10


def _foot(canvas: Canvas, sheet: MonthSheet) -> float:
    """Definitions, page number; gives the y above them."""
    told = [
        _("{label}: {definition}.").format(label=_(line.label), definition=_(line.definition))
        for line in sheet.lines
        if line.code in _DEFINED
    ]
    told.append(
        _(
            "Ruptures: by their day. A dash: a rate that one month alone does not give, or nothing to count. Grey: on "
            "fewer than {base} cases, too few to conclude."
        ).format(base=number(sheet.scope.low_base))
    )
    width, step = _RIGHT - _LEFT, _SMALL * 1.35
    text = "  ".join(told)
    lines = wrapped(text, REGULAR, _SMALL, width)
    top = _BOTTOM + step * (len(lines) + 1)
    rule(canvas, _LEFT, top + 3, _RIGHT)
    write_block(canvas, _LEFT, top - _SMALL, text, REGULAR, _SMALL, width, MUTED)
    write(canvas, _LEFT, _BOTTOM - 2, _("CEF Desk, document without personal data."), REGULAR, _SMALL, MUTED)
    write_right(canvas, _RIGHT, _BOTTOM - 2, _("Page {n} of {all}").format(n=1, all=1), REGULAR, _SMALL, MUTED)
    return float(top + 8)
