"""What a person's file asks for on a day, by the delays of domain/data/alertes.csv; named by their codes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NO_MEETING_DAYS = 45
CONTRACT_END_DAYS = 30
INSERTION_END_DAYS = 30
_TRIAL_DAYS = ((60, 21), (15, 7), (0, 3))
"""Length of the trial in days, from the longest -> days before its end."""


class AlertCode(StrEnum):
    """The rule that speaks."""

    NO_MEETING = "SANS_RDV"
    TRIAL_END = "ESSAI_FIN"
    CONTRACT_END = "CTR_FIN"
    INSERTION_END = "CI_FIN"


@dataclass(frozen=True)
class Alert:
    """`days` to go before the day the rule speaks of, or passed since the last meeting; `late` asks for red."""

    code: AlertCode
    days: int
    late: bool = False


def no_meeting(today: date, last_contact: date, *, searching: bool) -> Alert | None:
    """SANS_RDV: nobody in active search stays over 45 days without a meeting; entry counts as the first contact."""
    days = (today - last_contact).days
    return Alert(AlertCode.NO_MEETING, days, late=True) if searching and days > NO_MEETING_DAYS else None


def trial_end(today: date, starts_on: date, trial_end_on: date | None) -> Alert | None:
    """ESSAI_FIN_*: the end of a trial is near, the sooner told the longer the trial."""
    if trial_end_on is None or trial_end_on < today or starts_on > today:
        return None
    length = (trial_end_on - starts_on).days + 1
    ahead = next(days for least, days in _TRIAL_DAYS if length >= least)
    days = (trial_end_on - today).days
    return Alert(AlertCode.TRIAL_END, days) if days <= ahead else None


def soon(code: AlertCode, today: date, day: date | None, ahead: int) -> Alert | None:
    """CTR_FIN, CI_FIN: a day that comes within some days."""
    if day is None or not 0 <= (day - today).days <= ahead:
        return None
    return Alert(code, (day - today).days)


def most_urgent(*alerts: Alert | None) -> Alert | None:
    """The late one, else the one whose day comes first."""
    told = [alert for alert in alerts if alert is not None]
    return min(told, key=lambda alert: (not alert.late, alert.days), default=None)
