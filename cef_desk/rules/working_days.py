"""Working days: Monday to Friday without the legal holidays (domain/rules.md (h))."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from cef_desk.rules.period import end_of_month

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER, _PENTECOST_MONDAY = (1, 39), 50
"""Easter Monday, Ascension Day; Pentecost Monday: in days after Easter."""

_PENTECOST_WORKED = range(2005, 2008)


@cache
def holidays_of(year: int) -> Collection[date]:
    """The legal holidays of metropolitan France (Code du travail, L.3133-1).

    Pentecost Monday was a day of solidarity, worked, from 2005 to 2007.
    """
    sunday = easter(year)
    moving = [sunday + timedelta(days=after) for after in _AFTER_EASTER]
    if year not in _PENTECOST_WORKED:
        moving.append(sunday + timedelta(days=_PENTECOST_MONDAY))
    return frozenset([*(date(year, month, day) for month, day in _FIXED), *moving])


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
