"""Each rule the day before, the day and the day after, across holidays and year ends, for RMI and for RSA."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cef_desk.paths import resources
from cef_desk.rules.alerts import (
    DELAYS,
    Alert,
    AlertCode,
    Delay,
    after_absence,
    after_exit,
    after_rupture,
    alert,
    balance,
    check_up,
    check_ups,
    commitment,
    company_wakes,
    contract_end,
    insertion,
    most_urgent,
    no_meeting,
    prospect,
    quarterly_return,
    trial_end,
    waiting,
    without_term,
)
from cef_desk.rules.working_days import is_working

DAY = timedelta(days=1)
ABOUT = {
    "a Wednesday": date(2006, 11, 22), "the end of a year": date(2006, 12, 31), "before the feasts": date(2007, 12, 20),
    "Pentecost Monday, worked": date(2007, 5, 28), "Pentecost Monday of the RSA": date(2026, 5, 25),
    "14 July": date(2026, 7, 14), "29 February": date(2008, 2, 29),
}  # fmt: skip


def shown() -> list[dict[str, str]]:
    with (resources() / "lists" / "alertes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_delay_is_that_of_the_list_of_alerts() -> None:
    listed = {
        row["code"]: Delay(int(row["defaut"]), before=row["sens"] == "avant", months=row["unite"] == "mois")
        for row in shown()
    }
    assert {code.value: delay for code, delay in DELAYS.items()} == listed
    assert len(AlertCode) == len(listed) == 32


@pytest.mark.parametrize("code", AlertCode)
@pytest.mark.parametrize("about", ABOUT)
def test_a_rule_is_silent_the_day_before_and_never_stops_by_itself(code: AlertCode, about: str) -> None:
    told = alert(code, ABOUT[about])
    assert told is not None
    assert is_working(told.since)
    assert not told.shows(told.since - DAY)
    assert told.shows(told.since)
    assert told.shows(told.since + DAY)
    assert told.shows(told.since + 4000 * DAY)
    assert not told.is_late(told.due)
    assert told.is_late(told.due + DAY)
    assert told.due >= told.since


@pytest.mark.parametrize(
    ("code", "about", "since", "due"),
    [
        (AlertCode.CONTRACT_END, date(2007, 1, 31), date(2006, 12, 29), date(2007, 1, 31)),  # New Year's Day: before
        (AlertCode.CONTRACT_END, date(2006, 12, 22), date(2006, 11, 22), date(2006, 12, 22)),
        (AlertCode.AIDED_CONTRACT_END, date(2007, 1, 10), date(2006, 11, 10), date(2007, 1, 10)),  # 11 November
        (AlertCode.END_TO_CONFIRM, date(2006, 11, 10), date(2006, 11, 13), date(2006, 11, 13)),  # a Saturday: after
        (AlertCode.CHECK_UP_J8, date(2006, 11, 9), date(2006, 11, 17), date(2006, 11, 17)),
        (AlertCode.CHECK_UP_J8, date(2006, 12, 17), date(2006, 12, 26), date(2006, 12, 26)),  # Christmas
        (AlertCode.CHECK_UP_M3, date(2005, 11, 30), date(2006, 2, 28), date(2006, 2, 28)),
        (AlertCode.RUPTURE, date(2006, 11, 22), date(2006, 11, 27), date(2006, 11, 27)),  # over a week-end
        (AlertCode.SIX_MONTHS_BALANCE, date(2006, 1, 2), date(2006, 7, 3), date(2006, 7, 3)),
        (AlertCode.EXIT_3_MONTHS, date(2006, 8, 22), date(2006, 11, 22), date(2006, 11, 22)),
        (AlertCode.EXIT_6_MONTHS, date(2006, 8, 31), date(2007, 2, 28), date(2007, 2, 28)),
        (AlertCode.NO_MEETING, date(2006, 10, 6), date(2006, 11, 20), date(2006, 11, 20)),
        (AlertCode.NO_MEETING, date(2026, 5, 30), date(2026, 7, 15), date(2026, 7, 15)),  # 14 July 2026, RSA
        (AlertCode.QUARTERLY_RETURN, date(2006, 12, 31), date(2006, 12, 22), date(2006, 12, 31)),  # a Sunday: before
        (AlertCode.INSERTION_END, date(2006, 12, 1), date(2006, 10, 31), date(2006, 12, 1)),  # All Saints' Day
        (AlertCode.INSERTION_MISSING, date(2006, 9, 8), date(2006, 11, 22), date(2006, 11, 22)),
        (AlertCode.COMMITMENT_MISSING, date(2026, 6, 29), date(2026, 7, 15), date(2026, 7, 15)),  # RSA
        (AlertCode.IMMERSION_END, date(2026, 11, 13), date(2026, 11, 10), date(2026, 11, 13)),  # 11 November
        (AlertCode.TASK, date(2006, 11, 25), date(2006, 11, 27), date(2006, 11, 27)),
        (AlertCode.TO_ARCHIVE, date(2006, 1, 2), date(2008, 1, 2), date(2008, 1, 2)),
    ],
)
def test_days_that_are_known(code: AlertCode, about: date, since: date, due: date) -> None:
    assert alert(code, about) == Alert(code, about, since, due)


def test_pentecost_monday_was_worked_in_2007_and_is_not_in_2026() -> None:
    assert alert(AlertCode.ABSENCE, date(2007, 5, 27)) == Alert(
        AlertCode.ABSENCE, date(2007, 5, 27), date(2007, 5, 28), date(2007, 5, 28)
    )
    told = alert(AlertCode.ABSENCE, date(2026, 5, 24))
    assert told is not None
    assert told.due == date(2026, 5, 26)


@pytest.mark.parametrize(
    ("days", "code"),
    [(2, AlertCode.TRIAL_END_SHORT), (14, AlertCode.TRIAL_END_SHORT), (15, AlertCode.TRIAL_END_MONTH),
     (30, AlertCode.TRIAL_END_MONTH), (59, AlertCode.TRIAL_END_MONTH), (60, AlertCode.TRIAL_END_OPEN)],
)  # fmt: skip
def test_a_longer_trial_is_told_sooner(days: int, code: AlertCode) -> None:
    told = trial_end(date(2006, 11, 1), date(2006, 11, 1) + (days - 1) * DAY)
    assert told is not None
    assert told.code is code
    assert trial_end(date(2006, 11, 1), None) is None


def test_the_end_of_a_contract_is_warned_of_then_asked_to_be_confirmed() -> None:
    last = date(2006, 11, 22)
    before = contract_end(last, last, confirmed=False, aided=False)
    assert before is not None
    assert before.code is AlertCode.CONTRACT_END
    aided = contract_end(last, last, confirmed=False, aided=True)
    assert aided is not None
    assert aided.code is AlertCode.AIDED_CONTRACT_END
    after = contract_end(last, last + DAY, confirmed=False, aided=True)
    assert after is not None
    assert after.code is AlertCode.END_TO_CONFIRM
    assert contract_end(last, last + DAY, confirmed=True, aided=False) is None
    assert contract_end(None, last, confirmed=False, aided=False) is None


def test_the_check_ups_of_a_year_come_in_order_and_end_a_month_before_the_contract() -> None:
    planned = check_ups(date(2006, 1, 2), date(2006, 2, 1), date(2006, 12, 29), date(2007, 12, 31))
    assert [each.code.value for each in planned] == [
        "SUIVI_J8", "SUIVI_ESSAI", "SUIVI_M3", "SUIVI_60J", "SUIVI_60J", "SUIVI_60J", "SUIVI_J30",
    ]  # fmt: skip
    assert [each.due for each in planned[:3]] == [date(2006, 1, 10), date(2006, 1, 27), date(2006, 4, 3)]
    assert planned[-1].due == date(2006, 11, 29)


def test_a_check_up_near_its_day_settles_it_and_those_before() -> None:
    planned = check_ups(date(2006, 1, 2), None, None, date(2006, 12, 31))
    first, second = planned[0], planned[1]
    assert check_up(planned, []) == first
    assert check_up(planned, [first.due - 7 * DAY]) == second
    assert check_up(planned, [first.due - 8 * DAY]) == first
    assert check_up(planned, [second.due]) == planned[2]


def test_a_short_contract_is_not_followed_beyond_its_end() -> None:
    assert check_ups(date(2006, 11, 20), None, date(2006, 11, 24), date(2007, 1, 1)) == []


@given(
    st.dates(date(2004, 1, 1), date(2027, 1, 1)), st.integers(1, 900), st.none() | st.integers(1, 120),
    st.integers(0, 900),
)  # fmt: skip
def test_check_ups_never_fall_on_a_day_off_nor_outside_the_contract(
    starts_on: date, length: int, trial: int | None, until: int
) -> None:
    last = starts_on + length * DAY
    planned = check_ups(starts_on, None if trial is None else starts_on + trial * DAY, last, starts_on + until * DAY)
    assert all(is_working(each.due) and starts_on < each.due <= last for each in planned)
    assert planned == sorted(planned, key=lambda each: each.due)


def test_what_followed_an_absence_or_a_rupture_settles_it() -> None:
    day = date(2006, 11, 22)
    for rule in (after_absence, after_rupture):
        assert rule(day, []) is not None
        assert rule(day, [day - DAY]) is not None
        assert rule(day, [day + DAY]) is None
        assert rule(None, []) is None
    assert after_absence(day, [day]) is not None
    assert after_absence(day, [], reached_on=day - DAY) is not None, "that was for another absence"
    assert after_absence(day, [], reached_on=day) is None
    assert after_rupture(day, [day]) is None


def test_only_the_situations_not_looked_at_after_an_exit_are_asked_for() -> None:
    day = date(2006, 5, 22)
    assert [each.code for each in after_exit(day, [])] == [AlertCode.EXIT_3_MONTHS, AlertCode.EXIT_6_MONTHS]
    assert [each.code for each in after_exit(day, [3])] == [AlertCode.EXIT_6_MONTHS]
    assert after_exit(day, [3, 6]) == []


def test_a_contrat_d_insertion_is_asked_for_until_one_is_signed_then_before_it_ends() -> None:
    entered = date(2006, 9, 8)
    missing = insertion(entered, None)
    assert missing is not None
    assert missing.code is AlertCode.INSERTION_MISSING
    ending = insertion(entered, date(2007, 3, 1))
    assert ending is not None
    assert ending.code is AlertCode.INSERTION_END


def days_around(told: Alert | None) -> tuple[bool, bool, bool]:
    """Whether it shows the day before it is told, on that day, the day after."""
    assert told is not None
    return told.shows(told.since - DAY), told.shows(told.since), told.shows(told.since + DAY)


def test_a_contrat_d_engagement_is_asked_for_since_the_law_knows_it_until_one_is_signed() -> None:
    told_on = date(2025, 12, 17)
    told = commitment(told_on, None)
    assert told == Alert(AlertCode.COMMITMENT_MISSING, told_on, date(2026, 1, 2), date(2026, 1, 2)), "over a year end"
    assert days_around(told) == (False, True, True)
    assert commitment(told_on, told_on - DAY) == told, "that was another orientation"
    assert commitment(told_on, told_on) is None
    assert commitment(date(2024, 12, 31), None) is None
    assert commitment(None, None) is None


@pytest.mark.parametrize(
    ("month", "returned_to", "due", "since"),
    [
        (1, date(2006, 12, 31), date(2007, 1, 31), date(2007, 1, 24)),
        (2, date(2006, 12, 31), date(2007, 2, 28), date(2007, 2, 21)),
        (3, date(2006, 12, 31), date(2007, 3, 31), date(2007, 3, 23)),  # a Saturday: before
        (1, date(2007, 1, 31), date(2007, 4, 30), date(2007, 4, 23)),
        (3, date(2007, 11, 30), date(2007, 12, 31), date(2007, 12, 24)),
        (1, date(2007, 12, 31), date(2008, 1, 31), date(2008, 1, 24)),
        (2, date(2026, 3, 31), date(2026, 5, 31), date(2026, 5, 22)),  # Pentecost Monday of the RSA: before
    ],
)
def test_the_quarterly_return_falls_on_the_last_day_of_its_month(
    month: int, returned_to: date, due: date, since: date
) -> None:
    told = quarterly_return(month, returned_to)
    assert told == Alert(AlertCode.QUARTERLY_RETURN, due, since, due)
    assert days_around(told) == (False, True, True)


@given(st.integers(1, 3), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_returns_come_every_three_months(month: int, returned_to: date) -> None:
    first = quarterly_return(month, returned_to)
    assert first is not None
    second = quarterly_return(month, first.about)
    assert second is not None
    assert returned_to < first.about or first.about.month == returned_to.month
    assert (first.about.month - month) % 3 == 0
    assert (second.about.year * 12 + second.about.month) - (first.about.year * 12 + first.about.month) == 3


def test_somebody_prescribed_waits_until_met_or_expected() -> None:
    told = waiting(date(2006, 12, 18), paused=False)
    assert told == Alert(AlertCode.WAITING_TO_ENTER, date(2006, 12, 18), date(2007, 1, 2), date(2007, 1, 2))
    assert days_around(told) == (False, True, True)
    assert waiting(date(2006, 12, 18), paused=True) is None
    assert waiting(None, paused=False) is None


def test_a_contract_with_a_term_that_nobody_typed_is_told() -> None:
    signed = date(2006, 11, 10)
    told = without_term("CDD", signed, None)
    assert told == Alert(AlertCode.NO_TERM, signed, date(2006, 11, 13), date(2006, 11, 13))
    assert days_around(told) == (False, True, True)
    assert without_term("CTT", signed, None) is not None
    assert without_term("CDI", signed, None) is None
    assert without_term("CDD", signed, signed) is None
    assert without_term(None, signed, None) is None


def test_a_contrat_d_avenir_is_looked_at_every_six_months() -> None:
    start = date(2006, 1, 2)
    first = balance("CA", start, [], date(2006, 12, 31))
    assert first == Alert(AlertCode.SIX_MONTHS_BALANCE, start, date(2006, 7, 3), date(2006, 7, 3))
    assert balance("CA", start, [], date(2006, 7, 2)) is None
    assert balance("CA", start, [date(2006, 6, 26)], date(2006, 7, 4)) is None
    second = balance("CA", start, [date(2006, 6, 26)], date(2007, 1, 31))
    assert second is not None
    assert (second.about, second.due) == (date(2006, 7, 3), date(2007, 1, 2)), "180 days end on 30 December: after"
    assert balance("CDI", start, [], date(2007, 12, 31)) is None


def test_a_company_is_called_again_when_nobody_answered_and_when_it_wakes() -> None:
    called = date(2006, 12, 8)
    told = prospect(called, asleep=False)
    assert told == Alert(AlertCode.PROSPECT, called, date(2006, 12, 26), date(2006, 12, 26)), (
        "a Saturday, then Christmas"
    )
    assert days_around(told) == (False, True, True)
    assert prospect(called, asleep=True) is None
    wakes = date(2006, 12, 30)
    woken = company_wakes(wakes, wakes - DAY)
    assert woken == Alert(AlertCode.COMPANY_WAKES, wakes, date(2007, 1, 2), date(2007, 1, 2))
    assert days_around(woken) == (False, True, True)
    assert company_wakes(wakes, wakes) is None
    assert company_wakes(None, None) is None


def test_nobody_in_a_followed_job_is_asked_to_come() -> None:
    assert no_meeting(date(2006, 1, 2), paused=True) is None
    assert no_meeting(date(2006, 1, 2), paused=False) is not None


def test_a_unit_may_set_a_delay_otherwise() -> None:
    ten = {**DELAYS, AlertCode.NO_MEETING: Delay(10)}
    told = no_meeting(date(2006, 11, 1), paused=False, delays=ten)
    assert told is not None
    assert told.due == date(2006, 11, 13)


def test_the_most_urgent_is_the_one_due_first_of_those_that_show() -> None:
    today = date(2006, 11, 22)
    late, soon = alert(AlertCode.ABSENCE, date(2006, 11, 13)), alert(AlertCode.CONTRACT_END, date(2006, 12, 1))
    assert most_urgent(today, soon, late, None) == late
    assert most_urgent(date(2006, 1, 1), soon, late) is None
