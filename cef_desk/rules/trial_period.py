"""The trial period of a contract: domain/rules.md a.4 (Code du travail L.1242-10, L.1251-14, L.5134-44 and 89)."""

from datetime import date, timedelta

from cef_desk.rules.kinds import Form
from cef_desk.rules.period import last_day_of_term

ONE_MONTH_KINDS = frozenset({"CIRMA_CDD", "CIRMA_CTT", "CA"})
_SHORT_TERM_MONTHS, _MOST_DAYS = 6, 14


def last_trial_day(kind_code: str, form: str, starts_on: date, planned_end_on: date | None) -> date | None:
    """The last day of the trial; none for a CDI, whose length the collective agreement decided before 07/2009."""
    if planned_end_on is None or form == Form.CDI:
        return None
    if kind_code in ONE_MONTH_KINDS:
        return min(last_day_of_term(starts_on, 1), planned_end_on)
    if form == Form.CTT:
        steps = ((1, 2), (2, 3))
        days = next((days for months, days in steps if planned_end_on <= last_day_of_term(starts_on, months)), 5)
        return starts_on + timedelta(days=days - 1)
    if planned_end_on > last_day_of_term(starts_on, _SHORT_TERM_MONTHS):
        return last_day_of_term(starts_on, 1)
    weeks = ((planned_end_on - starts_on).days + 1) // 7
    return starts_on + timedelta(days=max(1, min(weeks, _MOST_DAYS)) - 1)
