"""Periods of a figure, and calendar months."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cef_desk.errors import Usage
from cef_desk.i18n import N_


@dataclass(frozen=True)
class Period:
    """First and last day, both included; facts count when their event day is not after `at`, the report date."""

    first: date
    last: date
    at: date

    @classmethod
    def of(cls, first: date, last: date, at: date | None = None) -> "Period":
        """A period whose report date is its last day unless said otherwise; refuses an empty one."""
        if first > last:
            raise Usage(N_("The period ends on {last}, before it begins on {first}."), first=first, last=last)
        if at is not None and at < first:
            raise Usage(
                N_("The report date {at} comes before the period, which begins on {first}."), at=at, first=first
            )
        return cls(first, last, at or last)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """One calendar month."""
        return cls.of(date(year, month, 1), end_of_month(date(year, month, 1)))

    @property
    def month_code(self) -> str:
        """The month of the first day, as slices name it: 2006-11."""
        return f"{self.first:%Y-%m}"

    def year_to_date(self) -> "Period":
        """From 1 January of the year of the last day."""
        return Period(date(self.last.year, 1, 1), self.last, self.at)

    def since(self, opening: date) -> "Period":
        """From the opening of the unit; refuses a period that ends before it."""
        self.refuse_before(opening)
        return Period(opening, self.last, self.at)

    def refuse_before(self, opening: date) -> None:
        """Refuses a period that ends before the unit opened."""
        if self.last < opening:
            raise Usage(N_("The unit opened on {opening}: there is no figure before."), opening=opening)

    def months(self) -> Iterator["Period"]:
        """Its calendar months up to the report date, the first and the last one cut where it begins and ends."""
        first, until = self.first, min(self.last, self.at)
        while first <= until:
            last = min(end_of_month(first), until)
            yield Period(first, last, self.at)
            first = last + timedelta(days=1)


def end_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later, or the last of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(start: date, months: int) -> date:
    """The last day of a contract of some months: start + months - 1 day (domain/demo.md, section 6, 2)."""
    return add_months(start, months) - timedelta(days=1)


def age_on(born: date, day: date) -> int:
    """Whole years from birth to a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(start: date, last_day: date) -> int:
    """The whole months of a term given by its last day, included."""
    months = (last_day.year - start.year) * 12 + last_day.month - start.month + 1
    while months > 0 and last_day_of_term(start, months) > last_day:
        months -= 1
    return months
