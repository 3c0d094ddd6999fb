"""Ma journée: today's appointments end by one key, what is due stands in one list and goes when it is done."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.company import Company
from cef_desk.model.pathway import Pathway
from cef_desk.queries.diary import appointments
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.pathway_state import mine
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import Outcome
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.kit import places
from cef_desk.ui.kit.page import Met
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.today.forms import SnoozeForm
from cef_desk.ui.today.page import TodayPage
from tests.conftest import TODAY
from tests.make import Maker
from tests.ui.conftest import seat_at, shown


@pytest.fixture
def made(desk: Desk) -> Maker:
    return Maker(desk)


def page_of(desk: Desk, qtbot: QtBot) -> TodayPage:
    page = TodayPage(seat_at(desk))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.take_focus()
    return page


ENDS = {
    "V": Outcome.HELD, "E": Outcome.EXCUSED, "N": Outcome.MISSED, "A": Outcome.CANCELLED_BY_UNIT,
    "P": Outcome.CANCELLED_BY_OTHER,
}  # fmt: skip


@pytest.mark.parametrize(("key", "outcome"), ENDS.items())
def test_one_key_ends_an_appointment(desk: Desk, made: Maker, qtbot: QtBot, key: str, outcome: Outcome) -> None:
    made.meeting(made.pathway("Bruyère"), datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9), None)
    page = page_of(desk, qtbot)
    assert page.diary.line(0).right == "À venir"
    QTest.keyClick(page.diary, Qt.Key(ord(key)))
    (ended,) = desk.see(appointments, 1, TODAY)
    assert ended.outcome == outcome
    assert page.diary.line(0).right != "À venir"
    desk.undo()
    assert desk.see(appointments, 1, TODAY)[0].outcome is None


def test_a_past_appointment_waits_until_it_is_filled_in(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=20))
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()) - timedelta(days=9), None)
    page = page_of(desk, qtbot)
    assert [each.alert.code for each in desk.see(to_do, 1, TODAY)] == [AlertCode.TO_FILL_IN]
    assert "à renseigner" in page.to_do.line(0).detail
    page.to_do.setFocus()
    QTest.keyClick(page.to_do, Qt.Key.Key_N)
    codes = [each.alert.code for each in desk.see(to_do, 1, TODAY)]
    assert AlertCode.TO_FILL_IN not in codes
    assert codes == [AlertCode.ABSENCE], "somebody who did not come is called back"


def test_a_button_ends_the_appointment_of_the_list_one_was_in(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=20))
    midnight = datetime.combine(TODAY, datetime.min.time())
    made.meeting(person, midnight + timedelta(hours=9), None)
    made.meeting(person, midnight - timedelta(days=9), None)
    page = page_of(desk, qtbot)
    page.activateWindow()
    page.to_do.setFocus()
    qtbot.waitUntil(page.to_do.hasFocus)
    QTest.mouseClick(
        next(each for each in page._ends if each.objectName() == "outcome_held"), Qt.MouseButton.LeftButton
    )
    assert desk.see(appointments, 1, TODAY)[0].outcome is None, "today's is another one"
    assert AlertCode.TO_FILL_IN not in [each.alert.code for each in desk.see(to_do, 1, TODAY)]


def test_an_empty_day_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    assert page.diary.line(0).text == "Aucun rendez-vous aujourd’hui."
    assert page.to_do.line(0).text.startswith("Rien à faire")
    QTest.keyClick(page.diary, Qt.Key.Key_V)
    QTest.keyClick(page.to_do, Qt.Key.Key_Return)


def _held(session: Session, counsellor_id: int, day: date) -> int:
    return session.scalar(select(func.count()).select_from(mine(counsellor_id, day).subquery())) or 0


def test_no_rule_leaves_more_than_a_fifth_of_a_caseload_red(demo: Desk) -> None:
    last = date(2008, 1, 31)
    for counsellor in range(1, 7):
        held = demo.see(_held, counsellor, last)
        late = Counter(each.alert.code for each in demo.see(to_do, counsellor, last) if each.alert.is_late(last))
        assert held
        assert all(count <= held / 5 for count in late.values()), late


def test_the_next_step_of_somebody_not_met_is_the_meeting_form(window: MainWindow) -> None:
    window.navigation.go("go_today")
    page = window.pages.today
    row = next(place for place in range(page.to_do.count()) if page.to_do.line(place).key is not None)
    page.to_do.setCurrentRow(row)
    page.steps.meeting_asked.emit(Met(page.to_do.line(row).key.pathway_id))  # type: ignore[attr-defined]  # a line of the list
    assert window.forms.typing is not None
    assert window.navigation.page() == "go_today", "the form opens beside the list"


def test_every_line_bears_who_why_when_and_the_next_step(demo: Desk, qtbot: QtBot) -> None:
    page = page_of(demo, qtbot)
    lines = [page.to_do.line(place) for place in range(page.to_do.count())]
    assert len(lines) == len(demo.see(to_do, 1, TODAY)) > 20
    assert all(line.text and line.detail and line.when and line.step and line.icon for line in lines)


def test_a_line_put_off_waits_until_its_day_and_is_still_in_reach(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=20))
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()) - timedelta(days=9), None)
    page = page_of(desk, qtbot)
    asked: list[tuple[ToDo, str]] = []
    page.put_off_asked.connect(lambda line, words: asked.append((line, words)))
    page.to_do.setFocus()
    QTest.keyClick(page.to_do, Qt.Key.Key_R)
    ((line, words),) = asked
    form = SnoozeForm(page.seat, line, words)
    qtbot.addWidget(form)
    form.save()
    assert form._reason.error or form._trouble.text()
    form._reason.set_text("attend son planning")
    form.save()
    assert page.to_do.line(0).key is None
    assert page._waiting.text() == "1 reportée"
    page._waiting.click()
    assert "attend son planning" in page.to_do.line(0).detail
    desk.undo()
    assert [each.put_off for each in desk.see(to_do, 1, TODAY)] == [None]


def test_the_side_tells_who_is_expected_tomorrow_and_the_month(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    tomorrow = datetime.combine(TODAY, datetime.min.time()) + timedelta(days=1, hours=9)
    made.meeting(made.pathway("Bruyère", "Sonia"), tomorrow, None)
    made.meeting(1, datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=8), Outcome.HELD)
    page = page_of(desk, qtbot)
    assert page.side.tomorrow.line(0).text.endswith("Bruyère Sonia")
    first = page.side.month.bars[0]
    assert (first.name, first.words) == ("Entretiens", "1")
    assert "30 min" in page.side.week.accessibleDescription()


def test_an_outcome_is_corrected_by_another_key(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    made.meeting(made.pathway("Bruyère"), datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9), None)
    page = page_of(desk, qtbot)
    for key, outcome in ((Qt.Key.Key_N, Outcome.MISSED), (Qt.Key.Key_V, Outcome.HELD)):
        QTest.keyClick(page.diary, key)
        assert desk.see(appointments, 1, TODAY)[0].outcome == outcome


def test_the_line_in_hand_is_the_only_one_that_shows_and_comes_back(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    person = made.pathway("Bruyère", entered_on=TODAY - timedelta(days=20))
    other = made.pathway("Tilleul", entered_on=TODAY - timedelta(days=20))
    made.meeting(person, datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9), None)
    made.meeting(other, datetime.combine(TODAY, datetime.min.time()) - timedelta(days=9), None)
    page = page_of(desk, qtbot)
    assert (page.diary.quiet, page.to_do.quiet) == (False, True)
    page.to_do.setFocus()
    assert (page.diary.quiet, page.to_do.quiet) == (True, False)
    page.side.tomorrow.setFocus()
    assert page.person_in_hand() == Met(other, page.to_do.line(0).key.interaction_id)  # type: ignore[attr-defined]  # a line of the list
    page.take_focus()
    assert page.to_do.hasFocus()


def test_what_was_saved_is_told_with_its_person_and_without_the_name_when_names_are_hidden(
    desk: Desk, made: Maker, qtbot: QtBot
) -> None:
    for hour in (9, 10):
        made.meeting(
            made.pathway("Bruyère", "Sonia"), datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=hour), None
        )
    window = shown(seat_at(desk), qtbot, "go_today")
    diary = window.pages.today.diary
    diary.setFocus()
    QTest.keyClick(diary, Qt.Key.Key_V)
    assert "Bruyère Sonia" in window.toast._text.text()
    window.seat.mask.turn()
    diary.setCurrentRow(1)
    QTest.keyClick(diary, Qt.Key.Key_E)
    assert "enregistré" in window.toast._text.text().lower()
    assert "Bruyère" not in window.toast._text.text()


@pytest.mark.parametrize(
    ("code", "form"), [("WAITING_TO_ENTER", "appointment_form"), ("COMMITMENT_MISSING", "commitment_form"),
                       ("COMPANY_WAKES", "day_entry")],
)  # fmt: skip
def test_enter_takes_the_next_step_of_people_who_wait_of_rights_and_of_companies(
    desk: Desk, made: Maker, qtbot: QtBot, code: str, form: str
) -> None:
    today = date(2026, 11, 26)
    person, company = (
        made.pathway("Bruyère", entered_on=today - timedelta(days=3)),
        made.company("Boulangerie Tournesol"),
    )

    def begin(session: Session) -> None:
        pathway = session.get_one(Pathway, person)
        if code == "WAITING_TO_ENTER":
            pathway.entered_on, pathway.prescribed_on = None, today - timedelta(days=30)
        elif code == "COMMITMENT_MISSING":
            pathway.oriented_on = today - timedelta(days=30)
        else:
            session.get_one(Company, company).wakes_on = today
            session.get_one(Company, company).wakes_for_id = 1

    desk.do("Begin", begin)
    window = shown(replace(seat_at(desk), today=today), qtbot, "go_today")
    to_do_list = window.pages.today.to_do
    codes = [to_do_list.line(place).key.alert.code for place in range(to_do_list.count())]  # type: ignore[attr-defined]
    to_do_list.setFocus()
    to_do_list.setCurrentRow(codes.index(AlertCode[code]))
    QTest.keyClick(to_do_list, Qt.Key.Key_Return)
    assert window._side.form is not None
    assert window._side.form.name == form
    if form == "day_entry":
        assert "Boulangerie Tournesol" in window._side.form._rows._rows[0].contact.text()  # type: ignore[attr-defined]


def test_the_line_one_was_on_stays_in_hand_when_it_has_its_outcome(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    for hour in (9, 10, 11):
        made.meeting(
            made.pathway(f"Bruyère{hour}"), datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=hour), None
        )
    page = page_of(desk, qtbot)
    page.diary.setCurrentRow(2)
    QTest.keyClick(page.diary, Qt.Key.Key_V)
    assert page.diary.currentRow() == 2
    QTest.keyClick(page.diary, Qt.Key.Key_E)
    assert [each.outcome for each in desk.see(appointments, 1, TODAY)] == [None, None, Outcome.EXCUSED]


def test_the_window_opens_with_the_cursor_in_the_day(desk: Desk, made: Maker, qtbot: QtBot) -> None:
    made.meeting(made.pathway("Bruyère"), datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=9), None)
    places.keep("page", commands.TODAY.id)
    window = shown(seat_at(desk), qtbot)
    assert window.pages.today.diary.hasFocus()
    QTest.keyClick(window.pages.today.diary, Qt.Key.Key_E)
    assert desk.see(appointments, 1, TODAY)[0].outcome == Outcome.EXCUSED


def test_lines_put_off_are_shown_alone_with_their_day_and_reason_and_can_be_put_off_otherwise(
    desk: Desk, made: Maker, qtbot: QtBot
) -> None:
    for name in ("Bruyère", "Tilleul"):
        made.meeting(made.pathway(name), datetime.combine(TODAY - timedelta(days=3), datetime.min.time()), None)
    window = shown(seat_at(desk), qtbot, commands.TODAY.id)
    page = window.pages.today
    page.to_do.setFocus()
    QTest.keyClick(page.to_do, Qt.Key.Key_R)
    form = window._side.form
    assert isinstance(form, SnoozeForm)
    form._reason.set_text("fermé pour travaux")
    before = page.to_do.count()
    form.save()
    assert page.to_do.count() == before - 1
    page._waiting.click()
    assert page.to_do.count() == 1
    line = page.to_do.line(0)
    assert line.when == "Le 7 déc."
    assert line.detail.startswith("fermé pour travaux")
    page.to_do.setFocus()
    QTest.keyClick(page.to_do, Qt.Key.Key_R)
    again = window._side.form
    assert isinstance(again, SnoozeForm)
    assert again._reason.value() == "fermé pour travaux"
