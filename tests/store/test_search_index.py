import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.search_entry import SearchEntry
from cef_desk.store.desk import Desk
from cef_desk.store.search_index import matching, rebuild
from tests.make import Maker


def found(desk: Desk, typed: str) -> list[str]:
    def read(session: Session) -> list[str]:
        names = select(Beneficiary.last_name).where(matching(Beneficiary, Beneficiary.id, typed))
        return list(session.scalars(names.order_by(Beneficiary.id)))

    return desk.see(read)


@pytest.mark.parametrize(
    "typed",
    ["œuvrard", "OEUV", "helene", "Hélène Œuv", "chemillé", "O'Br", "o brien", "jean", "a<b", "100%", "%", "_", "'"],
)
def test_a_person_is_found_whatever_the_accents_case_and_order(desk: Desk, make: Maker, typed: str) -> None:
    make.pathway("Œuvrard", "Hélène", city="Chemillé")
    make.pathway("O'Brien", "Jean-Pierre", city="Cholet")
    make.pathway("A<B", "100% _", city="Angers")
    expected = {
        "œuvrard": ["Œuvrard"], "OEUV": ["Œuvrard"], "helene": ["Œuvrard"], "Hélène Œuv": ["Œuvrard"],
        "chemillé": ["Œuvrard"], "O'Br": ["O'Brien"], "o brien": ["O'Brien"], "jean": ["O'Brien"], "a<b": ["A<B"],
        "100%": ["A<B"],
    }  # fmt: skip
    assert found(desk, typed) == expected.get(typed, ["Œuvrard", "O'Brien", "A<B"])


def test_the_index_follows_changes_undo_and_redo(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")

    def rename(session: Session) -> None:
        person = session.get(Beneficiary, 1)
        assert person is not None
        person.last_name = "Fougère"

    desk.do("Rename", rename)
    assert found(desk, "fougere") == ["Fougère"]
    assert found(desk, "bruyere") == []
    desk.undo()
    assert found(desk, "bruyere") == ["Bruyère"]
    desk.undo()
    assert found(desk, "bruyere") == []
    desk.redo()
    assert found(desk, "bruyere") == ["Bruyère"]


def test_an_index_built_anew_holds_the_same(demo: Desk) -> None:
    def entries(session: Session) -> set[tuple[str, int, str]]:
        rows = session.execute(select(SearchEntry.subject, SearchEntry.row_id, SearchEntry.text))
        return {(row[0], row[1], row[2]) for row in rows}

    before = demo.see(entries)
    with demo._writing.begin() as session:
        rebuild(session.connection())
    assert demo.see(entries) == before
    assert len(before) == 2_220 + 2_050
