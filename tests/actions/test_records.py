"""People, companies, settings, views: what is kept, what is refused at which field, and that undo takes it back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.beneficiaries import NewPersonDraft, PersonDraft, add_person, correct_person
from cef_desk.actions.companies import CompanyDraft, add_company, correct_company
from cef_desk.actions.holders import TransferDraft, transfer
from cef_desk.actions.saved_views import ViewDraft, remove_view, save_view
from cef_desk.actions.settings import CounsellorDraft, set_counsellor
from cef_desk.errors import Missing, Refusal
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.company_contact import CompanyContact
from cef_desk.model.holder import Holder
from cef_desk.model.pathway import Pathway
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

CLAIRE = NewPersonDraft(
    last_name="  Pervenche ", first_name="Claire", birth_date=date(1980, 5, 4), city="Cholet",
    entered_on=date(2006, 3, 1), counsellor_code="CEF01",
)  # fmt: skip
BAKERY = CompanyDraft(name="Boulangerie Figuier", siret="732 829 320 00074", contact_name="Mme Hêtre")


def rows(desk: Desk, kind: type[Any]) -> int:
    return desk.see(lambda session: session.scalar(select(func.count()).select_from(kind)) or 0)


def holders(desk: Desk, pathway_id: int) -> list[tuple[Any, ...]]:
    asked = select(Holder.counsellor_id, Holder.from_on, Holder.to_on).where(Holder.pathway_id == pathway_id)
    return [tuple(row) for row in desk.see(lambda session: session.execute(asked.order_by(Holder.from_on)).all())]


def counsellor(desk: Desk, code: str) -> int:
    draft = CounsellorDraft(
        counsellor_id=None, code=code, name="Essai", is_manager=False, active=True, from_on=None, to_on=None, version=0
    )
    return desk.do("Counsellor", set_counsellor, draft, TODAY)[0]


def test_a_new_person_enters_with_a_holder_and_undo_leaves_nobody(desk: Desk) -> None:
    key, _changes = desk.do("New person", add_person, CLAIRE, TODAY)

    def kept(session: Session) -> tuple[str, int | None, str | None]:
        pathway = session.get_one(Pathway, key)
        name = session.get_one(Beneficiary, pathway.beneficiary_id).last_name
        return name, pathway.age_at_entry, pathway.commune

    assert desk.see(kept) == ("Pervenche", 25, "Cholet")
    assert holders(desk, key) == [(1, date(2006, 3, 1), None)]
    desk.undo()
    assert [rows(desk, kind) for kind in (Beneficiary, Pathway, Holder)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"last_name": " \u200b "}, "last_name"),
        ({"last_name": "x" * 201}, "last_name"),
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date"),
        ({"entered_on": TODAY + timedelta(days=1)}, "entered_on"),
        ({"entered_on": date(1979, 1, 1)}, "entered_on"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field_and_nothing_is_written(
    desk: Desk, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desk.do("New person", add_person, replace(CLAIRE, **change), TODAY)
    assert refused.value.field == field
    assert rows(desk, Beneficiary) == 0


def test_a_correction_over_somebody_elses_is_refused(desk: Desk, make: Maker) -> None:
    pathway = make.pathway("Bouleau", birth_date=None)
    person, version = desk.see(
        lambda s: s.execute(
            select(Beneficiary.id, Beneficiary.version).join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
            .where(Pathway.id == pathway)
        ).one()
    )  # fmt: skip
    draft = PersonDraft(last_name="Bouleau", first_name="Ali", version=version)
    desk.do("Correct", correct_person, person, draft, TODAY)
    with pytest.raises(Refusal):
        desk.do("Correct", correct_person, person, replace(draft, first_name="Léa"), TODAY)
    assert desk.see(lambda s: s.get_one(Beneficiary, person).first_name) == "Ali"
    late = PersonDraft(last_name="Bouleau", first_name="Ali", birth_date=date(2006, 2, 1), version=version + 1)
    with pytest.raises(Refusal) as refused:
        desk.do("Correct", correct_person, person, late, TODAY)
    assert refused.value.field == "birth_date"


def test_several_pathways_change_hands_from_a_day_and_come_back_with_one_undo(desk: Desk, make: Maker) -> None:
    other = counsellor(desk, "CEF02")
    keys = [make.pathway(), make.pathway(), make.pathway(entered_on=TODAY), make.pathway()]
    make.exit(keys[3], TODAY - timedelta(days=9))
    before = [holders(desk, key) for key in keys]
    draft = TransferDraft(pathway_ids=keys, counsellor_code="CEF02", from_on=TODAY)
    assert desk.do("Transfer", transfer, draft, TODAY)[0] == 3
    yesterday = TODAY - timedelta(days=1)
    assert holders(desk, keys[0]) == [(1, date(2006, 1, 9), yesterday), (other, TODAY, None)]
    assert holders(desk, keys[2]) == [(other, TODAY, None)], "held since today alone: nothing to remember"
    assert holders(desk, keys[3]) == before[3], "who has gone stays with who followed them"
    with pytest.raises(Refusal, match="holds them already"):
        desk.do("Transfer", transfer, draft, TODAY)
    with pytest.raises(Refusal) as early:
        desk.do("Transfer", transfer, replace(draft, counsellor_code="CEF01", from_on=yesterday), TODAY)
    assert early.value.field == "from_on"
    assert holders(desk, keys[0])[1] == (other, TODAY, None), "all or none"
    desk.undo()
    assert [holders(desk, key) for key in keys] == before
    with pytest.raises(Missing):
        desk.do("Transfer", transfer, replace(draft, counsellor_code="CEF99"), TODAY)


def test_a_company_keeps_its_number_without_spaces_and_one_first_contact(desk: Desk) -> None:
    key, _changes = desk.do("New company", add_company, BAKERY, TODAY)
    assert desk.see(lambda s: s.get_one(Company, key).siret) == "73282932000074"
    version = desk.see(lambda s: s.get_one(Company, key).version)
    changed = replace(BAKERY, siret="", contact_name="M. Orme", version=version)
    desk.do("Correct company", correct_company, key, changed, TODAY)
    assert desk.see(lambda s: s.get_one(Company, key).siret) is None
    assert desk.see(lambda s: s.scalars(select(CompanyContact.name)).all()) == ["M. Orme"]
    with pytest.raises(Refusal):
        desk.do("Correct company", correct_company, key, changed, TODAY)


def test_a_name_that_nobody_can_see_is_no_name(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.do("New company", add_company, replace(BAKERY, name="\u200b \u200d"), TODAY)
    assert (refused.value.field, rows(desk, Company)) == ("name", 0)


def test_a_view_of_the_same_name_takes_the_place_of_the_first(desk: Desk) -> None:
    draft = ViewDraft(
        counsellor_id=1, page="people", name="Les miens", base=frozenset(), extra=frozenset({("now", "x")})
    )
    first = desk.do("View", save_view, draft)[0]
    second = desk.do("View", save_view, replace(draft, extra=frozenset()))[0]
    assert first == second
    with pytest.raises(Refusal):
        desk.do("View", save_view, replace(draft, name="  "))
    desk.do("View", remove_view, first)
    with pytest.raises(Missing):
        desk.do("View", remove_view, first)


def test_two_counsellors_cannot_have_one_code(desk: Desk) -> None:
    counsellor(desk, "CEF02")
    with pytest.raises(Refusal) as refused:
        counsellor(desk, "cef02")
    assert refused.value.field == "code"
