"""The lines of the monthly sheet: every exact value of domain/demo.md, section 5, and what each definition means."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from cef_desk.errors import Refusal, Usage
from cef_desk.exchange.demo.plan import months
from cef_desk.exchange.sheet_out import sheet_json
from cef_desk.queries.figures import Figure, Indicator, figure, scope_of
from cef_desk.queries.indicators import INDICATORS, entered
from cef_desk.queries.month import Line, month_sheet
from cef_desk.rules.kinds import ExitFamily, Outcome
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.make import Maker

TODAY = date(2008, 1, 31)
MEETINGS = Indicator("MEETINGS", "", "", entered.MEETINGS)
EXACT = {
    "ENTRIES": (60, 655, 1_259, 61), "EXITS": (61, 491, 601, 22), "CASELOAD": (658, 658, 658, 467),
    "CASELOAD_PER_COUNSELLOR": ((658, 7), None, None, (467, 7)), "CONTRACTS": (87, 816, 1_182, 50),
    "CONTRACTS.CIRMA_CDI": (16, 141, 204, 9), "CONTRACTS.CIRMA_CDD": (25, 236, 341, 13),
    "CONTRACTS.CIRMA_CTT": (2, 19, 28, 1), "CONTRACTS.CA": (11, 102, 147, 6), "CONTRACTS.CAE": (5, 46, 66, 3),
    "CONTRACTS.CIE": (2, 23, 33, 2), "CONTRACTS.CDI": (7, 63, 92, 3), "CONTRACTS.CDD_6P": (5, 43, 62, 3),
    "CONTRACTS.CDD_M6": (7, 63, 92, 3), "CONTRACTS.CTT": (4, 39, 57, 3), "CONTRACTS.SAISON": (2, 24, 35, 2),
    "CONTRACTS.ALT_IAE": (1, 17, 25, 2), "CONTRACTS.OTHER": (0, 0, 0, 0), "RUPTURES": (16, 139, 180, 7),
    "R1": (None, (110, 816), (180, 1_182), None), "EXITS.EMPLOYMENT": (31, 246, 292, 10),
    "EXITS.POSITIVE": (7, 51, 61, 2), "EXITS.OTHER": (21, 174, 221, 9), "EXITS.NEUTRAL": (2, 20, 27, 1),
    "S1": ((31, 59), (246, 471), (292, 574), (10, 21)), "DYNAMIC": ((38, 59), (297, 471), (353, 574), (12, 21)),
}  # fmt: skip
"""November 2006: month, year to date, since opening, same month last year; R1 of the year is the generator's."""


def told(cell: Figure | None) -> object:
    if cell is None:
        return None
    return cell.numerator if cell.denominator is None else (cell.numerator, cell.denominator)


def cells(line: Line) -> tuple[object, ...]:
    return tuple(told(cell) for cell in (line.month, line.year, line.opening, line.last_year))


def test_november_2006_holds_every_exact_value(demo: Desk) -> None:
    sheet = demo.see(month_sheet, Period.month(2006, 11), TODAY)
    assert {line.code: cells(line) for line in sheet.lines if line.code in EXACT} == EXACT


def test_january_2008_holds_the_three_figures_of_the_unit(demo: Desk) -> None:
    sheet = demo.see(month_sheet, Period.month(2008, 1), TODAY)
    opening = {line.code: line.opening for line in sheet.lines}
    found = {code: told(cell) for code, cell in opening.items()}
    assert found["ENTRIES"] == 2_220
    assert found["CONTRACTS"] == 2_500
    assert found["R1"] == (421, 2_500)
    assert found["EXITS.EMPLOYMENT"] == 795
    assert found["S1"] == (795, 1_500)
    assert found["CASELOAD"] == 660
    assert opening["R1"] is not None
    assert opening["S1"] is not None
    assert (opening["R1"].value, opening["S1"].value) == (0.1684, 0.53)


def test_the_counsellors_share_out_the_unit(demo: Desk) -> None:
    unit = demo.see(month_sheet, Period.month(2007, 6), TODAY)
    each = [demo.see(month_sheet, Period.month(2007, 6), TODAY, f"CEF0{n}") for n in range(1, 10)]
    for place, line in enumerate(unit.lines):
        if line.code.startswith("COMPANIES"):
            continue
        for name in ("month", "year", "opening"):
            whole = getattr(line, name)
            if whole is not None and whole.denominator is None:
                parts = [getattr(sheet.lines[place], name).numerator for sheet in each]
                assert sum(parts) == whole.numerator, (line.code, name)
    loads = [line.month.numerator for sheet in each for line in sheet.lines if line.code == "CASELOAD" and line.month]
    assert all(load is not None and 60 <= load <= 85 for load in loads), "demo.md, section 6, 8"


def test_every_month_of_the_plan_is_on_its_sheet(demo: Desk) -> None:
    for planned in months():
        sheet = demo.see(month_sheet, Period.month(planned.first.year, planned.first.month), TODAY)
        found = {line.code: told(line.month) for line in sheet.lines}
        assert found["ENTRIES"] == planned.entries
        assert found["CONTRACTS"] == sum(planned.kinds.values())
        assert found["RUPTURES"] == planned.ruptures
        assert found["EXITS"] == sum(planned.exits.values())
        assert found["CASELOAD"] == planned.caseload
        assert sheet.chart[-1].contracts == found["CONTRACTS"]
        assert len(sheet.chart) == min(13, len([m for m in months() if m.first <= planned.first]))


