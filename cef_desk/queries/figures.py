"""An indicator is a pair of questions that explains itself; a figure is what it gives for a period and a scope."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, distinct, func, select
from sqlalchemy.orm import Session

from cef_desk.errors import Usage
from cef_desk.i18n import N_
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.unit import Unit
from cef_desk.queries.dimensions import MONTH, Code, Dimension, Slice, slices_of
from cef_desk.queries.facts import Facts, asked
from cef_desk.rules.kinds import Subject
from cef_desk.rules.period import Period


@dataclass(frozen=True, eq=False)
class Measure:
    """A number of days per fact, told as mean or median."""

    days: ColumnElement[int]
    median: bool


@dataclass(frozen=True, eq=False)
class Indicator:
    """`numerator` among `denominator`; without denominator a count, with `measure` a mean or median.

    A `quotient` sets two kinds of facts against each other: its numerator is no part of its denominator. A `stock`
    looks at the report date alone. `label` and `definition` are message ids; the definition is printed.
    """

    code: str
    label: str
    definition: str
    numerator: Facts
    denominator: Facts | None = None
    measure: Measure | None = None
    quotient: bool = False
    stock: bool = False

    @property
    def subject(self) -> Subject:
        """What it counts."""
        return self.numerator.subject

    def reached_by(self, dimension: Dimension) -> bool:
        """True when all the facts it counts have a value of the dimension, known or not."""
        if self.stock and dimension is MONTH:
            return False
        parts = (self.numerator, self.denominator or self.numerator)
        return all(part.subject in dimension.reaches for part in parts)


@dataclass(frozen=True)
class Scope:
    """The unit, or what is one counsellor's; `low_base` is the denominator below which a rate says little."""

    unit: str
    counsellor: str | None
    counsellor_id: int | None
    low_base: int


@dataclass(frozen=True)
class Figure:
    """A count, a rate or quotient with its two parts, or a mean or median of days over `denominator` facts."""

    code: str
    numerator: int | None
    denominator: int | None
    value: float | None
    low_base: bool
    slice: Slice | None = None


def scope_of(session: Session, counsellor: str | None = None) -> Scope:
    """The scope of a counsellor's code, or of the unit; refuses a code that is not known."""
    unit = session.execute(select(Unit.name, Unit.low_base)).one()
    if counsellor is None:
        return Scope(unit.name, None, None, unit.low_base)
    known = {row.code: row.id for row in session.execute(select(Counsellor.id, Counsellor.code))}
    wanted = counsellor.strip()
    alike = [wanted] if wanted in known else [code for code in known if code.casefold() == wanted.casefold()]
    if len(alike) != 1:
        raise Usage(N_("No counsellor has the code “{code}”."), code=counsellor)
    return Scope(unit.name, alike[0], known[alike[0]], unit.low_base)


def figure(session: Session, indicator: Indicator, period: Period, scope: Scope) -> Figure:
    """One figure for one period."""
    return _figures(session, indicator, period, scope, None)[None]


def sliced_figures(session: Session, indicator: Indicator, period: Period, scope: Scope, by: Dimension) -> list[Figure]:
    """One figure per slice that holds a fact, in the order of the slices; a missing value is a slice too."""
    refuse_out_of_reach(indicator, by)
    found = _figures(session, indicator, period, scope, by)
    return [replace(found[part.code], slice=part) for part in slices_of(session, by, found)]


def refuse_out_of_reach(indicator: Indicator, by: Dimension) -> None:
    """Refuses a dimension that the facts of an indicator do not have."""
    if not indicator.reached_by(by):
        raise Usage(N_("The figure {code} cannot be sliced by {dimension}."), code=indicator.code, dimension=by.code)


