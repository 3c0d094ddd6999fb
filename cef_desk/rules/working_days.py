"""Working days: Monday to Friday without the legal holidays (domain/rules.md (h))."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from cef_desk.i18n import N_
from cef_desk.rules.period import end_of_month

_SATURDAY = 5
_SUNDAY = 6
_FIXED = {
    (1, 1): N_("New Year’s Day"), (5, 1): N_("Labour Day"), (5, 8): N_("Victory of 1945"),
    (7, 14): N_("National Day"), (8, 15): N_("Assumption"), (11, 1): N_("All Saints’ Day"),
    (11, 11): N_("Armistice of 1918"), (12, 25): N_("Christmas"),
}  # fmt: skip
_AFTER_EASTER = {1: N_("Easter Monday"), 39: N_("Ascension Day")}
_PENTECOST_MONDAY, _PENTECOST = 50, N_("Whit Monday")
"""In days after Easter."""

_PENTECOST_WORKED = range(2005, 2008)


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """The legal holidays of metropolitan France with their names, as message ids (Code du travail, L.3133-1).

    Pentecost Monday was a day of solidarity, worked, from 2005 to 2007.
    """
    sunday = easter(year)
    found = {sunday + timedelta(days=after): name for after, name in _AFTER_EASTER.items()}
    if year not in _PENTECOST_WORKED:
        found[sunday + timedelta(days=_PENTECOST_MONDAY)] = _PENTECOST
    return found | {date(year, month, day): name for (month, day), name in _FIXED.items()}


def is_working(day: date) -> bool:
    """True for a day *ouvré*."""
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def working_days(month: date) -> list[date]:
    """The working days of the month of a day."""
    first = month.replace(day=1)
    days = (first + timedelta(days=n) for n in range(end_of_month(month).day))
    return [day for day in days if is_working(day)]


def is_open(day: date) -> bool:
    """True for a day *ouvrable*: neither a Sunday nor a holiday."""
    return day.weekday() != _SUNDAY and day not in holidays_of(day.year)


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
