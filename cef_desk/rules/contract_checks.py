"""What a contract and its rupture must hold: domain/rules.md a.5; only logic refuses, the law warns."""

from datetime import date

from cef_desk.errors import Refusal
from cef_desk.i18n import N_


def check_contract_days(starts_on: date, planned_end_on: date | None, ended_on: date | None) -> None:
    """Refuses an end before the start (C01 E)."""
    if planned_end_on is not None and planned_end_on < starts_on:
        raise Refusal(
            N_("The end on {end} comes before the start on {start}."),
            field="planned_end_on", end=planned_end_on, start=starts_on,
        )  # fmt: skip
    if ended_on is not None and ended_on < starts_on:
        raise Refusal(
            N_("The end on {end} comes before the start on {start}."), field="ended_on", end=ended_on, start=starts_on
        )


def check_rupture_day(day: date, starts_on: date, planned_end_on: date | None) -> None:
    """Refuses a rupture outside the days of its contract."""
    if day < starts_on or (planned_end_on is not None and day > planned_end_on):
        raise Refusal(N_("The rupture on {day} is outside the days of the contract."), field="day", day=day)


PLACEMENT_GAP_DAYS = 15
"""Two contracts with one employer make one placement when at most so many days lie between them."""

DURABLE_MONTHS = 6
"""A term is durable from so many months on (`durable_min_months`, domain/rules.md (c))."""

FULL_TIME_HOURS = 35
