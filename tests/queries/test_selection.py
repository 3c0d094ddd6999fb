from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cef_desk.actions.demonstration import write_demonstration
from cef_desk.exchange.demo.tables import Tables, demonstration_tables
from cef_desk.model.interaction import Interaction
from cef_desk.queries.people import PeopleOrder, people
from cef_desk.queries.person_rows import PersonRow
from cef_desk.queries.selection import Selection, all_ids, around, count, window
from cef_desk.rules.folding import fold
from cef_desk.rules.kinds import Outcome
from cef_desk.store.desk import Desk
from cef_desk.store.dialect import count_anew, writing
from tests.asked import asked
from tests.conftest import TODAY
from tests.make import Maker

PEOPLE = 62
EXITED = 51
TABLES = ("beneficiary", "pathway", "exit")


def walked(desk: Desk, selection: Selection[PersonRow], limit: int) -> list[PersonRow]:
    """Every row, a window at a time."""
    rows: list[PersonRow] = []
    after = None
    while True:
        found = desk.see(window, selection, after, limit)
        back = desk.see(window, selection, found.first, limit, backwards=True) if found.first else None
        assert back is None or back.rows == tuple(rows[-len(back.rows) :])
        rows += found.rows
        after = found.last
        if after is None:
            return rows


def _person(row: Mapping[str, Any]) -> int:
    return int(row["pathway_id"] if "pathway_id" in row else row["id"])


@pytest.fixture(scope="module")
def tables() -> Tables:
    return demonstration_tables()


@pytest.fixture
def demo(desk: Desk, tables: Tables) -> Desk:
    """The first 62 people of the demonstration."""
    few: Tables = {name: [row for row in tables[name] if _person(row) <= PEOPLE] for name in TABLES}
    rows = [{**row, "counsellor_id": 1, "company_id": None, "contract_id": None} for row in tables["interaction"]]
    few["interaction"] = [row for row in rows if row["pathway_id"] and row["pathway_id"] <= PEOPLE]
    few["interaction"] = [{**row, "id": place} for place, row in enumerate(few["interaction"], 1)]
    few["exit"] = [{**row, "id": place} for place, row in enumerate(few["exit"], 1)]
    desk.do_for_good("Fill", write_demonstration, few, "few")
    return desk


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", list(PeopleOrder))
@pytest.mark.parametrize("limit", [1, 7, 31, 62, 100])
def test_windows_put_end_to_end_are_the_whole_list(
    demo: Desk, order: PeopleOrder, limit: int, *, descending: bool
) -> None:
    selection = people(asked(), order, descending=descending)
    rows = walked(demo, selection, limit)
    assert [row.id for row in rows] == demo.see(all_ids, selection)
    assert len(rows) == demo.see(count, selection) == 62
    keys: dict[PeopleOrder, list[Any]] = {
        PeopleOrder.CITY: [row.city for row in rows],
        PeopleOrder.ENTERED_ON: [row.entered_on for row in rows],
        PeopleOrder.LAST_MEETING: [row.last_meeting or date.min for row in rows],
        PeopleOrder.NAME: [fold(row.name) for row in rows],
    }
    assert keys[order] == sorted(keys[order], reverse=descending)


def test_a_row_is_found_with_its_neighbours(demo: Desk) -> None:
    selection = people(asked(), PeopleOrder.CITY)
    ids = demo.see(all_ids, selection)
    for place in (0, 1, 30, 61):
        found = demo.see(around, selection, ids[place], 10)
        assert found is not None
        assert [row.id for row in found.rows] == ids[max(0, place - 10) : place + 11]
        assert (found.first is None, found.last is None) == (place < 10, place > 51)
    assert demo.see(around, selection, 10_000) is None


@pytest.mark.parametrize(("state", "number"), [("state:open", PEOPLE - EXITED), ("state:exited", EXITED), ("", PEOPLE)])
def test_states_part_the_list(demo: Desk, state: str, number: int) -> None:
    rows = walked(demo, people(asked(state) if state else asked()), 100)
    exited = {row.id for row in rows if row.exited_on is not None and row.exited_on <= TODAY}
    assert exited == {"state:open": set(), "state:exited": {row.id for row in rows}, "": exited}[state]
    assert len(rows) == number


def test_names_are_in_the_order_of_a_french_dictionary(desk: Desk, make: Maker) -> None:
    for name in ("Zola", "Œuvrard", "Evrard", "Élan", "eliot", "Ode"):
        make.pathway(name)
    rows = walked(desk, people(asked("state:open")), 100)
    assert [row.last_name for row in rows] == ["Élan", "eliot", "Evrard", "Ode", "Œuvrard", "Zola"]


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(typed=st.text(max_size=12))
def test_a_filter_only_narrows_and_never_fails(demo: Desk, typed: str) -> None:
    whole = set(demo.see(all_ids, people(asked())))
    assert set(demo.see(all_ids, people(asked(typed=typed)))) <= whole


def test_the_last_meeting_is_the_last_one_held(desk: Desk, make: Maker) -> None:
    pathway = make.pathway("Bruyère")
    make.meeting(pathway, datetime(2006, 11, 3, 9))
    make.meeting(pathway, datetime(2006, 11, 10, 9), Outcome.MISSED)
    make.meeting(pathway, datetime(2006, 12, 20, 9), None)
    make.meeting(pathway, datetime(2006, 12, 10, 9), None)
    make.meeting(pathway, datetime(2006, 11, 29, 9), None)
    row = walked(desk, people(asked("state:open")), 10)[0]
    assert row.last_meeting == date(2006, 11, 3)
    assert row.next_appointment == date(2006, 12, 10)
    make.meeting(pathway, datetime(2006, 11, 30, 16), None)
    assert walked(desk, people(asked("state:open")), 10)[0].next_appointment == TODAY


def test_a_contract_past_its_term_is_no_longer_shown(desk: Desk, make: Maker) -> None:
    one, two = make.pathway("Ajonc"), make.pathway("Bleuet")
    make.contract(one, kind="CDD_M6", planned_end_on=TODAY)
    make.contract(two, kind="CDD_M6", planned_end_on=date(2006, 11, 29))
    assert [row.contract for row in walked(desk, people(asked("state:open")), 10)] == ["CDD < 6 mois", None]


def test_a_reference_that_no_row_has_does_not_make_the_engine_read_every_row(demo: Desk) -> None:
    """Counted as one key for all rows, it made a list of companies read every interaction for each of its rows."""
    with writing(demo._engine).connect() as connection:
        connection.exec_driver_sql("UPDATE interaction SET contract_id = NULL")
        count_anew(connection, Interaction.table())
        kept = {row.idx for row in connection.exec_driver_sql("SELECT idx FROM sqlite_stat1 WHERE tbl = 'interaction'")}
        connection.rollback()
    assert "ix_interaction_contract_id" not in kept
    assert "ix_interaction_company_id_kind_at" in kept
