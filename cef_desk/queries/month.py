"""The figures of the monthly sheet: domain/demo.md, section 5, for the unit or one counsellor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from cef_desk.errors import Refusal, Usage
from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.unit import Unit
from cef_desk.queries.cases import Case, Question, case_list
from cef_desk.queries.dimensions import MONTH, Dimension
from cef_desk.queries.facts import Facts
from cef_desk.queries.figures import Figure, Indicator, Scope, counts, figure, scope_of
from cef_desk.queries.indicators import coming, companies, employed, entered, left, signed
from cef_desk.queries.selection import Selection
from cef_desk.rules.kinds import ListName, Subject
from cef_desk.rules.period import Period, add_months

CHART_MONTHS = 13


@dataclass(frozen=True)
class Line:
    """One line of the sheet; a cell is none where the figure has no meaning. `label` and `block` are message ids."""

    code: str
    block: str
    label: str
    definition: str
    quotient: bool
    month: Figure | None
    year: Figure | None
    opening: Figure | None
    last_year: Figure | None

    @property
    def decimals(self) -> int:
        """How a quotient is told."""
        return 1 if self.code == "CASELOAD_PER_COUNSELLOR" else 2


@dataclass(frozen=True)
class ChartPoint:
    """One month of the charts: contracts signed in it, R1 and S1 since the opening at its end."""

    month: date
    contracts: int
    rupture_rate: Figure
    exit_rate: Figure


@dataclass(frozen=True)
class MonthSheet:
    """Everything the sheet shows, ready to be printed: no name of any person.

    `periods` are those of its columns, by name; none for last year before the opening.
    """

    scope: Scope
    scheme: str
    demonstration: bool
    month: Period
    opened_on: date
    today: date
    counsellors: int
    periods: Mapping[str, Period | None]
    lines: tuple[Line, ...]
    chart: tuple[ChartPoint, ...]

    @property
    def counted_at(self) -> date:
        """The day of the figures: the last of the month, or today while it runs."""
        return self.month.at


@dataclass(frozen=True)
class _Told:
    """A line to count: its indicator and the columns where it has a meaning."""

    code: str
    block: str
    label: str
    counted: Indicator
    columns: frozenset[str]


_PUBLIC, _CONTRACTS, _RUPTURES = N_("A. Public"), N_("B. Contracts"), N_("C. Ruptures")
_EXITS, _FOLLOW_UP = N_("D. Exits"), N_("E. Follow-up")
_COMPANIES, _COMING = N_("F. Companies"), N_("G. Coming")

_ALL = frozenset({"month", "year", "opening", "last_year"})
_COHORT = frozenset({"year", "opening"})
_STATE = frozenset({"month", "last_year"})
_NOW = frozenset({"month"})


def _plain(code: str, facts: Facts) -> Indicator:
    return Indicator(code, "", "", facts)


_GROUPS = (
    ("CIRMA_CDI", N_("CI-RMA, CDI")), ("CIRMA_CDD", N_("CI-RMA, CDD")), ("CIRMA_CTT", N_("CI-RMA, mission")),
    ("CA", N_("Contrat d'avenir")), ("CAE", N_("CAE")), ("CIE", N_("CIE")), ("CDI", N_("CDI")),
    ("CDD_6P", N_("CDD of six months and more")), ("CDD_M6", N_("CDD under six months")),
    ("CTT", N_("Temporary work")), ("SAISON", N_("Seasonal")), ("ALT_IAE", N_("Apprenticeship, IAE")),
    ("OTHER", N_("Other contracts")),
)  # fmt: skip

_BEFORE_GROUPS = (
    _Told("ENTRIES", _PUBLIC, N_("Entries"), entered.ENTRIES, _ALL),
    _Told("EXITS", _PUBLIC, N_("Exits (all)"), _plain("EXITS", left.EXITED), _ALL),
    _Told("CASELOAD", _PUBLIC, N_("Caseload at the end of the month"), entered.CASELOAD, _ALL),
    _Told("CASELOAD_PER_COUNSELLOR", _PUBLIC, N_("Caseload per counsellor"), entered.CASELOAD_PER_COUNSELLOR, _STATE),
    _Told("CONTRACTS", _CONTRACTS, N_("Contracts signed"), signed.CONTRACTS, _ALL),
)
_AFTER_GROUPS = (
    _Told("RUPTURES", _RUPTURES, N_("Ruptures dated in the period"), _plain("R5", signed.R5.numerator), _ALL),
    _Told("R6", _RUPTURES, N_("Broken within six months"), signed.R6, _STATE),
    _Told("R1", _RUPTURES, N_("Rupture rate (R1)"), signed.R1, _COHORT),
    _Told("EXITS.EMPLOYMENT", _EXITS, N_("To a job"), _plain("EXITS.EMPLOYMENT", left.TO_EMPLOYMENT), _ALL),
    _Told("EXITS.POSITIVE", _EXITS, N_("Positive"), _plain("EXITS.POSITIVE", left.POSITIVE), _ALL),
    _Told("EXITS.OTHER", _EXITS, N_("Others"), _plain("EXITS.OTHER", left.OTHER), _ALL),
    _Told("EXITS.NEUTRAL", _EXITS, N_("Not counted (detail)"), _plain("EXITS.NEUTRAL", left.NEUTRAL), _ALL),
    _Told("S1", _EXITS, N_("Exit rate to employment (S1)"), left.S1, _ALL),
    _Told("DYNAMIC", _EXITS, N_("Dynamic exits"), left.DYNAMIC_RATE, _ALL),
    _Told("MEETINGS", _FOLLOW_UP, N_("Meetings held"), _plain("MEETINGS", entered.MEETINGS), _ALL),
    _Told("MEETINGS_PER_PERSON", _FOLLOW_UP, N_("Meetings per person"), entered.MEETINGS_PER_PERSON, _ALL),
    _Told("NO_SHOWS", _FOLLOW_UP, N_("Appointments not kept"), entered.NO_SHOWS, _ALL),
    _Told("CHECK_UPS", _FOLLOW_UP, N_("Follow-ups in companies"), _plain("CHECK_UPS", signed.CHECK_UPS), _ALL),
    _Told("RETENTION.3M", _FOLLOW_UP, N_("Still in a job after 3 months"), employed.RETENTION_3M, _ALL),
    _Told("RETENTION.6M", _FOLLOW_UP, N_("Still in a job after 6 months"), employed.RETENTION_6M, _ALL),
    _Told("COMPANIES.PROSPECTED", _COMPANIES, N_("Prospected"), _plain("PROSPECTED", companies.PROSPECTED), _ALL),
    _Told("COMPANIES.VISITED", _COMPANIES, N_("Visited"), _plain("VISITED", companies.VISITED), _ALL),
    _Told("OFFERS", _COMPANIES, N_("Offers received"), _plain("OFFERS", companies.OFFERS), _ALL),
    _Told("COMPANIES.HIRED", _COMPANIES, N_("Companies that hired"), companies.COMPANIES_HIRED, _ALL),
    _Told("COMPANIES.LOYAL", _COMPANIES, N_("at least two people"), companies.LOYAL, _ALL),
    _Told("UPCOMING.ENDS", _COMING, N_("Contracts ending within 30 days"), _plain("ENDS", coming.ENDS), _NOW),
    _Told("UPCOMING.TRIALS", _COMING, N_("Trial periods ending within 30 days"), _plain("TRIALS", coming.TRIALS), _NOW),
    _Told("UPCOMING.CHECKS", _COMING, N_("Checks due at 3 and 6 months"), _plain("CHECKS", coming.CHECKS), _NOW),
    _Told("UPCOMING.CI", _COMING, N_("Insertion contracts to renew"), _plain("CI", coming.INSERTION_CONTRACTS), _NOW),
)


def _group() -> ColumnElement[str]:
    """The line of the sheet where a contract kind stands; plain CDD by the length of their term."""
    listed = (
        select(ListEntry.sheet_group)
        .where(ListEntry.list_name == ListName.CONTRACT_KIND, ListEntry.code == Contract.kind_code)
        .scalar_subquery()
    )
    by_term = case((signed.DURABLE, "CDD_6P"), else_="CDD_M6")
    return case((listed == "CDD", by_term), else_=func.coalesce(listed, "OTHER"))


_GROUP = Dimension("group", "", frozenset({Subject.CONTRACT}), lambda _facts: _group())


def month_sheet(session: Session, month: Period, today: date, counsellor: str | None = None) -> MonthSheet:
    """Counts one month; refuses one before the opening or after today, and a counsellor who is not known."""
    scope = scope_of(session, counsellor)
    unit = session.execute(select(Unit.scheme, Unit.frozen_today)).one()
    opened_on = opening(session)
    if opened_on is None:
        raise Refusal(N_("There is nothing to count yet: no entry and no contract is recorded."))
    if month.first > today:
        raise Usage(N_("This month has not begun."))
    month = replace(month, at=min(month.last, today))
    columns = _columns(month, opened_on)
    count = _Counter(session, scope, columns)
    return MonthSheet(
        scope, unit.scheme, unit.frozen_today is not None, month, opened_on, today,
        counts(session, entered.PRESENT, month, scope)[None], columns,
        (*map(count.line, _BEFORE_GROUPS), *count.groups(), *map(count.line, _AFTER_GROUPS)),
        tuple(_chart(session, month, opened_on, scope)),
    )  # fmt: skip


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


def _columns(month: Period, opened_on: date) -> dict[str, Period | None]:
    before = Period.month(month.first.year - 1, month.first.month)
    return {
        "month": month,
        "year": month.year_to_date(),
        "opening": month.since(opened_on),
        "last_year": before if before.last >= opened_on else None,
    }


@dataclass(frozen=True)
class _Counter:
    session: Session
    scope: Scope
    columns: Mapping[str, Period | None]

    def line(self, told: _Told) -> Line:
        """One line, counted where it has a meaning."""
        return self._line(
            told,
            lambda name, period: (
                figure(self.session, told.counted, period, self.scope) if name in told.columns else None
            ),
        )

    def groups(self) -> list[Line]:
        """The contracts by kind: one question a column."""
        found = {
            name: counts(self.session, signed.SIGNED, period, self.scope, _GROUP)
            for name, period in self.columns.items()
            if period is not None
        }

        def cell(code: str) -> Callable[[str, Period], Figure]:
            return lambda name, _period: _count_of(code, found[name].get(code.removeprefix("CONTRACTS."), 0))

        return [
            self._line(_Told(f"CONTRACTS.{code}", _CONTRACTS, label, signed.CONTRACTS, _ALL), cell(f"CONTRACTS.{code}"))
            for code, label in _GROUPS
        ]

    def _line(self, told: _Told, cell: Callable[[str, Period], Figure | None]) -> Line:
        cells = {name: cell(name, period) if period is not None else None for name, period in self.columns.items()}
        return Line(told.code, told.block, told.label, told.counted.definition, told.counted.quotient, **cells)


def _count_of(code: str, number: int) -> Figure:
    return Figure(code, number, None, number, low_base=False)


def _chart(session: Session, month: Period, opened_on: date, scope: Scope) -> list[ChartPoint]:
    starts = [add_months(month.first, -back) for back in reversed(range(CHART_MONTHS))]
    shown = [replace(each, at=min(each.last, month.at)) for each in (Period.month(s.year, s.month) for s in starts)]
    shown = [each for each in shown if each.last >= opened_on]
    by_month = counts(session, signed.SIGNED, replace(month, first=shown[0].first), scope, MONTH)
    return [
        ChartPoint(
            each.first,
            by_month.get(each.month_code, 0),
            figure(session, signed.R1, each.since(opened_on), scope),
            figure(session, left.S1, each.since(opened_on), scope),
        )
        for each in shown
    ]


_BY_CODE = {told.code: told for told in (*_BEFORE_GROUPS, *_AFTER_GROUPS)}
_GROUP_LINE = "CONTRACTS."


def line_question(code: str, part: str = "numerator") -> Question:
    """What a cell of a line counts: its numerator or its denominator."""
    if code.startswith(_GROUP_LINE):
        return Question(signed.CONTRACTS, part, _GROUP, code.removeprefix(_GROUP_LINE))
    return Question(_BY_CODE[code].counted, part)


def line_cases(sheet: MonthSheet, code: str, column: str, part: str = "numerator") -> Selection[Case]:
    """The rows behind a cell of the sheet, latest first; the cell has to be counted."""
    period = sheet.periods[column]
    if period is None:
        raise Usage(N_("The unit opened on {opening}: there is no figure before."), opening=sheet.opened_on)
    return case_list(line_question(code, part), period, sheet.scope)


def chart_cases(sheet: MonthSheet, code: str, month: date) -> Selection[Case]:
    """The rows behind a point of the charts: contracts signed in a month, R1 or S1 since the opening at its end."""
    whole = Period.month(month.year, month.month)
    shown = replace(whole, at=min(whole.last, sheet.month.at))
    period = shown if code == "CONTRACTS" else shown.since(sheet.opened_on)
    return case_list(line_question(code), period, sheet.scope)
