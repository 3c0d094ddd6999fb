"""The figures of the month, against an independent recount over the exported CSV files."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cef_desk.errors import Refusal, Usage
from cef_desk.exchange.table_out import export_tables
from cef_desk.queries import indicators
from cef_desk.queries.figures import Figure, Indicator, cases, figure
from cef_desk.queries.month import month_sheet
from cef_desk.rules.kinds import ExitFamily, Outcome
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.make import Maker

Table = list[dict[str, str]]
RATES = (indicators.RUPTURE_RATE, indicators.EXIT_RATE)


class Recount:
    """Counts from the CSV files in plain Python, by the definitions of domain/rules.md alone."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[str, Table] = {}
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                self.tables[path.stem] = list(csv.DictReader(file, delimiter=";"))
        self.entered = {row["id"]: day(row["entered_on"]) for row in self.tables["pathway"]}
        self.left = {row["pathway_id"]: day(row["day"]) for row in self.tables["exit"]}
        self.broken = {row["contract_id"]: day(row["day"]) for row in self.tables["rupture"]}
        self.counted = {
            row["code"]
            for row in self.tables["list_entry"]
            if row["list_name"] == "contract_kind" and row["counts_as_contract"] == "1"
        }

    def lines(self, first: date, last: date) -> dict[str, tuple[int, int | None]]:
        signed = [
            row
            for row in self.tables["contract"]
            if first <= day(row["signed_on"]) <= last and not row["parent_id"] and row["kind_code"] in self.counted
        ]
        exits = [row for row in self.tables["exit"] if first <= day(row["day"]) <= last]
        net = [
            row
            for row in exits
            if row["family"] != "neutral" and (day(row["day"]) - self.entered[row["pathway_id"]]).days >= 90
        ]
        held = [
            row
            for row in self.tables["interaction"]
            if row["kind"] == "meeting"
            and row["outcome"] == "held"
            and first <= datetime.fromisoformat(row["at"]).date() <= last
        ]
        return {
            "ENTRIES": (sum(first <= entered <= last for entered in self.entered.values()), None),
            "CASELOAD": (
                sum(
                    entered <= last and not self.left.get(key, date.max) <= last
                    for key, entered in self.entered.items()
                ),
                None,
            ),
            "CONTRACTS": (len(signed), None),
            "RUPTURES": (sum(first <= broken <= last for broken in self.broken.values()), None),
            "R1": (sum(self.broken.get(row["id"], date.max) <= last for row in signed), len(signed)),
            "EXITS": (len(exits), None),
            "S1": (sum(row["family"] in {"durable", "transition"} for row in net), len(net)),
            "MEETINGS": (len(held), None),
        }


def day(text: str) -> date:
    return date.fromisoformat(text)


def months() -> list[tuple[int, int]]:
    return [(2005, month) for month in range(3, 13)] + [(2006, month) for month in range(1, 12)]


def told(cell: Figure | None) -> tuple[int, int | None] | None:
    return None if cell is None else (cell.numerator, cell.denominator)


def test_every_line_of_every_month_survives_an_independent_recount(demo: Desk, tmp_path: Path) -> None:
    export_tables(demo, tmp_path / "export")
    recount = Recount(tmp_path / "export")
    seen: set[tuple[int, int | None]] = set()
    for year, month in months():
        period = Period.month(year, month)
        sheet = demo.see(month_sheet, period, TODAY)
        expected = [recount.lines(first, period.last) for first in (period.first, date(year, 1, 1), date(2005, 3, 1))]
        for line in sheet.lines:
            if line.code == "R1":
                assert line.month is None
            else:
                assert told(line.month) == expected[0][line.code]
            assert told(line.year) == expected[1][line.code]
            assert told(line.opening) == expected[2][line.code]
            seen.add(expected[2][line.code])
    assert len(seen) > 60, "the demonstration moves from month to month"


def test_november_2006_holds_what_its_page_prints(demo: Desk) -> None:
    sheet = demo.see(month_sheet, Period.month(2006, 11), TODAY)
    assert {line.code: (told(line.month), told(line.year), told(line.opening)) for line in sheet.lines} == {
        "ENTRIES": ((2, None), (33, None), (62, None)),
        "CASELOAD": ((34, None), (34, None), (34, None)),
        "CONTRACTS": ((4, None), (36, None), (57, None)),
        "RUPTURES": ((1, None), (6, None), (9, None)),
        "R1": (None, (6, 36), (9, 57)),
        "EXITS": ((1, None), (23, None), (28, None)),
        "S1": ((0, 1), (14, 20), (15, 25)),
        "MEETINGS": ((16, None), (196, None), (294, None)),
    }


