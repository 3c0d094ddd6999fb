"""A next appointment stands on a working day, at the hour people are used to, or the nearest that is free."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cef_desk.rules.slots import SIX_WEEKS, Taken, clash, next_appointment, slot_after
from cef_desk.rules.working_days import is_working

NINE = datetime(2006, 11, 22, 9)


def test_the_same_weekday_and_hour_in_six_weeks_is_proposed() -> None:
    assert next_appointment(NINE, 30, []) == datetime(2007, 1, 3, 9)


@pytest.mark.parametrize(("met", "proposed"), [((8, 58), (9, 0)), ((9, 8), (9, 15)), ((9, 7), (9, 0))])
def test_an_hour_of_the_clock_becomes_a_quarter_of_an_hour(met: tuple[int, int], proposed: tuple[int, int]) -> None:
    found = next_appointment(NINE.replace(hour=met[0], minute=met[1]), 30, [])
    assert (found.hour, found.minute) == proposed


def test_a_holiday_moves_it_to_the_next_working_day() -> None:
    assert next_appointment(datetime(2006, 11, 20, 9), 30, []) == datetime(2007, 1, 2, 9)


def test_an_hour_that_is_taken_gives_way_to_the_nearest_free_one() -> None:
    taken = [Taken(datetime(2007, 1, 3, 9), 45)]
    assert next_appointment(NINE, 30, taken) == datetime(2007, 1, 3, 8, 30)
    assert next_appointment(NINE, 30, [*taken, Taken(datetime(2007, 1, 3, 8), 60)]) == datetime(2007, 1, 3, 10)


def test_a_day_that_is_full_gives_way_to_the_next() -> None:
    assert next_appointment(NINE, 30, [Taken(datetime(2007, 1, 3), 24 * 60)]) == datetime(2007, 1, 4, 9)


def test_another_hour_is_the_next_free_one() -> None:
    assert slot_after(NINE, 30, [Taken(datetime(2006, 11, 22, 9, 30), 60)]) == datetime(2006, 11, 22, 10, 30)
    assert slot_after(datetime(2006, 11, 24, 17, 30), 30, []) == datetime(2006, 11, 27, 8, 30)


def test_ends_that_touch_do_not_clash() -> None:
    taken = [Taken(NINE, 30, "Tilleul Karim")]
    assert clash(NINE + timedelta(minutes=30), 30, taken) is None
    assert clash(NINE - timedelta(minutes=30), 30, taken) is None
    assert clash(NINE + timedelta(minutes=29), 30, taken) == taken[0]


_MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2030, 12, 31))


@given(_MOMENTS, st.integers(5, 240), st.lists(st.tuples(st.integers(-3000, 60000), st.integers(5, 600)), max_size=30))
def test_whatever_is_taken_what_is_proposed_is_free_on_a_working_day(
    met: datetime, minutes: int, given_away: list[tuple[int, int]]
) -> None:
    taken = [Taken(met + SIX_WEEKS + timedelta(minutes=after), length) for after, length in given_away]
    for found in (next_appointment(met, minutes, taken), slot_after(met + SIX_WEEKS, minutes, taken)):
        assert is_working(found.date())
        assert clash(found, minutes, taken) is None
        assert found.date() <= date(2031, 12, 31)


def test_who_types_the_meeting_at_night_is_offered_an_hour_of_the_day() -> None:
    assert next_appointment(NINE.replace(hour=3, minute=43), 30, []).hour == 8
    assert next_appointment(NINE.replace(hour=20), 30, []).hour == 17
