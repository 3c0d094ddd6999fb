"""Letters as one document to be edited, each on its page, on the letterhead that was chosen."""

import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.progress import Progress
from cef_desk.queries.letter_text import LetterText

_LEFT_OF_ADDRESS_CM = 9
_POINTS = 11


def letters_docx(texts: Sequence[LetterText], letterhead: Path | None, progress: Progress) -> bytes:
    """The document; head and foot of the letterhead stand on every page, without one the unit's name heads each."""
    from docx import Document  # loaded when a letter is written
    from docx.enum.text import WD_BREAK
    from docx.opc.exceptions import PackageNotFoundError
    from docx.shared import Cm, Pt

    try:
        document = Document(None if letterhead is None else str(letterhead))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        name = "" if letterhead is None else letterhead.name
        raise Trouble(N_("{name} is not a .docx letterhead that can be read."), name=name) from error
    document.styles["Normal"].font.size = Pt(_POINTS)
    document.core_properties.author, document.core_properties.title = "CEF Desk", ""
    for number, text in enumerate(texts):
        progress.at(number, len(texts))
        if letterhead is None:
            document.add_paragraph().add_run(text.unit).bold = True
        for line in text.to:
            document.add_paragraph(line).paragraph_format.left_indent = Cm(_LEFT_OF_ADDRESS_CM)
        dated = document.add_paragraph(text.dated)
        dated.paragraph_format.left_indent, dated.paragraph_format.space_before = Cm(_LEFT_OF_ADDRESS_CM), Pt(24)
        document.add_paragraph().add_run(text.subject).bold = True
        document.add_paragraph(text.opening)
        document.add_paragraph().add_run(text.when).bold = True
        for paragraph in text.rest:
            document.add_paragraph(paragraph)
        last = document.add_paragraph(text.signed)
        last.paragraph_format.left_indent = Cm(_LEFT_OF_ADDRESS_CM)
        if number + 1 < len(texts):
            last.add_run().add_break(WD_BREAK.PAGE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
