"""Words of a note that tell of health, justice, origin or belief: asked about before they are kept, never forbidden.

domain/rules.md (g): health in words of work capacity only, of a conviction the constraint only, no NIR (décret
2019-341).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cef_desk.rules.folding import fold
from cef_desk.rules.kinds import Sensitive

_GAP = r"[ .\-\u00a0\u202f]?"
_NIR = re.compile(
    rf"(?<!\d)[12]{_GAP}\d\d{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d\d|2[ABab]){_GAP}\d{{3}}{_GAP}\d{{3}}"
    rf"(?:{_GAP}\d\d)?(?!\d)"
)
"""Sex, year, month, département, commune, number, and its key or none."""


@dataclass(frozen=True)
class SensitiveWord:
    """A word or two, as a list has them; a star at the end stands for any ending."""

    words: str
    family: Sensitive


def sensitive_word(text: str, listed: Iterable[SensitiveWord]) -> SensitiveWord | None:
    """The first word of a text that a list holds, as it was typed, or its NIR; none when there is nothing to ask."""
    number = _NIR.search(text)
    if number is not None:
        return SensitiveWord(number[0], Sensitive.NIR)
    typed = text.split()
    folded = [fold(word).split() for word in typed]
    spoken = [(part, place) for place, parts in enumerate(folded) for part in parts]
    parts = [part for part, _place in spoken]
    for word in listed:
        place = _place(word.words, parts)
        if place is not None:
            first, count = place
            places = [spoken[number][1] for number in range(first, first + count)]
            found = " ".join(typed[number] for number in dict.fromkeys(places))
            return SensitiveWord(found.strip(".,;:!?()«»\"'"), word.family)
    return None


@lru_cache(maxsize=1_000)
def _wanted(words: str) -> list[str]:
    return fold(words.removesuffix("*")).split()


def _place(words: str, spoken: list[str]) -> tuple[int, int] | None:
    """Where some words stand in a row among those of a text, and how many they are."""
    wanted, open_end = _wanted(words), words.endswith("*")
    if not wanted:
        return None
    for first in range(len(spoken) - len(wanted) + 1):
        here = spoken[first : first + len(wanted)]
        last = here[-1].startswith(wanted[-1]) if open_end else here[-1] == wanted[-1]
        if last and here[:-1] == wanted[:-1]:
            return first, len(wanted)
    return None
