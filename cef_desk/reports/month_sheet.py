"""The monthly sheet: one A4 page, no name of any person, the same bytes for the same data and day."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from cef_desk.i18n import _, field_day, long_day, month_name, number, percent
from cef_desk.queries.figures import Figure
from cef_desk.queries.month import Line, MonthSheet
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

LOW_BASE = 20
"""A rate on fewer cases is greyed: *effectif faible*."""

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 15 * mm, _WIDTH - 15 * mm
_LABEL_AT = _LEFT + 72
_COLUMNS = (_RIGHT - 224, _RIGHT - 112, _RIGHT)
_ROW = 19.0
_BODY, _SMALL = 9.0, 7.5


def month_sheet_pdf(sheet: MonthSheet) -> bytes:
    """The page as PDF."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, lang="fr")
    canvas.setTitle(" — ".join((_("Monthly results sheet"), month_name(sheet.month))))
    canvas.setAuthor("CEF Desk")
    y = _head(canvas, sheet)
    y = _column_heads(canvas, sheet, y)
    block = ""
    for line in sheet.lines:
        if line.block != block:
            rule(canvas, _LEFT, y + _ROW - 6, _RIGHT)
            write(canvas, _LEFT, y, _(line.block), BOLD, _BODY, ACCENT)
            block = line.block
        _row(canvas, line, y)
        y -= _ROW
    rule(canvas, _LEFT, y + _ROW - 6, _RIGHT)
    _foot(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(canvas: Canvas, sheet: MonthSheet) -> float:
    y = _HEIGHT - 22 * mm
    write(canvas, _LEFT, y, _("Monthly results sheet"), BOLD, 16, ACCENT)
    title = month_name(sheet.month)
    write_right(canvas, _RIGHT, y, title[:1].upper() + title[1:], BOLD, 16)
    y -= 18
    right = (
        _("scheme {scheme}, whole unit").format(scheme=sheet.scheme),
        _("edited on {day}").format(day=long_day(sheet.today)),
    )
    for number_of_line, text in enumerate(right):
        write_right(canvas, _RIGHT, y - 13 * number_of_line, text, REGULAR, _BODY, MUTED)
    width = _RIGHT - _LEFT - max(stringWidth(text, REGULAR, _BODY) for text in right) - 16
    under = write_block(canvas, _LEFT, y, sheet.unit, REGULAR, _BODY, width)
    write(canvas, _LEFT, under - 1, _counted_at(sheet), REGULAR, _BODY, MUTED)
    under = min(under - 1, y - 13) - 10
    if sheet.demonstration:
        write(canvas, _LEFT, under - 4, _("DEMONSTRATION: fictitious data"), BOLD, _BODY, MUTED)
        under -= 16
    rule(canvas, _LEFT, under, _RIGHT, ACCENT, 1.2)
    return float(under - 20)


def _counted_at(sheet: MonthSheet) -> str:
    if sheet.last > sheet.today:
        return _("Provisional, the month is not over: at {day}").format(day=long_day(sheet.today))
    return _("Counted at {day}").format(day=long_day(sheet.last))


def _column_heads(canvas: Canvas, sheet: MonthSheet, y: float) -> float:
    first = sheet.last.replace(month=1, day=1)
    until = field_day(min(sheet.last, sheet.today))
    heads = (
        (_("Month"), month_name(sheet.month)),
        (
            _("Year to date"),
            _("{first} to {last}").format(first=field_day(first), last=until),
        ),
        (_("Since opening"), _("since {day}").format(day=field_day(sheet.opened_on))),
    )
    for x, (title, detail) in zip(_COLUMNS, heads, strict=True):
        write_right(canvas, x, y, title, BOLD, _BODY)
        write_right(canvas, x, y - 12, detail, REGULAR, _SMALL, MUTED)
    return y - 36


def _row(canvas: Canvas, line: Line, y: float) -> None:
    write(canvas, _LABEL_AT, y, _(line.label), REGULAR, _BODY)
    for x, cell in zip(_COLUMNS, (line.month, line.year, line.opening), strict=True):
        _cell(canvas, x, y, cell)


def _cell(canvas: Canvas, x: float, y: float, found: Figure | None) -> None:
    if found is None or found.value is None:
        write_right(canvas, x, y, "—", REGULAR, _BODY, MUTED)
    elif found.denominator is None:
        write_right(canvas, x, y, number(found.numerator), REGULAR, _BODY)
    else:
        color = FAINT if found.denominator < LOW_BASE else INK
        fraction = _("({part} of {whole})").format(part=number(found.numerator), whole=number(found.denominator))
        write_right(canvas, x, y, fraction, REGULAR, _SMALL, MUTED if color is INK else FAINT)
        left = x - stringWidth(fraction, REGULAR, _SMALL) - 4
        write_right(canvas, left, y, percent(found.value), BOLD, _BODY, color)


def _foot(canvas: Canvas, sheet: MonthSheet) -> None:
    told = [
        _("{label}: {definition}.").format(label=_(line.label), definition=_(line.definition))
        for line in sheet.lines
        if line.definition
    ]
    told.append(_("A dash: a rate that one month alone does not give (R1), or nothing to count."))
    told.append(_("A rate on fewer than {base} cases is grey: too few to conclude.").format(base=number(LOW_BASE)))
    size, width = 7.0, _RIGHT - _LEFT
    y = 15 * mm + 12 + _block_height(told, size, width)
    rule(canvas, _LEFT, y + 10, _RIGHT)
    for text in told:
        y = write_block(canvas, _LEFT, y, text, REGULAR, size, width, MUTED)
    write(canvas, _LEFT, 15 * mm, _("CEF Desk, document without personal data."), REGULAR, size, MUTED)
    write_right(canvas, _RIGHT, 15 * mm, _("Page {n} of {all}").format(n=1, all=1), REGULAR, size, MUTED)


def _block_height(texts: list[str], size: float, width: float) -> float:
    return sum(len(wrapped(text, REGULAR, size, width)) for text in texts) * size * 1.35
