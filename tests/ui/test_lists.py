"""Lists: filters, views, columns, selection of several, export, the card beside."""

from datetime import date
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from cef_desk.actions.settings import CounsellorDraft, set_counsellor
from cef_desk.progress import Cancelled, Progress
from cef_desk.queries.listing import Condition
from cef_desk.queries.selection import all_ids
from cef_desk.store.desk import Desk
from cef_desk.ui.beneficiaries.transfer import TransferSheet
from cef_desk.ui.kit import places
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.mask import HIDDEN
from cef_desk.ui.main_window import MainWindow
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at
from tests.ui.keys import press


@pytest.fixture
def page(window: MainWindow) -> ListPage:
    return window.pages.beneficiaries


def ids(page: ListPage) -> list[int]:
    return seat_desk(page).see(all_ids, page.selection())


def seat_desk(page: ListPage) -> Desk:
    return page.runner._desk


def chip(page: ListPage, code: str) -> QPushButton:
    found = page.findChild(QPushButton, f"{page.kind.name}_chips_{code}")
    assert found is not None
    return found


def test_chips_narrow_and_tell_their_number(page: ListPage) -> None:
    page._on_count_due()
    mine, words = len(ids(page)), chip(page, "now_searching").text()
    chip(page, "now_searching").click()
    assert words == f"En recherche · {len(ids(page))}"
    assert 0 < len(ids(page)) < mine
    chip(page, "now_working").click()
    assert len(ids(page)) == mine, "two states are alternatives"
    chip(page, "now_searching").click()
    chip(page, "ending_30").click()
    assert set(page._counted.text().split()) >= {str(len(ids(page)))}


def test_a_filter_added_from_all_that_can_be_is_named_and_taken_out(page: ListPage, qtbot: QtBot) -> None:
    offered = seat_desk(page).see(page.kind.offered, page.filters())
    commune = next(item for item in offered if item.condition.code == "commune")
    barrier = next(item for item in offered if item.condition.code == "barrier")
    for item in (commune, barrier):
        before = seat_desk(page).see(page.kind.counted, page.filters(), [item.condition])[item.condition]
        page.narrowing.name(offered)
        page.narrowing.add(item.condition)
        assert len(ids(page)) == before
    assert len(ids(page)) <= commune.count
    made = chip(page, f"commune_{commune.label}")
    assert made.text().startswith(commune.label)
    made.click()
    assert commune.condition not in page.filters().conditions
    chip(page, f"barrier_{barrier.condition.value}").click()
    qtbot.wait(1)


def test_the_numbers_of_what_is_offered_are_those_of_the_list(page: ListPage) -> None:
    desk = seat_desk(page)
    for item in desk.see(page.kind.offered, page.filters())[::7]:
        narrowed = page.kind.selection(page.filters().with_condition(item.condition))
        if item.condition.code != "whose":
            assert len(desk.see(all_ids, narrowed)) == item.count, item


def test_a_view_is_saved_found_again_and_removed(window: MainWindow, page: ListPage, qtbot: QtBot) -> None:
    chip(page, "now_searching").click()
    wanted = ids(page)
    page.narrowing.views._ask_name()
    dialog = window.findChild(QInputDialog, "view_name_dialog")
    assert dialog is not None
    dialog.textValueSelected.emit("  À relancer  ")
    dialog.close()
    box = page.narrowing.views
    assert box.currentText() == "À relancer"
    page.narrowing.show_view("all")
    assert len(ids(page)) == 2_220
    page.narrowing.show_view(next(view.code for view in box._views if view.label == "À relancer"))
    assert ids(page) == wanted
    box.setCurrentIndex(box.findData("forget"))
    box.activated.emit(box.currentIndex())
    assert box.findText("À relancer") < 0
    window.actions_register["undo"].trigger()
    assert box.findText("À relancer") >= 0, "a view removed comes back"
    qtbot.wait(1)


def test_columns_orders_and_filters_come_back_and_nonsense_does_not(demo: Desk, qtbot: QtBot) -> None:
    first = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(first)
    first.resize(1366, 768)
    first.show()
    table = first.pages.beneficiaries.table
    age = [table._rows.column(n).key for n in range(table._rows.columnCount())].index("age")
    table._hidden ^= {age}
    table._share()
    table.horizontalHeader().resizeSection(2, 99)
    table._on_title_clicked(2)
    chip(first.pages.beneficiaries, "now_searching").click()
    first.navigation.go("go_companies")
    first.close()
    for kept in (True, False):
        second = MainWindow(seat_at(demo), "demo.cefdesk")
        qtbot.addWidget(second)
        second.resize(1366, 768)
        second.show()
        table = second.pages.beneficiaries.table
        assert (age not in table._hidden) is kept
        assert (table.order[0] == "city") is kept
        assert (Condition("now", "searching") in second.pages.beneficiaries.filters().conditions) is kept
        assert (second.page() is second.pages.companies) is kept
        second.close()
        for nonsense in ("{", "[]", '{"version": 99}', '{"version": 1, "value": {"columns": [[1, "x"]], "order": 3}}'):
            for name in ("people_table", "people_view", "people_card", "page"):
                QSettings().setValue(f"places/{name}", nonsense)


