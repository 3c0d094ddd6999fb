"""Letters and reminders: a document, a PDF, a file for a portal; a line in each timeline; odd letterheads told."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtPdf import QPdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.letters import note_letters
from cef_desk.errors import Trouble
from cef_desk.exchange.letters_out import letters_docx
from cef_desk.exchange.reminders_out import _number, write_sms_file
from cef_desk.i18n import set_language
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.unit import Unit
from cef_desk.progress import Progress
from cef_desk.queries.letter_text import LetterText, letter_text
from cef_desk.queries.letters import letters
from cef_desk.queries.reminders import reminders
from cef_desk.reports.letters import letters_pdf
from cef_desk.rules.kinds import Kind, Medium, Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui.today.side import reminder_text
from tests.conftest import TODAY
from tests.make import Maker

TOMORROW = datetime.combine(TODAY + timedelta(days=1), datetime.min.time()) + timedelta(hours=9, minutes=30)
UNIT = "Unité emploi formation (fictive)"


def silent() -> Progress:
    return Progress(lambda _done, _all: None)


def say_where(session: Session) -> None:
    unit = session.scalars(select(Unit)).one()
    unit.address, unit.phone = "1 place de l’Exemple, 49000 Angers", "02 41 00 00 00"


@pytest.fixture
def texts(desk: Desk) -> list[LetterText]:
    """Two letters, in French."""
    set_language("fr")
    made = Maker(desk)
    for name, first in (("Bruyère", "Sonia"), ("Œuvrard <&>", "Zoé")):
        made.meeting(made.pathway(name, first), TOMORROW, None)

    def fill(session: Session) -> None:
        for person in session.scalars(select(Beneficiary)):
            person.address, person.postcode, person.sex = "3 bis, rue de l’Écluse", "49000", "F"

    desk.do("Fill", fill)
    desk.do("Unit", say_where)
    return [letter_text(each, UNIT, TODAY) for each in desk.see(letters, [1, 2])]


def test_a_letter_says_to_whom_where_when_and_who_expects(texts: list[LetterText]) -> None:
    assert texts[0].to == ("Madame Sonia Bruyère", "3 bis, rue de l’Écluse", "49000 Angers")
    assert texts[0].opening == "Madame,"
    assert texts[0].when == "Je vous attends le vendredi 1er décembre 2006 à 9\u00a0h\u00a030."
    assert texts[0].rest[0] == "Lieu\u00a0: 1 place de l’Exemple, 49000 Angers."
    assert "au 02 41 00 00 00" in texts[0].rest[2]


def test_the_document_has_a_letter_a_page_on_the_letterhead(texts: list[LetterText], tmp_path: Path) -> None:
    letterhead = tmp_path / "en-tête.docx"
    made = Document()
    made.sections[0].header.paragraphs[0].text = "Département de Maine-et-Loire"
    made.save(str(letterhead))
    written = Document(io.BytesIO(letters_docx(texts, letterhead, silent())))
    words = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert written.sections[0].header.paragraphs[0].text == "Département de Maine-et-Loire"
    assert "Sonia Bruyère" in words
    assert "Zoé Œuvrard <&>" in words
    assert words.count("Je vous attends le vendredi 1er décembre 2006 à 9\u00a0h\u00a030.") == 2
    assert (
        sum("w:br" in paragraph._p.xml and 'w:type="page"' in paragraph._p.xml for paragraph in written.paragraphs) == 1
    )


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04broken"])
def test_a_letterhead_that_cannot_be_read_is_told(texts: list[LetterText], tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "papier.docx"
    bad.write_bytes(content)
    with pytest.raises(Trouble, match="letterhead"):
        letters_docx(texts, bad, silent())
    with pytest.raises(Trouble, match="letterhead"):
        letters_docx(texts, tmp_path / "nowhere.docx", silent())


def test_the_pdf_has_a_page_a_letter_with_every_accent(texts: list[LetterText], tmp_path: Path) -> None:
    place = tmp_path / "lettres.pdf"
    place.write_bytes(letters_pdf(texts, silent()))
    document = QPdfDocument()
    document.load(str(place))
    assert document.pageCount() == 2
    page = document.getAllText(1).text()
    assert "Œuvrard <&>" in page
    assert "Écluse" in page
    assert "vendredi 1er décembre 2006" in page


def test_each_letter_leaves_a_line_in_its_timeline(desk: Desk, texts: list[LetterText]) -> None:
    assert texts
    desk.do("Letters", note_letters, [1, 2], TODAY)

    def lines(session: Session) -> list[tuple[str, str, str | None, int | None]]:
        asked = select(Interaction.kind, Interaction.medium, Interaction.outcome, Interaction.origin_id)
        return [(a, b, c, d) for a, b, c, d in session.execute(asked.where(Interaction.kind == Kind.TASK))]

    assert desk.see(lines) == [(Kind.TASK, Medium.POST, Outcome.HELD, key) for key in (1, 2)]


def test_the_sms_file_holds_numbers_and_texts_and_no_name(desk: Desk, texts: list[LetterText], tmp_path: Path) -> None:
    assert texts

    def fill(session: Session) -> None:
        first, second = session.scalars(select(Beneficiary).order_by(Beneficiary.id))
        first.channel, first.phone, second.phone = "sms", "+33 6 12 34 56 78", "02 41 00 12 34"

    desk.do("Fill", fill)
    found = desk.see(reminders, 1, TODAY)
    place = tmp_path / "sms.csv"
    write_sms_file(desk, silent(), place, found, lambda each: reminder_text(each, UNIT))
    rows = list(csv.reader(place.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[0] for row in rows] == ["phone", "0612345678"]
    assert "Bruyère" not in place.read_text(encoding="utf-8-sig")
    assert len(rows[1][1]) <= 160, "one message"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12 34 56 78 / 07 11 22 33 44", "0612345678"), ("+33 (0)6 12 34 56 78", "0612345678"),
        ("06.12.34.56.78 poste 2", "0612345678"), ("voir mère", ""), ("+1 514 555 0199", "+15145550199"),
        ("0033612345678", "0612345678"), ("٠٦١٢٣٤٥٦٧٨", ""), ("1234", ""),
    ],
)  # fmt: skip
def test_a_portal_is_given_one_number_or_none(typed: str, number: str) -> None:
    assert _number(typed) == number
