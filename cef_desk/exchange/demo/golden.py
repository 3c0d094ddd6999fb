"""The figures that the demonstration must give, to the unit; domain/demo.md, sections 1, 2 and 5."""

from cef_desk.exchange.demo.plan import OPENING, TODAY, months
from cef_desk.queries.dimensions import MONTH
from cef_desk.queries.figures import Scope, counts, figure, scope_of
from cef_desk.queries.indicators import INDICATORS, entered, left, signed
from cef_desk.rules.kinds import ExitFamily
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk

SINCE_OPENING: dict[str, tuple[int, int | None]] = {
    "I01": (2_220, None), "I02": (660, None), "I02.PER_COUNSELLOR": (660, 9), "I03": (2_500, None),
    "I04": (1_480, None), "R1": (421, 2_500), "R2": (344, 2_500), "R4": (148, 2_500), "S1": (795, 1_500),
    "S2": (795, 1_560), "S3": (795, 2_220), "S5": (795, 1_480), "I07": (960, 1_500), "I08": (494, 1_500),
    "I10.3M.DUE": (541, 693), "I10.3M.REACHED": (541, 618), "I10.6M.DUE": (413, 579),
    "I10.6M.REACHED": (413, 492), "I12": (16_428, 2_220), "I12.NO_SHOWS": (2_190, 18_618),
    "I13": (6_250, 2_500), "I14": (890, None), "I15": (356, 890), "I17.CDI": (655, 2_500),
    "I17.FULL_TIME": (1_275, 2_500),
}  # fmt: skip
"""Code -> numerator and denominator, since the opening, at 31 January 2008."""

BOUNDS: dict[str, tuple[float, float]] = {
    "R3": (0.26, 0.29), "S4": (0.35, 0.48), "I09.3M": (0.85, 0.91), "I09.6M": (0.76, 0.83), "I09.12M": (0.50, 0.60),
    "I11.MEAN": (60, 85), "I11.MEDIAN": (45, 75), "I11.WITHIN_6M": (0.65, 0.78),
}  # fmt: skip
"""Figures the construction fixes, with the bounds in which they are plausible."""


def refuse_wrong_figures(desk: Desk) -> None:
    """Fails when a figure is not the golden one: the file is then not written."""
    scope, period = desk.see(scope_of), Period.of(OPENING, TODAY)
    wrong: dict[str, object] = {}
    for code, expected in SINCE_OPENING.items():
        found = desk.see(figure, INDICATORS[code], period, scope)
        if (found.numerator, found.denominator) != expected:
            wrong[code] = (found.numerator, found.denominator)
    for code, (least, most) in BOUNDS.items():
        value = desk.see(figure, INDICATORS[code], period, scope).value
        if value is None or not least <= value <= most:
            wrong[code] = (value, None)
    wrong |= _wrong_months(desk, scope, period)
    if wrong:
        raise LookupError(wrong)


def _wrong_months(desk: Desk, scope: Scope, period: Period) -> dict[str, object]:
    """The months that are not as planned: entries, contracts, ruptures, exits by family, caseload."""
    found = {
        name: desk.see(counts, facts, period, scope, MONTH)
        for name, facts in {
            "entries": entered.ENTERED, "contracts": signed.SIGNED, "ruptures": signed.R5.numerator,
            "employment": left.TO_EMPLOYMENT, "positive": left.POSITIVE, "other": left.OTHER, "neutral": left.NEUTRAL,
        }.items()
    }  # fmt: skip
    wrong: dict[str, object] = {}
    for month in months():
        code = f"{month.first:%Y-%m}"
        told = {name: by_month.get(code, 0) for name, by_month in found.items()}
        at = Period.month(month.first.year, month.first.month)
        told["caseload"] = desk.see(counts, entered.OPEN, at, scope)[None]
        expected = {
            "entries": month.entries, "contracts": sum(month.kinds.values()), "ruptures": month.ruptures,
            "employment": month.exits[ExitFamily.DURABLE], "positive": month.exits[ExitFamily.POSITIVE],
            "other": month.exits[ExitFamily.OTHER], "neutral": month.exits[ExitFamily.NEUTRAL],
            "caseload": month.caseload,
        }  # fmt: skip
        if told != expected:
            wrong[code] = told
    return wrong
