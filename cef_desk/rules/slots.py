"""Where an appointment can stand in a diary: on a working day, at a free hour."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cef_desk.rules.working_days import next_working

SIX_WEEKS = timedelta(weeks=6)
"""domain/rules.md (h): a counsellor sees each of 85 people every six weeks."""

_STEP = timedelta(minutes=30)
_ROUND = timedelta(minutes=15)
_OPENS, _CLOSES = time(8, 30), time(18)
_MOST_DAYS = 60


@dataclass(frozen=True)
class Taken:
    """A time that is given away already, and to whom."""

    at: datetime
    minutes: int
    who: str = ""

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.at + timedelta(minutes=self.minutes)


def clash(at: datetime, minutes: int, taken: Collection[Taken]) -> Taken | None:
    """The first of what is taken that this would stand upon; ends that touch do not clash."""
    until = at + timedelta(minutes=minutes)
    over = [each for each in taken if each.at < until and at < each.until]
    return min(over, key=lambda each: each.at, default=None)


def next_appointment(met_at: datetime, minutes: int, taken: Collection[Taken]) -> datetime:
    """The same weekday and hour in six weeks, to the quarter of an hour.

    When that is taken or outside the hours of the unit, the nearest free hour of it.
    """
    rounded = datetime.min + round((met_at - datetime.min) / _ROUND) * _ROUND
    wanted = rounded + SIX_WEEKS
    day = next_working(wanted.date())
    for _day in range(_MOST_DAYS):
        hours = sorted(_hours(day, minutes), key=lambda hour: (abs(hour - datetime.combine(day, wanted.time())), hour))
        usual = datetime.combine(day, wanted.time())
        asked = [usual, *hours] if wanted.time() >= _OPENS and usual <= _latest(day, minutes) else hours
        free = next((hour for hour in asked if clash(hour, minutes, taken) is None), None)
        if free is not None:
            return free
        day = next_working(day + timedelta(days=1))
    return datetime.combine(day, wanted.time())


def slot_after(at: datetime, minutes: int, taken: Collection[Taken]) -> datetime:
    """The next free hour of the diary, after one that does not suit."""
    day = at.date()
    for _day in range(_MOST_DAYS):
        day = next_working(day)
        free = (hour for hour in _hours(day, minutes) if hour > at and clash(hour, minutes, taken) is None)
        if (found := next(free, None)) is not None:
            return found
        day += timedelta(days=1)
    return at


def _latest(day: date, minutes: int) -> datetime:
    """The last moment at which so many minutes end while the unit is open."""
    return datetime.combine(day, _CLOSES) - timedelta(minutes=minutes)


def _hours(day: date, minutes: int) -> list[datetime]:
    """Every half hour of a day at which so many minutes begin and end while the unit is open."""
    first, last = datetime.combine(day, _OPENS), _latest(day, minutes)
    return [first + step * _STEP for step in range(max(0, (last - first) // _STEP + 1))]