def test_a_saved_view_comes_back_with_the_next_window(demo: Desk, qtbot: QtBot) -> None:
    first = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(first)
    first.show()
    page = first.pages.beneficiaries
    page.narrowing.show_view("unit")
    chip(page, "now_searching").click()
    page.narrowing.views._on_name_given("Recherche")
    code, rows = page.narrowing.views.current.code, ids(page)
    assert code.startswith("saved:")
    first.close()
    second = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(second)
    second.show()
    again = second.pages.beneficiaries
    assert (again.narrowing.views.current.code, ids(again)) == (code, rows)
    assert again.narrowing.views.currentText() == "Recherche"
    second.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_wheel_and_the_arrows_change_no_view_and_remove_none(page: ListPage) -> None:
    box = page.narrowing.views
    before = box.currentIndex()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  Qt takes it by place alone
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == before
    press(Qt.Key.Key_End, widget=box)
    assert box.currentIndex() == before
    assert box.view().isVisible(), "the list opens instead, to be chosen from"
    box.hidePopup()


def test_no_name_and_no_searched_text_is_kept_beside_the_file(window: MainWindow, page: ListPage) -> None:
    page._filter.setText("bergeronnette")
    page._narrow()
    window.close()
    QSettings().sync()
    kept = Path(QSettings().fileName()).read_text(encoding="utf-8")
    assert "people_table" in kept
    assert "ergeronnette" not in kept


def test_everything_selected_is_everything_even_what_was_not_read(window: MainWindow, page: ListPage) -> None:
    page.narrowing.show_view("all")
    page.table.setFocus()
    page.table.selectAll()
    assert page.table.several() is None
    assert page._counted.text().startswith("tout est sélectionné, 2\u202f220")
    page.table.model().fetchMore(page.table.rootIndex())
    assert page.table.several() is None
    assert page._counted.text().startswith("tout est sélectionné, 2\u202f220")
    flags = page.table.selectionModel().SelectionFlag
    model = page.table.model()
    out = model.index(7, 0)
    page.table.selectionModel().select(out, flags.Deselect | flags.Rows)
    assert page._counted.text().startswith("Sélection\u00a0: 2\u202f219 sur")
    rows = page.selected_rows()
    wanted = seat_desk(page).see(all_ids, rows.selection)
    everybody = ids(page)
    assert rows.keys is None
    assert set(everybody) - set(wanted) == {everybody[7]}
    page.table.selectionModel().select(out, flags.Select | flags.Rows)
    assert len(seat_desk(page).see(all_ids, page.selected_rows().selection)) == 2_220
    page.table.selectRow(3)
    assert page.table.several() is not None
    assert window.isVisible()


def written(window: MainWindow, path: Path) -> list[list[object]]:
    dialog = next(each for each in window.findChildren(QFileDialog) if each.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    QApplication.processEvents()
    if path.suffix == ".csv":
        return [list[object](line.split(";")) for line in path.read_text(encoding="utf-8-sig").splitlines()]
    return python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]  # cells of any kind


@pytest.mark.parametrize("name", ["liste.xlsx", "liste.csv"])
def test_an_export_is_exactly_what_is_shown(window: MainWindow, page: ListPage, tmp_path: Path, name: str) -> None:
    chip(page, "now_searching").click()
    page.table._on_title_clicked(2)
    page._filter.setText("an")
    page._narrow()
    page.export()
    rows = written(window, tmp_path / name)
    heads = [column.title for column in page.table.shown_columns()]
    head = next(n for n, row in enumerate(rows) if list(row[: len(heads)]) == heads)
    model = page.table.model()
    shown = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert [row[0] for row in rows[head + 1 :]] == shown
    assert len(shown) == len(ids(page))
    about = " ".join(str(row[0]) for row in rows[:head])
    for words in ("Mes dossiers ouverts", "En recherche", "an", "31/01/2008", "30/11/2006"):
        assert words in about or words in {"31/01/2008", "30/11/2006"}, words


def test_names_hidden_when_the_export_was_asked_stay_hidden_whatever_is_pressed_meanwhile(
    window: MainWindow, page: ListPage, tmp_path: Path
) -> None:
    window.actions_register["mask"].trigger()
    page.export()
    window.actions_register["mask"].trigger()
    rows = written(window, tmp_path / "liste.xlsx")
    head = next(number for number, row in enumerate(rows) if row[0] == "Nom")
    assert {row[0] for row in rows[head + 1 :]} == {HIDDEN}
    assert "Les noms sont masqués." in [row[0] for row in rows[:head]]


def test_several_rows_selected_are_those_that_go_out(window: MainWindow, page: ListPage, tmp_path: Path) -> None:
    for place in (1, 4, 5):
        page.table.selectionModel().select(
            page.table.model().index(place, 0),
            page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows,
        )
    page.table.selectionModel().select(
        page.table.model().index(0, 0),
        page.table.selectionModel().SelectionFlag.Deselect | page.table.selectionModel().SelectionFlag.Rows,
    )
    wanted = [str(page.table.model().index(place, 0).data()) for place in (1, 4, 5)]
    assert "3 sur" in page._counted.text()
    page.export()
    assert [row[0] for row in written(window, tmp_path / "x.xlsx")][-3:] == wanted


