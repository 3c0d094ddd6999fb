"""The file of a person: one timeline narrowed by kind and by words, the journey above it, how to reach them."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.store.desk import Desk
from cef_desk.ui.beneficiaries.page import BeneficiariesPage
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.correction import CorrectionForm
from cef_desk.ui.today.forms import UnavailabilitySheet
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown
from tests.ui.keys import press, type_text

MIDNIGHT = datetime.combine(TODAY, datetime.min.time())


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BeneficiariesPage:
    """Somebody met twice, with a contract that broke, open alone."""
    made = Maker(desk)
    person = made.pathway("Bruyère", "Sonia", entered_on=TODAY - timedelta(days=200))
    for days, note in ((150, "Bus du matin"), (30, "Garde trouvée")):
        key = made.meeting(person, MIDNIGHT - timedelta(days=days))

        def write(session: Session, key: int = key, note: str = note) -> None:
            session.get_one(Interaction, key).note = note

        desk.do("Write", write)
    made.rupture(made.contract(person, signed_on=TODAY - timedelta(days=120)), TODAY - timedelta(days=60))
    made.meeting(person, MIDNIGHT + timedelta(days=12, hours=9), None)
    found = shown(seat_at(desk), qtbot, "go_beneficiaries").pages.beneficiaries
    found._on_card_due()
    found.open_whole()
    return found


def told(page: BeneficiariesPage) -> list[str]:
    lines = [page.card._lines.line(row) for row in range(page.card._lines.count())]
    return [line.text for line in lines if not line.head]


def press_chip(page: BeneficiariesPage, code: str) -> None:
    page._tools._chips[code].click()


def test_each_kind_of_event_is_shown_alone_with_its_number(page: BeneficiariesPage) -> None:
    assert len(told(page)) == 6
    assert page._tools._chips["all"].text() == "Tout 6"
    press_chip(page, "meetings")
    assert len(told(page)) == 3
    press_chip(page, "job")
    assert [words.split(" ")[0] for words in told(page)] == ["Rupture\u00a0:", "CDI"]
    assert page._tools._chips["referrals"].isHidden(), "there is none"


def test_words_are_looked_for_in_the_notes_whatever_their_accents(page: BeneficiariesPage) -> None:
    page._tools._words.setText("trouvee garde")
    assert len(told(page)) == 1
    page._tools._words.setText("zzz")
    assert told(page) == ["Rien dans ce parcours ne répond à ces filtres."]
    page.close_inner()
    page.open_whole()
    assert len(told(page)) == 6, "the next look begins with everything"


def test_the_journey_stands_above_and_is_told_in_words(page: BeneficiariesPage) -> None:
    bar = page._tools.bar
    assert bar.isVisible()
    assert "1 contrat" in bar.accessibleDescription()
    assert "1 rupture" in bar.accessibleDescription()
    days = [TODAY - timedelta(days=200), TODAY - timedelta(days=120), TODAY - timedelta(days=60), TODAY]
    places = [bar.x_of(day) for day in days]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, bar.width() - 1)
    assert not bar.grab().toImage().isNull()


def test_the_head_says_how_to_reach_the_person_and_when_they_come(page: BeneficiariesPage, desk: Desk) -> None:
    def fill(session: Session) -> None:
        person = session.get_one(Beneficiary, 1)
        person.channel, person.phone, person.contact_through = "sms", "06 12 34 56 78", "sa sœur"

    desk.do("Fill", fill)
    page.refresh()
    facts = {fact.name: fact for fact in page.card._content.facts}  # type: ignore[union-attr]  # a card is shown
    assert facts["Joindre"].value == "SMS, 06 12 34 56 78, sa sœur"
    assert facts["Joindre"].private
    assert facts["Vient le"].value == "12/12/2006"


def test_somebody_who_cannot_be_met_is_told_so_and_comes_back(page: BeneficiariesPage, desk: Desk) -> None:
    main = page.window()
    assert isinstance(main, MainWindow)
    main.forms.part(page.person_in_hand())
    form = main._side.form
    assert isinstance(form, UnavailabilitySheet)
    form.save()
    assert "indisponible depuis le 30/11/2006\u00a0: maladie" in page.card._state.text()
    main.forms.part(page.person_in_hand())
    again = main._side.form
    assert isinstance(again, UnavailabilitySheet)
    again._to.set_text("+7")
    again.save()
    assert "au 07/12/2006" in page.card._state.text()
    desk.undo()
    page.refresh()
    assert "depuis le 30/11/2006" in page.card._state.text()


def correcting(page: BeneficiariesPage) -> CorrectionForm:
    main = page.window()
    assert isinstance(main, MainWindow)
    form = main._side.form
    assert isinstance(form, CorrectionForm)
    return form


def opened_on(page: BeneficiariesPage, words: str) -> CorrectionForm:
    lines = page.card._lines
    row = next(row for row in range(lines.count()) if words in lines.line(row).detail)
    lines.setFocus()
    lines.setCurrentRow(row)
    press(Qt.Key.Key_Return)
    return correcting(page)


def test_a_meeting_noted_already_is_corrected_from_its_line_and_the_line_stays_in_hand(
    page: BeneficiariesPage, desk: Desk
) -> None:
    form = opened_on(page, "Bus du matin")
    assert form._note.editor.hasFocus()
    assert (form._day.text(), form._time.text(), form._outcome.value()) == ("03/07/2006", "00:00", "held")
    type_text(", à confirmer")
    form._day.set_text("02/07/2006")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    lines = page.card._lines
    corrected = next(
        lines.line(row) for row in range(lines.count()) if "Bus du matin, à confirmer" in lines.line(row).detail
    )
    assert corrected.right == "2 juil. 2006"
    assert lines.current_key() == corrected.key
    assert lines.hasFocus()
    desk.undo()
    page.refresh()
    assert not any("confirmer" in lines.line(row).detail for row in range(lines.count()))


def test_a_file_just_opened_has_its_last_meeting_in_hand(page: BeneficiariesPage) -> None:
    press(Qt.Key.Key_Return)
    assert correcting(page)._note.value() == "Garde trouvée"


def test_what_is_planned_and_contracts_are_not_corrected_from_the_timeline(page: BeneficiariesPage) -> None:
    lines = [page.card._lines.line(row) for row in range(page.card._lines.count())]
    assert len([line for line in lines if line.key is not None]) == 2, "the two meetings that took place"


def test_a_correction_half_typed_is_there_after_the_form_was_left(page: BeneficiariesPage) -> None:
    main = page.window()
    assert isinstance(main, MainWindow)
    opened_on(page, "Garde trouvée")
    type_text(", le matin")
    main._side.close_form()
    again = opened_on(page, "Garde trouvée")
    assert again._note.value() == "Garde trouvée, le matin"
    typing = main.forms.typing
    assert typing is not None
    main._side.close_form()
    main.forms.reopen(typing)
    assert correcting(page)._note.value() == "Garde trouvée, le matin"
