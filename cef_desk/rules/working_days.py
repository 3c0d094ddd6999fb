"""Working days: Monday to Friday without the legal holidays (domain/rules.md (h))."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from cef_desk.rules.period import end_of_month

_SATURDAY = 5


@cache
def holidays_of(year: int) -> Collection[date]:
    """The legal holidays of metropolitan France; Pentecost Monday was worked from 2005 to 2007."""
    from holidays import country_holidays

    return frozenset(country_holidays("FR", years=year))


def is_working(day: date) -> bool:
    """True for a day *ouvré*."""
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def working_days(month: date) -> list[date]:
    """The working days of the month of a day."""
    first = month.replace(day=1)
    days = (first + timedelta(days=n) for n in range(end_of_month(month).day))
    return [day for day in days if is_working(day)]


def next_working(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def previous_working(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day
