"""The days of something that comes back: never on a Sunday or a holiday."""

from datetime import date, timedelta

from cef_desk.rules.kinds import Repeat
from cef_desk.rules.period import add_months
from cef_desk.rules.working_days import is_open, is_working, previous_working

_WEEKS = {Repeat.WEEKLY: 1, Repeat.FORTNIGHTLY: 2}
_SATURDAY = 5
MOST = 60
"""More than a year of weeks in one go is a slip of the keys."""


def days_of(first: date, repeat: Repeat | None, last: date | None) -> list[date]:
    """The days from the first to the last, both included; one that is closed gives way to the next that is not.

    A series begun on a Saturday keeps its Saturdays; any other falls from Monday to Friday. None comes twice.
    """
    if repeat is None or last is None:
        return [first]
    found: list[date] = []
    for turn in range(MOST + 1):
        weeks = _WEEKS.get(repeat)
        wanted = first + timedelta(weeks=turn * weeks) if weeks else add_months(first, turn)
        if wanted > last:
            break
        day = _free(wanted, saturdays=first.weekday() == _SATURDAY)
        if repeat is Repeat.MONTHLY and day.month != wanted.month:
            day = previous_working(wanted)
        if first <= day <= last and day not in found:
            found.append(day)
    return found


def _free(day: date, *, saturdays: bool) -> date:
    while not (is_open(day) if saturdays else is_working(day)):
        day += timedelta(days=1)
    return day
