"""The one table model and view: few rows read, selection kept by id, Qt's own tester content."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from cef_desk.errors import Trouble
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.pathway import Pathway
from cef_desk.queries import people as people_query
from cef_desk.queries.people import people
from cef_desk.queries.person_rows import PersonRow, person_rows
from cef_desk.queries.selection import WINDOW
from cef_desk.store import bulk
from cef_desk.store.desk import Desk
from cef_desk.ui.beneficiaries.columns import people_columns
from cef_desk.ui.kit.rows_view import RowsView
from tests.asked import asked
from tests.conftest import TODAY, sit_down
from tests.make import Maker
from tests.ui.conftest import seat_at

MANY = 100_000
HOSTILE = ("A<B", "<img src=x>", '=HYPERLINK("x")', "O'Brien", "Œuvrard", "x" * 300, "שלום עולם", "<b>gras</b>")


def add_many(session: Session, many: int) -> None:
    """Fictitious people by the bulk path."""
    batch = bulk.new_batch(session, "many")
    ids = bulk.keys(session, Beneficiary, many)
    people_rows = [
        {"id": key, "last_name": f"Personne {key * 7919 % many:06}", "first_name": "Essai", "city": "Angers"}
        for key in ids
    ]
    bulk.insert_rows(session, Beneficiary, people_rows, batch)
    keys = bulk.keys(session, Pathway, many)
    pathways = [
        {"id": key, "beneficiary_id": person, "counsellor_id": 1, "entered_on": TODAY}
        for key, person in zip(keys, ids, strict=True)
    ]
    bulk.insert_rows(session, Pathway, pathways, batch)


@pytest.fixture(scope="module")
def crowd(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("crowd") / "crowd.cefdesk"
    path.write_bytes(empty_file.read_bytes())
    desk = sit_down(path)
    desk.do_for_good("Many", add_many, MANY)
    yield desk
    desk.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of every row read."""
    seen: list[int] = []
    original = person_rows

    def spy(session: Session, ids: Sequence[int], today: object) -> list[PersonRow]:
        seen.extend(ids)
        assert today == TODAY
        return original(session, ids, TODAY)

    monkeypatch.setattr(people_query, "person_rows", spy)
    return seen


def view_on(desk: Desk, qtbot: QtBot) -> RowsView:
    view = RowsView(seat_at(desk), people_columns(TODAY), "people_table")
    qtbot.addWidget(view)
    view.resize(1100, 600)
    view.show()
    return view


def test_a_hundred_thousand_people_open_and_scroll_without_being_read(
    crowd: Desk, qtbot: QtBot, read: list[int]
) -> None:
    view = view_on(crowd, qtbot)
    QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.show_selection(people(asked("state:open")), stay=False)
    qtbot.wait(20)
    assert view.model().rowCount() == 100
    for _turn in range(40):
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 140)
    qtbot.wait(20)
    assert len(read) <= 300
    assert view.model().rowCount() <= 300
    names = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert names == sorted(names)


