"""The trial period of a contract: domain/rules.md a.4 (Code du travail L.1242-10, L.1251-14, L.5134-44 and 89)."""

from datetime import date, timedelta

from cef_desk.rules.kinds import Form
from cef_desk.rules.period import last_day_of_term, months_between

ONE_MONTH_KINDS = frozenset({"CIRMA_CDD", "CIRMA_CTT", "CA"})
_SHORT_TERM_MONTHS = 6


def last_trial_day(kind_code: str, form: str, starts_on: date, planned_end_on: date | None) -> date | None:
    """The last day of the trial; none for a CDI, whose length the collective agreement decided before 07/2009."""
    if planned_end_on is None or form == Form.CDI:
        return None
    if kind_code in ONE_MONTH_KINDS:
        return min(last_day_of_term(starts_on, 1), planned_end_on)
    months, days = months_between(starts_on, planned_end_on), (planned_end_on - starts_on).days + 1
    if form == Form.CTT:
        return starts_on + timedelta(days=(2 if months < 1 or days <= 31 else 3 if months <= 2 else 5) - 1)  # noqa: PLR2004  days of L.1251-14
    if months > _SHORT_TERM_MONTHS:
        return last_day_of_term(starts_on, 1)
    return starts_on + timedelta(days=max(1, min(days // 7, 14)) - 1)
