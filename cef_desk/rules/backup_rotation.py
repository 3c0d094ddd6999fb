"""Which backups are kept: about a year, dense near today."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 12, 10, 9
_NEWEST = 3
_FRESH = timedelta(days=1)
_ALONE = timedelta(days=7)

Stamp = tuple[int, datetime]
"""How far a backup goes, by the number of its last step, and when the clock said it was made."""


def kept(stamps: Iterable[Stamp], now: datetime) -> set[Stamp]:
    """What stays: the last three, those of the last day, the last of each of 12 days, 10 weeks and 9 months.

    Order is by what a backup holds before it is by the clock: a clock gone back never costs the newest. Those the clock
    puts in the future, as after a wrong date, take the place of no other.
    """
    ordered = sorted(stamps, reverse=True)
    timely = [stamp for stamp in ordered if stamp[1] <= now + _FRESH]
    found = set(ordered[:_NEWEST]) | {stamp for stamp in timely if stamp[1] > now - _FRESH}
    for buckets, name in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        found |= _last_of_each(timely, name, buckets)
    return found


def is_too_long_alone(oldest: datetime | None, now: datetime) -> bool:
    """True when the oldest record of which no copy left this computer is a week old; none when a copy holds all."""
    return oldest is not None and now - oldest >= _ALONE


def _last_of_each(ordered: list[Stamp], name: Callable[[datetime], Hashable], buckets: int) -> set[Stamp]:
    last: dict[Hashable, Stamp] = {}
    for stamp in sorted(ordered, key=lambda stamp: (stamp[1], stamp[0]), reverse=True):
        bucket = name(stamp[1])
        if bucket not in last and len(last) == buckets:
            break
        last[bucket] = max(stamp, last.get(bucket, stamp))
    return set(last.values())


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    return at.isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    return at.year, at.month
