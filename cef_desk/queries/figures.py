"""An indicator is a pair of selections that explains itself; a figure is what it gives for a period."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cef_desk.rules.kinds import Subject
from cef_desk.rules.period import Period

Cases = Callable[[Period], Select[int]]


@dataclass(frozen=True)
class Indicator:
    """`numerator` and `denominator` select keys of `subject`; without denominator it is a count.

    `label` and `definition` are message ids; the definition is printed beside the figure.
    """

    code: str
    subject: Subject
    label: str
    definition: str
    numerator: Cases
    denominator: Cases | None = None


@dataclass(frozen=True)
class Figure:
    """A count, or a rate with its fraction; `denominator` is none for a count."""

    code: str
    numerator: int
    denominator: int | None

    @property
    def value(self) -> float | None:
        """The count, or the unrounded ratio; none on an empty denominator."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


def figure(session: Session, indicator: Indicator, period: Period) -> Figure:
    """One figure for one period."""
    part = _count(session, indicator.numerator(period))
    whole = None if indicator.denominator is None else _count(session, indicator.denominator(period))
    return Figure(indicator.code, part, whole)


def cases(session: Session, chosen: Select[int]) -> list[int]:
    """The keys behind a numerator or a denominator."""
    return list(session.scalars(chosen.order_by("id")))


def _count(session: Session, chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
