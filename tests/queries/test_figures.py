"""Every figure against an independent recount over the exported CSV files, and the laws figures obey."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cef_desk.errors import Usage
from cef_desk.exchange.figures_out import figures_as_json
from cef_desk.exchange.table_out import export_tables
from cef_desk.queries.cases import Question, cases
from cef_desk.queries.dimensions import DIMENSIONS, dimension
from cef_desk.queries.figures import Indicator, figure, scope_of, sliced_figures
from cef_desk.queries.indicators import INDICATORS, all_figures, indicator
from cef_desk.rules.kinds import Subject
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.conftest import sit_down
from tests.generated import write_generated
from tests.recount import Recount

OPENING, TODAY = date(2005, 3, 1), date(2008, 1, 31)
NOT_SUMMED = {"I04", "I11.MEAN", "I11.MEDIAN", "I14", "I15", "I16.OFFERS", "I16.REFERRALS", "I16.HIRES", "S4", "S5"}
"""Distinct counts, means and medians: their parts do not sum."""

LASTING = {"I12", "I13", "I18", "R5"}
"""What lasts falls in several months."""


@pytest.fixture(scope="module")
def demo_desk(demo_file: Path) -> Iterator[Desk]:
    desk = sit_down(demo_file)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def recount(demo_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Recount:
    folder = tmp_path_factory.mktemp("export")
    export_tables(demo_desk, folder)
    return Recount(folder)


def questions(count: int, seed: int) -> Iterator[tuple[Indicator, Period, str | None, str | None]]:
    """Random questions, the same in every run: indicator, period, counsellor, dimension."""
    chance = random.Random(seed)  # noqa: S311  no secret
    span = (TODAY - OPENING).days
    for number in range(count):
        item = list(INDICATORS.values())[number % len(INDICATORS)]
        first = OPENING + timedelta(days=chance.randrange(span))
        last = first + timedelta(days=chance.choice((0, 6, 27, 30, 90, 364, span)))
        at = chance.choice((None, None, first, last + timedelta(days=chance.randrange(200))))
        reached = [code for code, by in DIMENSIONS.items() if item.reached_by(by)]
        by = chance.choice([None, *reached])
        yield item, Period.of(first, last, at), chance.choice((None, None, f"CEF0{chance.randint(1, 9)}")), by


def told(desk: Desk, item: Indicator, period: Period, who: str | None, by: str | None) -> dict[str | None, object]:
    """What `figures --json` says, without slices where nothing is counted."""
    scope = desk.see(scope_of, who)
    made = (
        [(item, found) for found in desk.see(sliced_figures, item, period, scope, dimension(by))]
        if by
        else [(item, desk.see(figure, item, period, scope))]
    )
    rows = figures_as_json(period, scope, made)["figures"]
    assert isinstance(rows, list)
    return {
        (row["slice"]["code"] if by else None): (row["numerator"], row["denominator"], row["value"]) for row in rows
    }


def counted(
    recount: Recount, item: Indicator, period: Period, who: str | None, by: str | None
) -> dict[str | None, object]:
    found = recount.ask(item.code, period.first, period.last, period.at, who, by)
    return {key: (part.numerator, part.denominator, part.value) for key, part in found.items()}


def test_three_hundred_random_questions_survive_an_independent_recount(demo_desk: Desk, recount: Recount) -> None:
    full = 0
    for item, period, who, by in questions(300, seed=3):
        ours, theirs = told(demo_desk, item, period, who, by), counted(recount, item, period, who, by)
        assert ours == theirs, (item.code, period, who, by)
        full += any(isinstance(part, tuple) and part[0] for part in ours.values())
    assert full > 180, "most questions find something"


@pytest.mark.parametrize("block", range(4))
def test_two_hundred_generated_bases_survive_the_same_recount(file: Path, tmp_path: Path, block: int) -> None:
    for number in range(50):
        seed = block * 50 + number
        desk = write_generated(file, tmp_path / f"{seed}.cefdesk", seed)
        try:
            export_tables(desk, tmp_path / str(seed))
            again = Recount(tmp_path / str(seed))
            for item, period, who, by in questions(len(INDICATORS), seed=seed):
                known = None if who is None else "CEF01"
                ours, theirs = told(desk, item, period, known, by), counted(again, item, period, known, by)
                assert ours == theirs, (seed, item.code, period, known, by)
        finally:
            desk.close()


@pytest.mark.parametrize("item", INDICATORS.values(), ids=lambda item: item.code)
def test_the_rows_behind_a_figure_are_those_it_counts(demo_desk: Desk, item: Indicator) -> None:
    scope, period = demo_desk.see(scope_of), Period.of(date(2006, 1, 1), date(2006, 11, 30))
    found = demo_desk.see(figure, item, period, scope)
    parts = {"numerator": found.numerator} if item.measure is None else {"numerator": found.denominator}
    if item.denominator is not None:
        parts["denominator"] = found.denominator
    rows = {part: [case.id for case in demo_desk.see(cases, Question(item, part), period, scope)] for part in parts}
    assert {part: len(ids) for part, ids in rows.items()} == parts
    assert all(len(set(ids)) == len(ids) for ids in rows.values())
    if item.denominator is not None and not item.quotient:
        assert set(rows["numerator"]) <= set(rows["denominator"])


@pytest.mark.parametrize("code", DIMENSIONS)
def test_the_rows_of_each_slice_are_those_it_counts(demo_desk: Desk, code: str) -> None:
    by, scope = dimension(code), demo_desk.see(scope_of)
    period = Period.of(date(2006, 9, 1), date(2006, 11, 30))
    reached = [item for item in INDICATORS.values() if item.reached_by(by) and item.measure is None]
    for item in reached[:: 4 if code == "commune" else 1]:
        for found in demo_desk.see(sliced_figures, item, period, scope, by)[:12]:
            assert found.slice is not None
            for part, counted in (("numerator", found.numerator), ("denominator", found.denominator)):
                if counted is not None:
                    asked = Question(item, part, by, found.slice.code)
                    assert len(demo_desk.see(cases, asked, period, scope)) == counted, (item.code, part)


def test_a_month_that_no_fact_can_have_gives_no_row(demo_desk: Desk) -> None:
    period, scope = Period.month(2006, 11), demo_desk.see(scope_of)
    asked = Question(INDICATORS["I12"], "denominator", dimension("month"), None)
    assert demo_desk.see(cases, asked, period, scope) == []
    with pytest.raises(Usage):
        demo_desk.see(cases, Question(INDICATORS["I12"], "denominator", dimension("month"), "2007-01"), period, scope)


def test_cases_bear_the_reference_of_the_person_and_of_the_company(demo_desk: Desk) -> None:
    scope, period = demo_desk.see(scope_of), Period.month(2006, 11)
    rows = demo_desk.see(cases, Question(INDICATORS["I03"]), period, scope)
    assert len(rows) == 87
    assert all(row.beneficiary_id and row.company_id and row.company and row.counsellor for row in rows)
    assert all(period.first <= row.day <= period.last for row in rows if row.day)


@pytest.mark.parametrize("item", INDICATORS.values(), ids=lambda item: item.code)
def test_parts_sum_to_totals(demo_desk: Desk, item: Indicator) -> None:
    scope, period = demo_desk.see(scope_of), Period.of(date(2006, 1, 1), date(2006, 12, 31))
    whole = demo_desk.see(figure, item, period, scope)
    for by in DIMENSIONS.values():
        sums = item.code not in NOT_SUMMED and not (by.code == "month" and item.code in LASTING)
        if not item.reached_by(by) or not sums or (by.multiple and item.subject is not Subject.BARRIER):
            continue
        parts = demo_desk.see(sliced_figures, item, period, scope, by)
        assert sum(part.numerator or 0 for part in parts) == whole.numerator, by.code
        if whole.denominator is not None:
            assert sum(part.denominator or 0 for part in parts) == whole.denominator, by.code


def test_a_counsellor_is_a_part_and_a_longer_period_never_counts_less(demo_desk: Desk) -> None:
    unit, one = demo_desk.see(scope_of), demo_desk.see(scope_of, "CEF02")
    short = Period.of(date(2006, 3, 1), date(2006, 6, 30), TODAY)
    long = Period.of(date(2006, 2, 1), date(2006, 9, 30), TODAY)
    for item in INDICATORS.values():
        if item.measure is not None:
            continue
        whole = demo_desk.see(figure, item, short, unit)
        assert (demo_desk.see(figure, item, short, one).numerator or 0) <= (whole.numerator or 0)
        if not item.stock:
            assert (demo_desk.see(figure, item, long, unit).numerator or 0) >= (whole.numerator or 0), item.code


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Usage) as error:
        call()
    return error.value.pattern


def test_what_does_not_exist_is_refused(demo_desk: Desk) -> None:
    scope, period = demo_desk.see(scope_of), Period.month(2006, 11)
    assert "no figure" in refused(lambda: indicator("Z9"))
    assert "no dimension" in refused(lambda: dimension("shoe size"))
    assert "No counsellor" in refused(lambda: demo_desk.see(scope_of, "CEF99"))
    kind = dimension("kind")
    assert "cannot be sliced" in refused(lambda: demo_desk.see(sliced_figures, INDICATORS["S1"], period, scope, kind))
    asked = Question(INDICATORS["I03"], "numerator", kind, "CDD_X")
    assert "is no" in refused(lambda: demo_desk.see(cases, asked, period, scope))
    assert "is a count" in refused(
        lambda: demo_desk.see(cases, Question(INDICATORS["I03"], "denominator"), period, scope)
    )


def test_every_figure_is_told_once_and_sliced_figures_are_those_the_dimension_reaches(demo_desk: Desk) -> None:
    scope, period = demo_desk.see(scope_of), Period.month(2006, 11)
    assert [item.code for item, _found in demo_desk.see(all_figures, period, scope, None)] == list(INDICATORS)
    by_kind = {item.code for item, _found in demo_desk.see(all_figures, period, scope, dimension("kind"))}
    assert by_kind == {"I03", "R1", "R2", "R3", "R4", "R5", "R6", "I09.3M", "I09.6M", "I09.12M", "I17.CDI",
                       "I17.FULL_TIME", "I17.DURABLE"}  # fmt: skip
