"""The figures of the monthly sheet: one line an indicator, columns month, year to date, since opening."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.errors import Refusal, Usage
from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.pathway import Pathway
from cef_desk.model.unit import Unit
from cef_desk.queries import indicators
from cef_desk.queries.figures import Figure, Indicator, figure
from cef_desk.rules.period import Period


@dataclass(frozen=True)
class Line:
    """One line of the sheet; a cell is none where the figure has no meaning. Labels are message ids."""

    code: str
    block: str
    label: str
    definition: str
    month: Figure | None
    year: Figure | None
    opening: Figure | None


@dataclass(frozen=True)
class MonthSheet:
    """Everything the sheet shows, ready to be printed: no name of any person."""

    unit: str
    scheme: str
    demonstration: bool
    month: date
    opened_on: date
    last: date
    today: date
    lines: tuple[Line, ...]


_PUBLIC, _CONTRACTS = N_("Public"), N_("Contracts")
_EXITS, _FOLLOW_UP = N_("Exits"), N_("Follow-up")
_LINES: tuple[tuple[str, str, Indicator, bool], ...] = (
    # code of the sheet, block, indicator, whether the month alone has a meaning: R1 is a cohort that needs time
    ("ENTRIES", _PUBLIC, indicators.ENTRIES, True),
    ("CASELOAD", _PUBLIC, indicators.CASELOAD, True),
    ("CONTRACTS", _CONTRACTS, indicators.CONTRACTS, True),
    ("RUPTURES", _CONTRACTS, indicators.RUPTURES, True),
    ("R1", _CONTRACTS, indicators.RUPTURE_RATE, False),
    ("EXITS", _EXITS, indicators.EXITS, True),
    ("S1", _EXITS, indicators.EXIT_RATE, True),
    ("MEETINGS", _FOLLOW_UP, indicators.MEETINGS, True),
)


def month_sheet(session: Session, month: Period, today: date) -> MonthSheet:
    """Counts one month for the unit; refuses a month before the opening or after today's."""
    unit = session.execute(select(Unit.name, Unit.scheme, Unit.frozen_today)).one()
    opened_on = opening(session)
    if opened_on is None:
        raise Refusal(N_("There is nothing to count yet: no entry and no contract is recorded."))
    if month.first > today:
        raise Usage(N_("This month has not begun."))
    since = month.since(opened_on)
    lines = tuple(
        Line(
            code, block, item.label, item.definition,
            figure(session, item, month) if month_counts else None,
            figure(session, item, month.year_to_date()),
            figure(session, item, since),
        )
        for code, block, item, month_counts in _LINES
    )  # fmt: skip
    return MonthSheet(
        unit.name, unit.scheme, unit.frozen_today is not None, month.first, opened_on, month.last, today, lines
    )


def opening(session: Session) -> date | None:
    """The day the unit opened, else the earliest entry or signature recorded."""
    typed: date | None = session.scalar(select(Unit.opened_on))
    if typed is not None:
        return typed
    days = session.execute(
        select(select(func.min(Pathway.entered_on)).scalar_subquery(),
               select(func.min(Contract.signed_on)).scalar_subquery())
    ).one()  # fmt: skip
    known = [day for day in days if day is not None]
    return min(known, default=None)
