"""Days and hours as people type them: the field's shorthands, and the dates of old spreadsheets.

Day before month always. The field takes screens.md's shorthands; a spreadsheet takes domain/imports.md, section 3.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from cef_desk.rules.folding import fold
from cef_desk.rules.period import add_months, end_of_month

_AZERTY = str.maketrans("&é\"'(-è_çà", "1234567890")
_MONTHS = (
    ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "mar", "march"), ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"), ("aout", "aou", "august", "aug"),
    ("septembre", "sept", "sep", "september"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
)  # fmt: skip
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAYS = (
    ("lundi", "lun", "monday", "mon"), ("mardi", "tuesday", "tue"), ("mercredi", "mer", "wednesday", "wed"),
    ("jeudi", "jeu", "thursday", "thu"), ("vendredi", "ven", "friday", "fri"),
    ("samedi", "sam", "saturday", "sat"), ("dimanche", "dim", "sunday", "sun"),
)  # fmt: skip
_WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_WORDS = {
    "t": 0, "a": 0, "auj": 0, "aujourd hui": 0, "aujourdhui": 0, "today": 0,
    "h": -1, "hier": -1, "yesterday": -1, "d": 1, "demain": 1, "tomorrow": 1,
}  # fmt: skip
_STEP = re.compile(r"([+-]?)(\d{1,4}) ?([a-z]*)")
_STEP_UNITS = {
    "": "d",
    "j": "d",
    "d": "d",
    "jour": "d",
    "jours": "d",
    "s": "w",
    "sem": "w",
    "w": "w",
    "m": "m",
    "mois": "m",
}
_NUMBERS = re.compile(r"(\d{1,2})[ /.\-](\d{1,2})(?:[ /.\-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(?:(\d{1,2})(?: ?er|st|nd|rd|th)? ?)?([a-z]+)(?: (\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?: ?[h:.] ?(\d{2})?)?|(\d{1,2})(\d{2})")
_DURATION = re.compile(r"(?:(\d{1,2}) ?h ?)?(\d{1,3})? ?(?:min|mn|m)?")
_CENTURY, _HOUR = 100, 60
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_LONGEST_SHORT = 2


def typed_day(text: str, today: date, *, ahead: bool = False) -> date | None:
    """The day a person means, or None when it cannot be read.

    A day without month or year is the nearest past one, or with `ahead` the next one (appointments).
    """
    text = text.strip()
    if text and not any(mark.isdigit() or (mark.isalpha() and mark not in "éèçà") for mark in text):
        text = text.translate(_AZERTY)
    return (
        _relative(text, today, ahead=ahead)
        or _iso(text)
        or _numbers(text, today, ahead=ahead)
        or _compact(text, today, ahead=ahead)
        or _named(fold(text), today, ahead=ahead)
    )


def _relative(text: str, today: date, *, ahead: bool) -> date | None:
    word = fold(text)
    if word in _WORDS:
        return today + timedelta(days=_WORDS[word])
    if word in {"fdm", "eom"}:
        return end_of_month(today)
    if word in _WEEKDAY_NUMBER:
        apart = (_WEEKDAY_NUMBER[word] - today.weekday()) % 7
        return today + timedelta(days=apart or 7) if ahead else today - timedelta(days=(7 - apart) % 7 or 7)
    step = _STEP.fullmatch(text.casefold())
    if not step or step[3] not in _STEP_UNITS or not (step[1] or step[3]):
        return None
    count, unit = int(step[2]) * (-1 if step[1] == "-" else 1), _STEP_UNITS[step[3]]
    try:
        meant = add_months(today, count) if unit == "m" else today + timedelta(days=count * (7 if unit == "w" else 1))
    except (ValueError, OverflowError):
        return None
    return within_lives(meant)


def _iso(text: str) -> date | None:
    found = _ISO.fullmatch(text)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _numbers(text: str, today: date, *, ahead: bool) -> date | None:
    found = _NUMBERS.fullmatch(text)
    return _near(int(found[1]), int(found[2]), found[3], today, ahead=ahead) if found else None


def _compact(text: str, today: date, *, ahead: bool) -> date | None:
    if not text.isascii() or not text.isdigit():
        return None
    match len(text):
        case 1 | 2:
            return _nearest_day(int(text), today, ahead=ahead)
        case 4 | 6 | 8:
            return _near(int(text[:2]), int(text[2:4]), text[4:] or None, today, ahead=ahead)
    return None


def _named(text: str, today: date, *, ahead: bool) -> date | None:
    weekday, _space, rest = text.partition(" ")
    if rest and weekday in _WEEKDAY_NUMBER:
        text = rest
    found = _NAMED.fullmatch(text)
    if not found or found[2] not in _MONTH_NUMBER or not found[1]:
        return None
    return _near(int(found[1]), _MONTH_NUMBER[found[2]], found[3], today, ahead=ahead)


def _nearest_day(number: int, today: date, *, ahead: bool) -> date | None:
    first = today.replace(day=1)
    for months in range(4):
        month = add_months(first, months if ahead else -months)
        found = _day(month.year, month.month, number)
        if found and (found >= today if ahead else found <= today):
            return found
    return None


def _near(number: int, month: int, year: str | None, today: date, *, ahead: bool) -> date | None:
    if year is not None:
        return _day(_full_year(year, today), month, number)
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    for candidate in years:
        found = _day(candidate, month, number)
        if found and (found >= today if ahead else found <= today):
            return found
    return None


def _full_year(year: str, today: date) -> int:
    number = int(year)
    if len(year) > _LONGEST_SHORT:
        return number
    return 2000 + number if number <= (today.year + 1) % _CENTURY else 1900 + number


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return within_lives(date(year, month, number))
    except ValueError:
        return None


def within_lives(day: date) -> date | None:
    """The day, or None for one that nobody living can mean: years 1850 to 2150."""
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def typed_time(text: str) -> time | None:
    """The hour a person means: `9`, `930`, `9h30`, `14:00`; None when it cannot be read."""
    found = _TIME.fullmatch(fold_time(text))
    if not found:
        return None
    hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4])
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def typed_minutes(text: str) -> int | None:
    """A duration in minutes: `45`, `30 min`, `1h`, `1h15`; None when it cannot be read or is longer than a day."""
    text = fold_time(text)
    found = _DURATION.fullmatch(text)
    if not text or not found or not (found[1] or found[2]):
        return None
    if found[1] and int(found[2] or 0) >= _HOUR:
        return None
    minutes = int(found[1] or 0) * _HOUR + int(found[2] or 0)
    return minutes if 0 < minutes <= 24 * _HOUR else None


def fold_time(text: str) -> str:
    """An hour as typed, lower case, without the spaces around."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class WrittenDay:
    """A day of a spreadsheet; `imprecise` when only its month was written."""

    day: date
    imprecise: bool = False