def test_the_sheet_as_json_has_its_codes_and_unrounded_values(demo: Desk) -> None:
    found = json.loads(sheet_json(demo.see(month_sheet, Period.month(2006, 11), TODAY, "cef02")))
    assert found["month"] == "2006-11"
    assert found["scope"] == {"unit": "Unité emploi formation — Maine-et-Loire (démo)", "counsellor": "CEF02"}
    assert found["today"] == "2008-01-31"
    line = next(line for line in found["lines"] if line["code"] == "S1")
    assert set(line) == {"code", "block", "label", "month", "year", "opening", "last_year"}
    assert line["year"]["value"] == line["year"]["numerator"] / line["year"]["denominator"]


def of(desk: Desk, indicator: Indicator, period: Period) -> Figure:
    return desk.see(figure, indicator, period, desk.see(scope_of))


def count_of(desk: Desk, indicator: Indicator, period: Period) -> int | None:
    return of(desk, indicator, period).numerator


def test_a_meeting_held_this_month_is_counted(desk: Desk, make: Maker) -> None:
    pathway = make.pathway()
    for at in (datetime(2006, 11, 1, 0, 0), datetime(2006, 11, 30, 23, 59)):
        make.meeting(pathway, at)
    make.meeting(pathway, datetime(2006, 11, 15, 9), Outcome.MISSED)
    assert count_of(desk, MEETINGS, Period.month(2006, 11)) == 2
    assert count_of(desk, MEETINGS, Period.month(2006, 12)) == 0


def test_a_pathway_is_open_from_its_entry_to_the_eve_of_its_exit(desk: Desk, make: Maker) -> None:
    pathway = make.pathway(entered_on=date(2006, 3, 10))
    make.exit(pathway, date(2006, 9, 20))

    def open_on(at: date) -> int | None:
        return count_of(desk, INDICATORS["I02"], Period.of(at, at))

    assert [open_on(date(2006, 3, 9)), open_on(date(2006, 3, 10))] == [0, 1]
    assert [open_on(date(2006, 9, 19)), open_on(date(2006, 9, 20))] == [1, 0]


def test_a_renewal_is_no_new_contract_and_its_rupture_counts_for_the_first(desk: Desk, make: Maker) -> None:
    pathway = make.pathway()
    first = make.contract(pathway, kind="CIRMA_CDD", planned_end_on=date(2006, 7, 31))
    renewal = make.contract(pathway, kind="CIRMA_CDD", signed_on=date(2006, 8, 1), parent_id=first)
    make.rupture(renewal, date(2006, 9, 1))
    period = Period.month(2006, 9).year_to_date()
    assert count_of(desk, INDICATORS["I03"], period) == 1
    assert count_of(desk, INDICATORS["R1"], period) == 1
    assert count_of(desk, INDICATORS["R1"], Period.month(2006, 8).year_to_date()) == 0


@pytest.mark.parametrize(("at", "broken"), [(date(2006, 3, 9), 0), (date(2006, 3, 10), 1)])
def test_a_rupture_counts_from_its_day(desk: Desk, make: Maker, at: date, broken: int) -> None:
    make.rupture(make.contract(make.pathway()), date(2006, 3, 10))
    assert count_of(desk, INDICATORS["R1"], Period.of(date(2006, 1, 1), date(2006, 12, 31), at)) == broken


def test_a_business_creation_is_not_a_contract_signed(desk: Desk, make: Maker) -> None:
    make.contract(make.pathway(), kind="CREA")
    assert count_of(desk, INDICATORS["I03"], Period.month(2006, 2)) == 0


@pytest.mark.parametrize(("stay", "counted"), [(89, 0), (90, 1)])
def test_an_exit_after_a_stay_under_90_days_leaves_s1_whole(desk: Desk, make: Maker, stay: int, counted: int) -> None:
    pathway = make.pathway(entered_on=date(2006, 1, 9))
    make.exit(pathway, date(2006, 1, 9) + timedelta(days=stay))
    found = of(desk, INDICATORS["S1"], Period.month(2006, 4).year_to_date())
    assert (found.numerator, found.denominator) == (counted, counted)
    assert found.value == (1.0 if counted else None)


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (ExitFamily.DURABLE, (1, 1)), (ExitFamily.TRANSITION, (1, 1)), (ExitFamily.POSITIVE, (0, 1)),
        (ExitFamily.OTHER, (0, 1)), (ExitFamily.NEUTRAL, (0, 0)),
    ],
)  # fmt: skip
def test_each_family_of_exit_stands_in_its_place(
    desk: Desk, make: Maker, family: ExitFamily, expected: tuple[int, int]
) -> None:
    make.exit(make.pathway(), date(2006, 11, 2), family)
    found = of(desk, INDICATORS["S1"], Period.month(2006, 11))
    assert (found.numerator, found.denominator) == expected


def refused(call: Callable[[], object]) -> str:
    with pytest.raises((Usage, Refusal)) as error:
        call()
    return error.value.pattern


def test_a_month_before_the_opening_or_after_today_has_no_sheet(demo: Desk, desk: Desk) -> None:
    assert "opened" in refused(lambda: demo.see(month_sheet, Period.month(2005, 2), TODAY))
    assert "has not begun" in refused(lambda: demo.see(month_sheet, Period.month(2008, 2), TODAY))
    assert "nothing to count" in refused(lambda: desk.see(month_sheet, Period.month(2006, 11), TODAY))


def test_without_a_typed_opening_the_earliest_entry_stands_for_it(desk: Desk, make: Maker) -> None:
    make.pathway(entered_on=date(2006, 5, 4))
    make.contract(1, signed_on=date(2006, 4, 3))
    assert desk.see(month_sheet, Period.month(2006, 11), TODAY).opened_on == date(2006, 4, 3)