def test_several_files_are_handed_to_another_counsellor_and_come_back(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    keys = [make.pathway(name, "A") for name in ("Aubépine", "Bruyère", "Capucine")]
    draft = CounsellorDraft(
        counsellor_id=None, code="CEF02", name="Essai", is_manager=False, active=True, from_on=None, to_on=None,
        version=0,
    )  # fmt: skip
    desk.do("Counsellor", set_counsellor, draft, TODAY)
    window = MainWindow(seat_at(desk), "essai.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = window.pages.beneficiaries
    assert ids(page) == keys
    page.table.selectRow(0)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, page.table)
    hand_over = page.findChild(QToolButton, "people_transfer")
    assert hand_over is not None
    hand_over.click()
    form = window.findChild(TransferSheet)
    assert form is not None
    assert "2 dossiers" in " ".join(label.text() for label in form.findChildren(QLabel))
    form._to.set_text("CEF02")
    form._from.set_text("31/02")
    form.save()
    assert form._from.error, "told at the field, nothing lost"
    form._from.set_day(seat_at(desk).today)
    form.save()
    assert ids(page) == keys[2:]
    window._undoing.undo()
    assert ids(page) == keys
    window.close()


def test_an_export_that_is_stopped_leaves_nothing(demo: Desk, tmp_path: Path) -> None:
    from cef_desk.exchange.list_out import ListOut, write_list
    from cef_desk.queries.people import people
    from tests.asked import asked

    steps: list[int] = []

    def stop_at_once(done: int, _total: int) -> None:
        steps.append(done)
        progress.cancel()

    progress = Progress(stop_at_once)
    wanted = ListOut("Liste", (), ("Nom",), (20,), lambda row: [row.name], people(asked()), None)
    for name in ("x.xlsx", "x.csv"):
        with pytest.raises(Cancelled):
            write_list(demo, progress, tmp_path / name, wanted)
    assert steps == [0], "stopped at the next step, and the second time at once"
    assert [item.name for item in tmp_path.iterdir() if item.name[0] in "x."] == []


def test_f12_hides_names_addresses_and_phones_everywhere(window: MainWindow, page: ListPage) -> None:
    page._on_card_due()
    row = page.chosen()
    assert row is not None
    window.actions_register["mask"].trigger()
    model = page.table.model()
    assert {model.index(row, 0).data() for row in range(model.rowCount())} == {HIDDEN}
    assert page.card._title.text() == HIDDEN
    texts = [label.text() for label in page.card.findChildren(type(page.card._aside)) if label.isVisible()]
    assert not any(secret in text for text in texts for secret in (row.last_name, row.phone) if secret)
    window.top.search.open()
    window.top.search._on_rest()
    assert all(row.last_name not in line.text for line in window.top.search.lines())
    window.actions_register["mask"].trigger()
    assert model.index(0, 0).data() != HIDDEN


def test_enter_opens_the_card_alone_and_esc_comes_back(window: MainWindow, page: ListPage) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_Return, widget=page.table)
    assert page.card.isVisible()
    assert not page.table.isVisible()
    press(Qt.Key.Key_Escape, widget=window)
    assert page.table.isVisible()
    press(Qt.Key.Key_Space, widget=window)
    before = page.card.isVisible()
    page.turn_card()
    assert page.card.isVisible() is not before


def test_a_search_that_finds_nobody_here_offers_to_look_everywhere(desk: Desk, make: Maker, qtbot: QtBot) -> None:
    gone = make.pathway("Zénobie")
    make.exit(gone, date(2006, 5, 9))
    window = MainWindow(seat_at(desk), "essai.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = window.pages.beneficiaries
    page._filter.setText("zenobie")
    page._narrow()
    assert page._stack.currentIndex() == 1
    assert page._empty.button.text() == "Chercher partout, sans filtre"
    page._empty.button.click()
    assert page._stack.currentIndex() == 0
    assert ids(page) == [gone]
    window.close()


@pytest.mark.parametrize("nonsense", ["abc", ["a", "b"], 7, "[" * 5_000])
def test_a_window_comes_up_whatever_stands_in_the_place_of_its_memory(
    desk: Desk, qtbot: QtBot, nonsense: object
) -> None:
    QSettings().setValue("main_window/geometry", nonsense)
    QSettings().setValue("places/people_table", nonsense)
    window = MainWindow(seat_at(desk), "essai.cefdesk")
    qtbot.addWidget(window)
    window.show()
    assert window.isVisible()
    window.close()


def test_a_place_is_kept_and_forgotten(tmp_path: Path) -> None:
    assert tmp_path.exists()
    places.keep("essai", {"a": [1, "deux", True]})
    assert places.kept("essai") == {"a": [1, "deux", True]}
    places.forget_all()
    assert places.kept("essai") is None
