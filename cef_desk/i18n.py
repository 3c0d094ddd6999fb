"""The user's language: messages by gettext, days and numbers as they are written in it.

Nothing is translated at import: `N_` marks what is named in advance, `_` translates at use.
"""

import gettext as _gettext
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from cef_desk.errors import Told
from cef_desk.paths import catalogues

LANGUAGES = ("fr", "fr_CA", "en")
DEFAULT_LANGUAGE = "fr"
NARROW_SPACE = "\u202f"

_DOMAIN = "cef_desk"
_NEAR_DAYS = 183


class _Current:
    """The one language of this process, chosen at start."""

    code = DEFAULT_LANGUAGE
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(code: str) -> None:
    """Chooses the language of the process; fr_CA falls back on fr message by message."""
    _Current.code = code
    wanted = {"fr": ["fr"], "fr_CA": ["fr_CA", "fr"]}.get(code, [code])
    _Current.catalogue = _gettext.translation(_DOMAIN, catalogues(), languages=wanted, fallback=code == "en")
    # argparse asks the process-wide domain for its own words.
    os.environ["LANGUAGE"] = ":".join(wanted)
    _gettext.bindtextdomain(_DOMAIN, str(catalogues()))
    _gettext.textdomain(_DOMAIN)


def language() -> str:
    """The code of the language in use."""
    return _Current.code


def N_(message: str) -> str:  # noqa: N802  gettext's own name
    """Marks a message for the catalogue without translating it."""
    return message


def _(message: str) -> str:
    """Translates a message; the empty string stays empty."""
    return _Current.catalogue.gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Translates a short word that needs its context."""
    return _Current.catalogue.pgettext(context, message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translates a countable message; the places are filled by the caller, `{n}` with `number(count)`."""
    return _Current.catalogue.ngettext(one, many, count)


def told(error: Told) -> str:
    """The sentence of a foreseen error, in the user's language; of a doubt, what saving again does besides."""
    again = getattr(error, "again", "")
    return " ".join(part for part in (filled(error.pattern, error.values), again and _(again)) if part)


def fact(error: Told) -> str:
    """What is the matter alone, where no form is saved again."""
    return filled(error.pattern, error.values)


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """Translates a pattern and fills its places; days and messages are put in the user's language first."""
    return _(pattern).format(**{name: _shown(value) for name, value in values.items()})


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{field_day(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return field_day(value)
    if isinstance(value, int | float):
        return number(value)
    return str(value)


_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_SHORT_MONTHS = (
    N_("Jan."), N_("Feb."), N_("Mar."), N_("Apr."), N_("May."), N_("Jun."),
    N_("Jul."), N_("Aug."), N_("Sep."), N_("Oct."), N_("Nov."), N_("Dec."),
)  # fmt: skip
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def field_day(day: date) -> str:
    """A day as it stands in a field: 22/11/2026, or 2026-11-22 in Canadian French."""
    return day.isoformat() if _Current.code == "fr_CA" else day.strftime("%d/%m/%Y")


def short_day(day: date) -> str:
    """A day as it stands in a list: 22 nov. 2026."""
    return f"{day.day} {_(_SHORT_MONTHS[day.month - 1])} {day.year}"


def near_day(day: date, today: date) -> str:
    """A day where there is little room: 22 nov. near today, else nov. 2006."""
    if abs((day - today).days) > _NEAR_DAYS:
        return short_month(day)
    return f"{day.day} {_(_SHORT_MONTHS[day.month - 1])}"


def told_day(day: date, today: date) -> str:
    """A day in a sentence: 22 nov. near today, else 22 nov. 2006."""
    return short_day(day) if abs((day - today).days) > _NEAR_DAYS else near_day(day, today)


def long_day(day: date) -> str:
    """A day in full: dimanche 22 novembre 2026."""
    weekday = _(_WEEKDAYS[day.weekday()])
    ordinal = _("1st") if day.day == 1 else str(day.day)
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=ordinal, month=_(_MONTHS[day.month - 1]), year=day.year
    )


def day_of_week(day: date, *, numbered: bool = True) -> str:
    """The day as the head of a column: jeudi 31."""
    weekday = _(_WEEKDAYS[day.weekday()])
    return f"{weekday} {day.day}" if numbered else weekday


def hour_words(at: datetime) -> str:
    """An hour as a letter says it: 9 h 30, 9 h."""
    if _Current.code == "en":
        return f"{at:%H:%M}"
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if at.minute else f"{at.hour}\u00a0h"


def week_of(first: date, last: date) -> str:
    """Some days in words: 28 janv. – 3 févr. 2008."""
    if first.month == last.month:
        return f"{first.day} – {last.day} {_(_MONTHS[last.month - 1])} {last.year}"
    return f"{first.day} {_(_SHORT_MONTHS[first.month - 1])} – {short_day(last)}"


def short_month(day: date) -> str:
    """The month of a day where there is little room: nov. 2006."""
    return f"{_(_SHORT_MONTHS[day.month - 1])} {day.year}"


def month_name(day: date) -> str:
    """The month of a day: novembre 2026."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def month_of_axis(day: date) -> str:
    """The month under an axis: mars, or janv. 2007 as a year begins."""
    return short_month(day) if day.month == 1 else _(_SHORT_MONTHS[day.month - 1])


def number(value: float, decimals: int | None = None) -> str:
    """A number with the language's separators; whole numbers without decimals unless asked."""
    places = decimals if decimals is not None else (0 if isinstance(value, int) else 1)
    text = f"{value:,.{places}f}"
    if _Current.code == "en":
        return text
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def signed_number(value: float, decimals: int) -> str:
    """A change, with its sign: +37, −0,4; zero has none."""
    text = number(abs(value), decimals)
    if not any(mark in "123456789" for mark in text):
        return text
    return ("+" if value > 0 else "−") + text


def percent(share: float, decimals: int = 1) -> str:
    """A share of one as a percentage: 0.53 -> 53,0 %."""
    return number(share * 100, decimals) + ("%" if _Current.code == "en" else f"{NARROW_SPACE}%")


def local(at: datetime) -> datetime:
    """The wall time here of a moment kept in UTC without zone."""
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def moment(at: datetime) -> str:
    """A moment in words: 23/11/2026 at 20:15."""
    return _("{day} at {hour}").format(day=field_day(at.date()), hour=f"{at:%H:%M}")
