from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cef_desk.rules.backup_rotation import DAYS, MONTHS, WEEKS, Stamp, is_too_long_alone, kept

NOW = datetime(2026, 11, 23, 18)
stamps = st.lists(
    st.tuples(st.integers(1, 10_000), st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31))), unique=True
)


def test_a_year_of_half_hours_leaves_a_day_whole_and_a_thin_year() -> None:
    made: list[Stamp] = []
    clock, number = datetime(2025, 11, 24, 8), 0
    while clock <= NOW:
        if clock.weekday() < 5 and 8 <= clock.hour < 18:
            number += 1
            made = [each for each in [*made, (number, clock)] if each in kept([*made, (number, clock)], clock)]
        clock += timedelta(minutes=30)
    days = sorted({at.date() for _number, at in made})
    assert len([at for _number, at in made if at > NOW - timedelta(days=1)]) == 20
    assert len(days) >= DAYS + WEEKS - 3
    assert (days[-1] - days[0]).days > 30 * (MONTHS - 2)
    assert len(made) < 20 + DAYS + WEEKS + MONTHS


@given(stamps)
def test_what_goes_furthest_is_never_dropped(some: list[Stamp]) -> None:
    stay = kept(some, NOW)
    assert stay <= set(some)
    assert set(sorted(some)[-3:]) <= stay


@given(stamps)
def test_dropping_again_drops_nothing(some: list[Stamp]) -> None:
    stay = kept(some, NOW)
    assert kept(stay, NOW) == stay


def test_a_date_in_the_future_takes_nobody_s_place() -> None:
    wrong = [(number, datetime(2099, 1, number)) for number in range(1, 20)]
    right = [(100 + number, NOW - timedelta(days=30 - number)) for number in range(30)]
    stay = kept([*wrong, *right], NOW)
    assert len([stamp for stamp in stay if stamp in right]) >= DAYS
    assert not stay & set(wrong)


def test_a_week_of_records_on_one_computer_alone_is_too_long() -> None:
    week = timedelta(days=7)
    assert not is_too_long_alone(None, NOW)
    assert not is_too_long_alone(NOW - week + timedelta(seconds=1), NOW)
    assert is_too_long_alone(NOW - week, NOW)


def test_a_clock_gone_back_does_not_cost_the_newest() -> None:
    before = [(number, NOW - timedelta(days=number % 9)) for number in range(1, 40)]
    newest = (1000, NOW - timedelta(days=4000))
    assert newest in kept([*before, newest], NOW)
