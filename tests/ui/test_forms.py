"""The forms beside the lists: what is typed wrong is told at its place, nothing is lost, who is near is shown."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cef_desk.actions.beneficiaries import PersonDraft
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.rules.kinds import ListName
from cef_desk.store.desk import Desk
from cef_desk.ui.beneficiaries.form import PersonSheet
from cef_desk.ui.companies.form import CompanySheet
from cef_desk.ui.kit.mask import HIDDEN
from cef_desk.ui.main_window import MainWindow
from tests.make import Maker
from tests.ui.conftest import seat_at


@pytest.fixture
def on_desk(desk: Desk, make: Maker, qtbot: QtBot) -> MainWindow:
    make.pathway("Martin", "Zoé")
    made = MainWindow(seat_at(desk), "essai.cefdesk")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def person_sheet(window: MainWindow) -> PersonSheet:
    form = window._side.form
    assert isinstance(form, PersonSheet)
    return form


def person(desk: Desk) -> tuple[str, str | None, str]:
    def read(session: Session) -> tuple[str, str | None, str]:
        pathway = session.get_one(Pathway, 1)
        found = session.get_one(Beneficiary, pathway.beneficiary_id)
        return found.last_name, found.household_code, found.phone

    return desk.see(read)


@pytest.mark.parametrize("typed", ["31/02/1980", "0001", "01/01/9999", "demain matin", "32"])
def test_a_day_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(on_desk: MainWindow, typed: str) -> None:
    on_desk.forms.new_person()
    form = person_sheet(on_desk)
    form._last.set_text("Dupré")
    form._born.set_text(typed)
    form.save()
    assert form._born.error
    assert form._born.text() == typed
    assert form._last.text() == "Dupré"
    assert on_desk._side.form is form


def test_a_birth_to_come_is_refused_by_the_rule_at_its_field(on_desk: MainWindow) -> None:
    on_desk.forms.new_person()
    form = person_sheet(on_desk)
    form._last.set_text("Dupré")
    form._born.set_text("01/01/2040")
    form.save()
    assert "date de naissance" in form._born.error


def test_somebody_of_nearly_the_same_name_is_shown_and_stops_nobody(on_desk: MainWindow) -> None:
    on_desk.forms.new_person()
    form = person_sheet(on_desk)
    form._last.set_text("Matrin")
    form._first.set_text("Zoé")
    form._on_near_asked()
    assert form._near.isVisible()
    form.save()
    assert on_desk._side.form is None
    assert on_desk.pages.beneficiaries.chosen().last_name == "Matrin"  # type: ignore[union-attr]  # the one just added


def test_a_choice_no_longer_offered_stays_with_whoever_has_it(on_desk: MainWindow, desk: Desk) -> None:
    def hold(session: Session) -> None:
        session.get_one(Beneficiary, session.get_one(Pathway, 1).beneficiary_id).household_code = "SEULE"
        entry = session.query(ListEntry).filter_by(list_name=ListName.HOUSEHOLD, code="SEULE").one()
        entry.active = False

    desk.do("Hold", hold)
    on_desk.pages.beneficiaries.refresh()
    on_desk.forms.correct_person(on_desk.pages.beneficiaries.chosen())  # type: ignore[arg-type]  # somebody is chosen
    form = person_sheet(on_desk)
    form._phone.set_text("02 41 00 00 01")
    form.save()
    assert person(desk) == ("Martin", "SEULE", "02 41 00 00 01")


def test_an_entry_taken_up_again_brings_back_what_was_typed_and_nothing_else(on_desk: MainWindow, desk: Desk) -> None:
    row = on_desk.pages.beneficiaries.chosen()
    on_desk.forms.correct_person(row)  # type: ignore[arg-type]  # somebody is chosen
    form = person_sheet(on_desk)
    form._city.set_text("Cholet")
    form._on_edited()
    form._keeper.keep_now()
    form.close_form()

    def change(session: Session, draft: PersonDraft) -> None:
        session.get_one(Beneficiary, session.get_one(Pathway, 1).beneficiary_id).phone = draft.phone

    desk.do("Elsewhere", change, PersonDraft(last_name="", first_name="", phone="11"))
    on_desk.forms.correct_person(row)  # type: ignore[arg-type]  # as above
    again = person_sheet(on_desk)
    assert (again._city.text(), again._phone.text()) == ("Cholet", "11")


def test_f12_hides_the_name_a_form_is_about(on_desk: MainWindow) -> None:
    form = on_desk.forms.open_meeting(on_desk.pages.beneficiaries.chosen())
    assert "Martin" in form._about.text()
    on_desk.actions_register["mask"].trigger()
    assert form._about.text() == HIDDEN


def test_a_number_whose_key_is_wrong_is_doubted_not_approved(on_desk: MainWindow) -> None:
    on_desk.forms.new_company()
    form = on_desk._side.form
    assert isinstance(form, CompanySheet)
    field = form._texts["siret"]
    field.set_text("73282932000075")
    field._on_edited()
    assert field.words.text().startswith("! ")
    field.set_text("73282932000074")
    field._on_edited()
    assert not field.words.isVisible() or not field.words.text().startswith("! ")