@pytest.mark.parametrize("indicator", RATES, ids=lambda item: item.code)
def test_a_numerator_lies_in_its_denominator(demo: Desk, indicator: Indicator) -> None:
    assert indicator.denominator is not None
    for year, month in months():
        period = Period.month(year, month).year_to_date()
        part = demo.see(cases, indicator.numerator(period))
        whole = demo.see(cases, indicator.denominator(period))
        assert set(part) <= set(whole)
        assert demo.see(figure, indicator, period).numerator == len(part)


def count_of(desk: Desk, indicator: Indicator, period: Period) -> int:
    return desk.see(figure, indicator, period).numerator


def test_a_meeting_held_this_month_is_counted(desk: Desk, make: Maker) -> None:
    pathway = make.pathway()
    for at in (datetime(2006, 11, 1, 0, 0), datetime(2006, 11, 30, 23, 59)):
        make.meeting(pathway, at)
    make.meeting(pathway, datetime(2006, 11, 15, 9), Outcome.MISSED)
    assert count_of(desk, indicators.MEETINGS, Period.month(2006, 11)) == 2
    assert count_of(desk, indicators.MEETINGS, Period.month(2006, 12)) == 0


def test_a_pathway_is_open_from_its_entry_to_the_eve_of_its_exit(desk: Desk, make: Maker) -> None:
    pathway = make.pathway(entered_on=date(2006, 3, 10))
    make.exit(pathway, date(2006, 9, 20))

    def open_on(at: date) -> int:
        return count_of(desk, indicators.CASELOAD, Period.of(at, at))

    assert [open_on(date(2006, 3, 9)), open_on(date(2006, 3, 10))] == [0, 1]
    assert [open_on(date(2006, 9, 19)), open_on(date(2006, 9, 20))] == [1, 0]


def test_a_renewal_is_no_new_contract_and_its_rupture_counts_for_the_first(desk: Desk, make: Maker) -> None:
    pathway = make.pathway()
    first = make.contract(pathway, kind="CIRMA_CDD", planned_end_on=date(2006, 7, 31))
    renewal = make.contract(pathway, kind="CIRMA_CDD", signed_on=date(2006, 8, 1), parent_id=first)
    make.rupture(renewal, date(2006, 9, 1))
    period = Period.month(2006, 9).year_to_date()
    assert count_of(desk, indicators.CONTRACTS, period) == 1
    assert count_of(desk, indicators.RUPTURE_RATE, period) == 1
    assert count_of(desk, indicators.RUPTURE_RATE, Period.month(2006, 8).year_to_date()) == 0


@pytest.mark.parametrize(("at", "broken"), [(date(2006, 3, 9), 0), (date(2006, 3, 10), 1)])
def test_a_rupture_counts_from_its_day(desk: Desk, make: Maker, at: date, broken: int) -> None:
    make.rupture(make.contract(make.pathway()), date(2006, 3, 10))
    assert count_of(desk, indicators.RUPTURE_RATE, Period.of(date(2006, 1, 1), date(2006, 12, 31), at)) == broken


def test_a_business_creation_is_not_a_contract_signed(desk: Desk, make: Maker) -> None:
    make.contract(make.pathway(), kind="CREA")
    assert count_of(desk, indicators.CONTRACTS, Period.month(2006, 2)) == 0


@pytest.mark.parametrize(("stay", "counted"), [(89, 0), (90, 1)])
def test_an_exit_after_a_stay_under_90_days_leaves_s1_whole(desk: Desk, make: Maker, stay: int, counted: int) -> None:
    pathway = make.pathway(entered_on=date(2006, 1, 9))
    make.exit(pathway, date(2006, 1, 9) + timedelta(days=stay))
    found = desk.see(figure, indicators.EXIT_RATE, Period.month(2006, 4).year_to_date())
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
    found = desk.see(figure, indicators.EXIT_RATE, Period.month(2006, 11))
    assert (found.numerator, found.denominator) == expected


def refused(call: Callable[[], object]) -> str:
    with pytest.raises((Usage, Refusal)) as error:
        call()
    return error.value.pattern


def test_a_month_before_the_opening_or_after_today_has_no_sheet(demo: Desk, desk: Desk) -> None:
    assert "opened" in refused(lambda: demo.see(month_sheet, Period.month(2005, 2), TODAY))
    assert "has not begun" in refused(lambda: demo.see(month_sheet, Period.month(2006, 12), TODAY))
    assert "nothing to count" in refused(lambda: desk.see(month_sheet, Period.month(2006, 11), TODAY))


def test_without_a_typed_opening_the_earliest_entry_stands_for_it(desk: Desk, make: Maker) -> None:
    make.pathway(entered_on=date(2006, 5, 4))
    make.contract(1, signed_on=date(2006, 4, 3))
    assert desk.see(month_sheet, Period.month(2006, 11), TODAY).opened_on == date(2006, 4, 3)