def counts(
    session: Session, facts: Facts, period: Period, scope: Scope, by: Dimension | None = None
) -> dict[Code, int]:
    """How many subjects, by slice; all under none when nothing is sliced."""
    if by is MONTH and facts.day is None:
        by_month = {part.month_code: counts(session, facts, part, scope)[None] for part in period.months()}
        return {code: number for code, number in by_month.items() if number}
    asking = _counting(facts, by, scope.counsellor_id is not None)
    rows = session.connection().execute(asking, values(period, scope))
    return {row[0] if by else None: row[-1] for row in rows}


def values(period: Period, scope: Scope) -> dict[str, object]:
    """What a question is asked with."""
    return {**asked(period), "counsellor": scope.counsellor_id}


@lru_cache(maxsize=1024)
def narrowed(facts: Facts, by: Dimension | None, *, scoped: bool) -> Select[Any]:
    """The question of some facts with the code of their slice as its first column, of one counsellor when `scoped`."""
    chosen = facts.rows.with_only_columns(maintain_column_froms=True)
    if scoped:
        chosen = chosen.where(facts.counsellor == bindparam("counsellor"))
    return chosen if by is None else by.joined(facts, chosen).add_columns(by.column(facts).label("slice"))


@lru_cache(maxsize=1024)
def _counting(facts: Facts, by: Dimension | None, scoped: bool) -> Select[Any]:  # noqa: FBT001  part of the key
    several = facts.distinct or (by is not None and by.multiple)
    number = func.count(distinct(facts.key)) if several else func.count()
    chosen = narrowed(facts, by, scoped=scoped).add_columns(number)
    return chosen if by is None else chosen.group_by(by.column(facts))


@lru_cache(maxsize=1024)
def _both(part: Facts, whole: Facts, scoped: bool) -> Select[Any]:  # noqa: FBT001  part of the key
    return select(_counting(part, None, scoped).scalar_subquery(), _counting(whole, None, scoped).scalar_subquery())


def _figures(
    session: Session, indicator: Indicator, period: Period, scope: Scope, by: Dimension | None
) -> dict[Code, Figure]:
    if indicator.measure is not None:
        return _measured(session, indicator, indicator.measure, period, scope, by)
    if by is None and indicator.denominator is not None:
        asking = _both(indicator.numerator, indicator.denominator, scope.counsellor_id is not None)
        up, down = session.connection().execute(asking, values(period, scope)).one()
        return {None: _figure(indicator, scope, up, down)}
    part = counts(session, indicator.numerator, period, scope, by)
    if indicator.denominator is None:
        return {key: _figure(indicator, scope, number, None) for key, number in part.items()}
    whole = counts(session, indicator.denominator, period, scope, by)
    return {key: _figure(indicator, scope, part.get(key, 0), whole.get(key, 0)) for key in {**whole, **part}}


def _figure(indicator: Indicator, scope: Scope, part: int, whole: int | None) -> Figure:
    if whole is None or indicator.denominator is None:
        return Figure(indicator.code, part, None, part, low_base=False)
    few = whole < scope.low_base and indicator.denominator.subject is not Subject.COUNSELLOR
    return Figure(indicator.code, part, whole, part / whole if whole else None, low_base=few)


def _measured(
    session: Session, indicator: Indicator, measure: Measure, period: Period, scope: Scope, by: Dimension | None
) -> dict[Code, Figure]:
    facts = indicator.numerator
    chosen = narrowed(facts, by, scoped=scope.counsellor_id is not None).add_columns(facts.key, measure.days).distinct()
    rows = session.execute(chosen, values(period, scope))
    days: defaultdict[Code, list[int]] = defaultdict(list, {} if by is not None else {None: []})
    for row in rows:
        days[row[0] if by else None].append(row[-1])
    return {key: _of_days(indicator, measure, scope, found) for key, found in days.items()}


def _of_days(indicator: Indicator, measure: Measure, scope: Scope, days: list[int]) -> Figure:
    few = len(days) < scope.low_base
    if measure.median:
        return Figure(indicator.code, None, len(days), float(median(days)) if days else None, low_base=few)
    return Figure(indicator.code, sum(days), len(days), sum(days) / len(days) if days else None, low_base=few)
