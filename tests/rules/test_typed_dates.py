from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cef_desk.i18n import field_day, long_day, set_language
from cef_desk.rules.typed_dates import WrittenDay, typed_day, typed_minutes, typed_time, written_day

TODAY = date(2006, 11, 30)  # a Thursday
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "fact", "appointment"),
    [
        ("01/02/06", date(2006, 2, 1), date(2006, 2, 1)),
        ("1-2-2006", date(2006, 2, 1), date(2006, 2, 1)),
        ("22", date(2006, 11, 22), date(2006, 12, 22)),
        ("22/11", date(2006, 11, 22), date(2007, 11, 22)),
        ("2211", date(2006, 11, 22), date(2007, 11, 22)),
        ("1 fev", date(2006, 2, 1), date(2007, 2, 1)),
        ("1er mars 2005", date(2005, 3, 1), date(2005, 3, 1)),
        ("hier", date(2006, 11, 29), date(2006, 11, 29)),
        ("lundi", date(2006, 11, 27), date(2006, 12, 4)),
        ("jeudi", date(2006, 11, 23), date(2006, 12, 7)),
        ("+14", date(2006, 12, 14), date(2006, 12, 14)),
        ("14j", date(2006, 12, 14), date(2006, 12, 14)),
        ("2s", date(2006, 12, 14), date(2006, 12, 14)),
        ("3m", date(2007, 2, 28), date(2007, 2, 28)),
        ("-3", date(2006, 11, 27), date(2006, 11, 27)),
        ("fdm", date(2006, 11, 30), date(2006, 11, 30)),
        ("t", TODAY, TODAY),
        ("éé", date(2006, 11, 22), date(2006, 12, 22)),
        ("&(", date(2006, 11, 15), date(2006, 12, 15)),
        ("14d", date(2006, 12, 14), date(2006, 12, 14)),
        ("yesterday", date(2006, 11, 29), date(2006, 11, 29)),
        ("29/2", date(2004, 2, 29), date(2008, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, fact: date, appointment: date) -> None:
    assert typed_day(typed, TODAY) == fact
    assert typed_day(typed, TODAY, ahead=True) == appointment


@pytest.mark.parametrize(
    "typed",
    [
        "31/02",
        "31/02/2006",
        "32",
        "0",
        "13/13/2006",
        "abc",
        "12/",
        "99999999",
        "9m9",
        "",
        "1/1/9999",
        "1/1/0001",
        "+9999m",
    ],
)
def test_a_day_that_no_calendar_has_is_not_guessed(typed: str) -> None:
    assert typed_day(typed, TODAY) is None


@given(DAYS, st.sampled_from(["fr", "fr_CA", "en"]))
def test_a_day_written_by_the_field_is_read_back(day: date, language: str) -> None:
    set_language(language)
    assert typed_day(field_day(day), TODAY) == day
    if day.year >= 1000 and language == "fr":
        assert typed_day(long_day(day), TODAY) == day


MONTHS_FR = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre")  # fmt: skip
SHORT_FR = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip


def written_by_people(day: date) -> list[str]:
    """A day as people of the three languages write it in full: day before month, ISO as in Canada, months by name."""
    digits, azerty = "1234567890", "&é\"'(-è_çà"
    plain = f"{day:%d%m%Y}"
    return [
        f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%d %m %Y}", day.isoformat(),
        plain, plain.translate(str.maketrans(digits, azerty)),
        f"{day.day}{'er' if day.day == 1 else ''} {MONTHS_FR[day.month - 1]} {day.year}",
        f"{day.day} {SHORT_FR[day.month - 1]} {day.year}", f"{day.day} {SHORT_FR[day.month - 1].upper()} {day.year}",
        f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}", f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}",
    ]  # fmt: skip


@given(DAYS, DAYS)
def test_a_day_written_in_full_is_read_as_it_is_in_the_three_languages(day: date, today: date) -> None:
    for text in written_by_people(day):
        assert typed_day(text, today) == typed_day(text, today, ahead=True) == day, text


@given(DAYS, st.integers(0, 400))
def test_steps_of_days_weeks_and_months_mean_the_same_in_french_and_in_english(today: date, count: int) -> None:
    for forms in ((f"+{count}", f"{count}j", f"{count}d", f"{count} jours"), (f"{count}s", f"{count}w", f"{count} sem"),
                  (f"{count}m", f"{count} mois"), ("fdm", "eom"), ("hier", "yesterday", "h", "-1"),
                  ("demain", "tomorrow", "+1"), ("t", "today", "auj", "a", "aujourd’hui"), ("lundi", "lun", "monday"),
                  ("dimanche", "dim", "sunday")):  # fmt: skip
        for ahead in (False, True):
            assert len({typed_day(form, today, ahead=ahead) for form in forms}) == 1, forms
    assert typed_day(f"+{count}", today) == (today + timedelta(days=count))


@given(DAYS, DAYS)
def test_a_day_without_year_is_the_nearest_one_behind_or_ahead(day: date, today: date) -> None:
    for text in (f"{day.day}/{day.month}", f"{day:%d%m}", f"{day.day} {MONTHS_FR[day.month - 1]}"):
        behind, ahead = typed_day(text, today), typed_day(text, today, ahead=True)
        assert behind is not None
        assert ahead is not None
        assert behind <= today <= ahead
        assert {(each.day, each.month) for each in (behind, ahead)} == {(day.day, day.month)}


@given(st.text(max_size=20), DAYS)
def test_no_text_stops_the_program(text: str, today: date) -> None:
    typed_day(text, today)
    typed_time(text)
    typed_minutes(text)
    written_day(text, today)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9", time(9)), ("930", time(9, 30)), ("9h30", time(9, 30)), ("14:00", time(14)), ("9 h", time(9)), ("25", None)],
)
def test_an_hour_is_read(typed: str, meant: time | None) -> None:
    assert typed_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("45", 45), ("1h", 60), ("1h15", 75), ("30 min", 30), ("0", None), ("25h", None), ("1h99", None)],
)
def test_a_duration_is_read(typed: str, meant: int | None) -> None:
    assert typed_minutes(typed) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12/3/71", WrittenDay(date(1971, 3, 12))),
        ("1/2/06", WrittenDay(date(2006, 2, 1))),
        ("01.02.06", WrittenDay(date(2006, 2, 1))),
        ("01022006", WrittenDay(date(2006, 2, 1))),
        ("1er février 2006", WrittenDay(date(2006, 2, 1))),
        ("févr-06", WrittenDay(date(2006, 2, 1), imprecise=True)),
        ("38749", WrittenDay(date(2006, 2, 1))),
        ("2006-02-01", WrittenDay(date(2006, 2, 1))),
        ("02/13/2006", None),
        ("31/12/9999", None),
        ("99999", None),
        ("31/02/2006", None),
    ],
)
def test_a_spreadsheet_day_is_read_day_first_never_month_first(written: str, meant: WrittenDay | None) -> None:
    assert written_day(written, TODAY) == meant


def test_a_birth_is_always_in_the_past() -> None:
    assert written_day("1/2/07", TODAY, birth=True) == WrittenDay(date(1907, 2, 1))
