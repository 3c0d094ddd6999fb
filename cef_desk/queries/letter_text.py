"""The words of a letter of appointment, the same on paper and in a document that is edited."""

from dataclasses import dataclass
from datetime import date

from cef_desk.i18n import N_, _, hour_words, long_day
from cef_desk.queries.letters import Letter
from cef_desk.rules.kinds import Medium

_COMES = {
    Medium.PHONE: N_("I will call you on {day} at {hour}."), Medium.HOME: N_("I will come to you on {day} at {hour}."),
    Medium.VIDEO: N_("We will meet by video on {day} at {hour}; the link will reach you separately."),
}  # fmt: skip
_CIVIL = {"F": N_("Mrs"), "H": N_("Mr")}
_CALLED = {"F": N_("Dear Madam,"), "H": N_("Dear Sir,")}


@dataclass(frozen=True)
class LetterText:
    """What stands on the page, from the top; `when` is the sentence to be seen first."""

    unit: str
    to: tuple[str, ...]
    dated: str
    subject: str
    opening: str
    when: str
    rest: tuple[str, ...]
    signed: str


def letter_text(letter: Letter, unit: str, today: date) -> LetterText:
    """The words of one letter: of an appointment to come, or of one that was missed."""
    comes = _COMES.get(Medium(letter.medium), N_("I expect you on {day} at {hour}."))
    sorry = N_("If you cannot come, please let me know so that we can find another moment.")
    if letter.phone:
        sorry = N_("If you cannot come, please call me on {phone} so that we can find another moment.")
    rest: tuple[str, ...] = (
        *([_("Place: {place}.").format(place=letter.place)] if letter.medium == Medium.OFFICE and letter.place else []),
        _("The meeting should last {n} minutes.").format(n=letter.minutes),
        _(sorry).format(phone=letter.phone),
    )
    if letter.missed:
        comes = N_("I expected you on {day} at {hour}, and we could not meet.")
        again = N_("Please call me, or write to me, so that we can find another moment.")
        if letter.phone:
            again = N_("Please call me on {phone} so that we can find another moment.")
        rest = (_(again).format(phone=letter.phone),)
    return LetterText(
        unit=unit,
        to=(" ".join(part for part in (_civil(letter.sex), letter.name) if part), *letter.address),
        dated=long_day(today),
        subject=_("Subject: missed appointment") if letter.missed else _("Subject: appointment"),
        opening=_(_CALLED.get(letter.sex or "", N_("Dear Sir or Madam,"))),
        when=_(comes).format(day=long_day(letter.at.date()), hour=hour_words(letter.at)),
        rest=(*rest, _("Yours faithfully,")),
        signed=letter.counsellor,
    )


def _civil(sex: str | None) -> str:
    return _(_CIVIL[sex]) if sex in _CIVIL else ""
