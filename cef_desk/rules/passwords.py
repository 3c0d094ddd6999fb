"""How strong a password is, in words a person can act on."""

import re
from enum import IntEnum

from cef_desk.errors import Refusal
from cef_desk.i18n import N_

_FEWEST_DIFFERENT = 6
_STRONG_CLASSES = ((12, 4), (14, 3))
_NEAR_CLASSES = ((10, 3), (14, 1))
_STRONG_WORDS, _NEAR_WORDS = 7, 5
_FREE_FAILURES, _LONGEST_WAIT = 3, 30
_WORD = re.compile(r"[^\W\d_]{2,}")


class Strength(IntEnum):
    """From nothing to what the CNIL asks of a password that stands alone."""

    NONE = 0
    WEAK = 1
    NEAR = 2
    STRONG = 3


ADVICE = {
    Strength.NONE: N_("A password is needed: it is what encrypts the file."),
    Strength.WEAK: N_("Weak: somebody who takes the laptop could find it. Seven words are easy to keep."),
    Strength.NEAR: N_(
        "Nearly strong: 12 characters with capitals, small letters, digits and signs, 14 with three of these, "
        "or 7 words."
    ),
    Strength.STRONG: N_("Strong."),
}
"""What is said of each."""


def strength(password: str) -> Strength:
    """The strength of a password by the classes of the CNIL, about 80 bits for the highest.

    Délibération 2022-100: 12 characters of four kinds (lower case, upper case, digits, others), 14 of three, or a
    sentence of seven words. Fewer than six different characters are never strong.
    """
    if not password:
        return Strength.NONE
    words = len({word.casefold() for word in _WORD.findall(password)})
    if len(set(password)) < _FEWEST_DIFFERENT:
        return Strength.WEAK
    if words >= _STRONG_WORDS or _is_of(password, _STRONG_CLASSES):
        return Strength.STRONG
    if words >= _NEAR_WORDS or _is_of(password, _NEAR_CLASSES):
        return Strength.NEAR
    return Strength.WEAK


def seconds_to_wait(failures: int) -> int:
    """How long to wait after so many wrong passwords in a row: 0, 0, 0, 1, 2, 4… 30 seconds; nothing is ever erased."""
    return 0 if failures <= _FREE_FAILURES else min(_LONGEST_WAIT, 2 ** min(failures - _FREE_FAILURES - 1, 8))


def refuse_no_password(password: str) -> None:
    """Refuses none at all; a weak one is the user's choice, once told."""
    if not password.strip():
        raise Refusal(N_("A password is needed: it is what encrypts the file."), field="password")


def _is_of(password: str, classes: tuple[tuple[int, int], ...]) -> bool:
    """True for a password of one of some classes: so long, of so many kinds."""
    return any(len(password) >= length and _kinds(password) >= kinds for length, kinds in classes)


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda mark: not mark.isalnum())
    return sum(any(test(mark) for mark in password) for test in tests)
