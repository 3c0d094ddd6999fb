"""A series has no Sunday, no holiday, no day twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cef_desk.rules.kinds import Repeat
from cef_desk.rules.series import MOST, days_of
from cef_desk.rules.working_days import holidays_of


def test_every_week_the_monday_after_easter_gives_way_to_the_tuesday() -> None:
    found = days_of(date(2008, 3, 17), Repeat.WEEKLY, date(2008, 4, 7))
    assert found == [date(2008, 3, 17), date(2008, 3, 25), date(2008, 3, 31), date(2008, 4, 7)]


def test_every_month_keeps_the_day_and_the_last_one_of_short_months() -> None:
    found = days_of(date(2008, 1, 31), Repeat.MONTHLY, date(2008, 4, 30))
    assert found == [date(2008, 1, 31), date(2008, 2, 29), date(2008, 3, 31), date(2008, 4, 30)]


def test_a_saturday_keeps_its_saturdays() -> None:
    assert days_of(date(2008, 2, 2), Repeat.FORTNIGHTLY, date(2008, 3, 1)) == [
        date(2008, 2, 2), date(2008, 2, 16), date(2008, 3, 1),
    ]  # fmt: skip


def test_once_is_the_day_itself() -> None:
    assert days_of(date(2008, 2, 3), None, None) == [date(2008, 2, 3)]


@pytest.mark.parametrize("repeat", Repeat)
@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), length=st.integers(0, 900))
def test_no_day_of_a_series_is_a_sunday_or_a_holiday(repeat: Repeat, first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    found = days_of(first, repeat, last)
    assert found == sorted(set(found))
    assert len(found) <= MOST + 1
    assert all(first <= day <= last and day.weekday() != 6 and day not in holidays_of(day.year) for day in found)


def test_every_month_has_one_and_only_one() -> None:
    found = days_of(date(2006, 1, 31), Repeat.MONTHLY, date(2006, 12, 31))
    assert [day.month for day in found] == list(range(1, 13))