def test_the_first_window_of_a_long_list_walks_its_index_and_sorts_nothing(crowd: Desk) -> None:
    def plan(session: Session) -> list[str]:
        query = people(asked("state:open")).ordered().limit(100)
        words = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        return [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {words}"))]

    steps = crowd.see(plan)
    assert steps[0] == "SCAN beneficiary USING COVERING INDEX ix_beneficiary_sort_key"
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_the_selection_survives_a_refresh_by_its_id(crowd: Desk, qtbot: QtBot, read: list[int]) -> None:
    view = view_on(crowd, qtbot)
    QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    selection = people(asked("state:open"))
    view.show_selection(selection, stay=False)
    view.model().fetchMore(view.rootIndex())
    view.selectRow(150)
    chosen = view.chosen()
    assert chosen is not None
    Maker(crowd).pathway("Aaaa, avant toutes les autres", "Zoé")
    read.clear()
    view.show_selection(selection, stay=True)
    after = view.chosen()
    assert after is not None
    assert after.id == chosen.id
    assert len(read) <= 300
    crowd.undo()


def test_a_row_far_down_stays_chosen_and_the_rows_above_come_when_asked_for(
    crowd: Desk, qtbot: QtBot, read: list[int]
) -> None:
    view = view_on(crowd, qtbot)
    QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.show_selection(people(asked("state:open", typed="Personne 054321")), stay=False)
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.last_name == "Personne 054321"
    read.clear()
    view.show_selection(people(asked("state:open")), stay=False)
    assert view.chosen() == chosen
    assert len(read) <= 300
    for _turn in range(3):
        view.verticalScrollBar().setValue(0)
    names = [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]
    assert names == [f"Personne {number:06} Essai" for number in range(54321 - (len(names) - 101), 54321 + 101)]
    assert len(names) > 201
    assert view.chosen() == chosen


def test_when_the_chosen_person_leaves_the_list_nobody_is_chosen_in_their_place(
    desk: Desk, make: Maker, qtbot: QtBot
) -> None:
    pathways = [make.pathway(name) for name in ("Ajonc", "Bleuet", "Cèdre")]
    view = view_on(desk, qtbot)
    view.show_selection(people(asked("state:open")), stay=False)
    view.choose(pathways[1])
    make.exit(pathways[1], TODAY)
    view.show_selection(people(asked("state:open")), stay=True)
    assert view.chosen() is None
    view.show_selection(people(asked("state:open", typed="cedre")), stay=False)
    found = view.chosen()
    assert found is not None
    assert found.last_name == "Cèdre"


def test_a_fetch_that_fails_is_told_and_can_be_tried_again(
    crowd: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = seat_at(crowd)
    runner = seat.runner
    view = RowsView(seat, people_columns(TODAY), "people_table")
    qtbot.addWidget(view)
    view.show_selection(people(asked("state:open")), stay=False)
    told: list[object] = []
    runner.told.connect(told.append)
    with monkeypatch.context() as busy:

        def refuse(*_args: object) -> None:
            raise Trouble("busy")

        busy.setattr(crowd, "see", refuse)
        view.model().fetchMore(view.rootIndex())
    assert len(told) == 1
    assert view.model().canFetchMore(view.rootIndex())
    view.model().fetchMore(view.rootIndex())
    assert view.model().rowCount() == 200


def test_the_tester_is_content_with_an_empty_list_and_with_changing_ones(demo: Desk, qtbot: QtBot) -> None:
    view = view_on(demo, qtbot)
    QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    for filters in (
        asked(), asked("state:open", typed="personne de ce nom"), asked("state:open"),
    ):  # fmt: skip
        view.show_selection(people(filters), stay=False)
    assert view.model().rowCount() == WINDOW


def test_hostile_names_are_shown_as_text(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    for name in HOSTILE:
        make.pathway(name)
    view = view_on(desk, qtbot)
    view.show_selection(people(asked("state:open")), stay=False)
    model: QAbstractItemModel = view.model()
    shown = {str(model.index(row, 0).data()) for row in range(model.rowCount())}
    assert shown == {(f"{name} Essai" if len(name) < 200 else name[:200] + "…") for name in HOSTILE}
    tooltips = [str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)) for row in range(model.rowCount())]
    assert not any("<img" in tip or "<b>" in tip for tip in tooltips)
    view.grab()


def test_clicking_a_title_orders_by_it_and_again_the_other_way(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    from cef_desk.queries.people import PeopleOrder
    from cef_desk.ui.beneficiaries.page import BeneficiariesPage

    for name, month in (("Milieu", 3), ("Avant", 1), ("Zoulou", 2), ("Dernier", 4)):
        make.pathway(name, entered_on=date(2006, month, 9))
    page = BeneficiariesPage(seat_at(desk))
    qtbot.addWidget(page)
    page.show()
    header = page.table.horizontalHeader()
    entries = [column.order for column in people_columns(TODAY)].index(PeopleOrder.ENTERED_ON)
    header.sectionClicked.emit(entries)
    first = page.table.model().index(0, 0).data()
    header.sectionClicked.emit(entries)
    assert (first, page.table.model().index(0, 0).data()) == ("Avant Essai", "Dernier Essai")
