"""Letters of appointment as PDF, a page each."""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from cef_desk.i18n import _, language
from cef_desk.progress import Progress
from cef_desk.queries.letter_text import LetterText
from cef_desk.reports.parts import ACCENT, BOLD, INK, REGULAR, register_fonts, rule, write, write_block

_LEFT, _RIGHT, _TOP, _ADDRESS_LEFT, _ADDRESS_TOP = 25 * mm, 185 * mm, 275 * mm, 110 * mm, 245 * mm
"""The address stands in the window of a French envelope (NF Z 10-011: from 100 mm of the left, 45 mm of the top)."""

_SIZE, _GAP = 10.5, 7 * mm


def letters_pdf(texts: Sequence[LetterText], progress: Progress) -> bytes:
    """One page a letter."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, lang=language())
    canvas.setTitle(_("Letters of appointment"))
    canvas.setAuthor("CEF Desk")
    for number, text in enumerate(texts):
        progress.at(number, len(texts))
        _page(canvas, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _page(canvas: Canvas, text: LetterText) -> None:
    write(canvas, _LEFT, _TOP, text.unit, BOLD, 12, ACCENT)
    rule(canvas, _LEFT, _TOP - 4 * mm, _RIGHT)
    y = _ADDRESS_TOP
    for line in text.to:
        y = write_block(canvas, _ADDRESS_LEFT, y, line, REGULAR, _SIZE, _RIGHT - _ADDRESS_LEFT)
    y = write_block(canvas, _ADDRESS_LEFT, min(y, 215 * mm) - _GAP, text.dated, REGULAR, _SIZE, _RIGHT - _ADDRESS_LEFT)
    for words, font in (
        (text.subject, BOLD), (text.opening, REGULAR), (text.when, BOLD), *((each, REGULAR) for each in text.rest),
    ):  # fmt: skip
        y = write_block(canvas, _LEFT, y - _GAP, words, font, _SIZE, _RIGHT - _LEFT, INK)
    write_block(canvas, _ADDRESS_LEFT, y - 2 * _GAP, text.signed, REGULAR, _SIZE, _RIGHT - _ADDRESS_LEFT)
