"""The holidays of France, Pentecost Monday as it was."""

from datetime import date

import pytest
from holidays import country_holidays

from cef_desk.rules.working_days import holidays_of, is_working, next_working, previous_working, working_days


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2004, 5, 31), False),
        (date(2005, 5, 16), True),
        (date(2006, 6, 5), True),
        (date(2007, 5, 28), True),
        (date(2008, 5, 12), False),
        (date(2006, 4, 17), False),
        (date(2006, 5, 1), False),
        (date(2006, 5, 8), False),
        (date(2006, 5, 25), False),
        (date(2006, 7, 14), False),
        (date(2006, 8, 15), False),
        (date(2006, 11, 1), False),
        (date(2006, 12, 25), False),
        (date(2006, 11, 11), False),
        (date(2006, 11, 12), False),
        (date(2006, 11, 13), True),
    ],
)
def test_which_days_are_worked(day: date, *, working: bool) -> None:
    assert is_working(day) is working


@pytest.mark.parametrize("year", range(1990, 2061))
def test_the_holidays_are_those_of_another_library(year: int) -> None:
    assert set(holidays_of(year)) == frozenset(country_holidays("FR", years=year))


def test_the_working_days_of_a_month() -> None:
    assert len(working_days(date(2006, 5, 20))) == 20
    assert next_working(date(2006, 4, 15)) == date(2006, 4, 18)
    assert previous_working(date(2006, 4, 17)) == date(2006, 4, 14)