_EMPTY_DAYS = frozenset({"", "nc", "n c", "00 00 0000", "0", "neant", "n a", "inconnu", "inconnue"})
_SERIAL = re.compile(r"[1-9]\d{4}")
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTH_ONLY = re.compile(r"([a-z]+) (\d{4}|\d{2})")


def is_no_day(text: str) -> bool:
    """True for what stands where no day is known: `NC`, `?`, `-`, `Néant`, `00/00/0000`."""
    return fold(text) in _EMPTY_DAYS


def written_day(text: str, today: date, *, birth: bool = False, not_before: date | None = None) -> WrittenDay | None:
    """A day as old spreadsheets write it, or None when it cannot be read; never month first.

    Takes 12/3/71, 01.02.06, 01022006, 1er février 2006, févr-06 (imprecise), serial 38749 of the 1900 system. Years of
    two digits: up to next year 20xx, else 19xx, but a birth is never after today and an end never `not_before` a start.
    """
    found = _written_day(text.strip(), today)
    if found is None:
        return None
    short_year = not re.search(r"(?<!\d)\d{4}(?!\d)|\d{8}", text)
    if birth and found.day > today:
        return _century_apart(found, -1) if short_year else None
    if not_before is not None and found.day < not_before and short_year:
        return _century_apart(found, 1)
    return found


def _century_apart(found: WrittenDay, centuries: int) -> WrittenDay | None:
    day = _day(found.day.year + centuries * _CENTURY, found.day.month, found.day.day)
    return WrittenDay(day, found.imprecise) if day else None


def _written_day(text: str, today: date) -> WrittenDay | None:
    if _SERIAL.fullmatch(text):
        serial = within_lives(_EXCEL_EPOCH + timedelta(days=int(text)))
        return WrittenDay(serial) if serial else None
    folded = fold(text)
    month = _MONTH_ONLY.fullmatch(folded)
    if month and month[1] in _MONTH_NUMBER:
        found = _day(_full_year(month[2], today), _MONTH_NUMBER[month[1]], 1)
        return WrittenDay(found, imprecise=True) if found else None
    numbers = _NUMBERS.fullmatch(text)
    day = None
    if numbers and numbers[3]:
        day = _day(_full_year(numbers[3], today), int(numbers[2]), int(numbers[1]))
    elif text.isascii() and text.isdigit() and len(text) in {6, 8}:
        day = _day(_full_year(text[4:], today), int(text[2:4]), int(text[:2]))
    elif found_iso := _iso(text.removesuffix(" 00:00:00")):
        day = found_iso
    elif (named := _NAMED.fullmatch(folded)) and named[1] and named[3] and named[2] in _MONTH_NUMBER:
        day = _day(_full_year(named[3], today), _MONTH_NUMBER[named[2]], int(named[1]))
    return WrittenDay(day) if day else None
