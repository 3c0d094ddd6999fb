"""Who holds whom: territory first, then the least loaded; two counsellors more from 2007 (domain/demo.md, 6.8)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cef_desk.exchange.demo.lives import Person

CODES = tuple(f"CEF{n:02}" for n in range(1, 10))
FROM_THE_START, LATER = CODES[:7], CODES[7:]
TWO_MORE_ON = date(2007, 1, 2)
_AWAY = 4
"""A pathway goes to another territory's counsellor only when those of its own hold so many more."""

_COVERS = {
    "ANGERS": ("CEF01", "CEF02", "CEF03", "CEF04", "CEF08"), "CHOLET": ("CEF05", "CEF06", "CEF09"),
    "SAUMUR": ("CEF06", "CEF07", "CEF09"), "SEGRE": ("CEF03", "CEF04"), "BAUGE": ("CEF07", "CEF01"),
}  # fmt: skip


@dataclass
class Hold:
    """One counsellor's time with one pathway; without last day it goes on."""

    counsellor: str
    first: date
    last: date | None = None


class Holders:
    """The counsellors of every pathway, and who holds it on a day."""

    def __init__(self, people: Sequence[Person], territories: Sequence[str]) -> None:
        self.holds: list[list[Hold]] = [[] for _person in people]
        self._load: Counter[str] = Counter()
        self._territories = territories
        moved = False
        for day, enters, number in _events(people):
            if day >= TWO_MORE_ON and not moved:
                moved = True
                self._share_out(people)
            if enters:
                self._take(number, day)
            else:
                self._load[self.holds[number][-1].counsellor] -= 1

    def on(self, number: int, day: date) -> str:
        """The counsellor of a pathway on a day, the first one before it began."""
        return next(
            (hold.counsellor for hold in reversed(self.holds[number]) if hold.first <= day),
            self.holds[number][0].counsellor,
        )

    def _take(self, number: int, day: date) -> None:
        covers = _COVERS[self._territories[number]]
        present = CODES if day >= TWO_MORE_ON else FROM_THE_START
        chosen = min(present, key=lambda code: (self._load[code] + (0 if code in covers else _AWAY), code))
        self.holds[number].append(Hold(chosen, day))
        self._load[chosen] += 1

    def _share_out(self, people: Sequence[Person]) -> None:
        """The last pathways entered move from the most loaded until both newcomers hold a ninth."""
        still = [
            person.number for person in people
            if person.entered_on < TWO_MORE_ON and (person.exit is None or person.exit.day >= TWO_MORE_ON)
        ]  # fmt: skip
        for turn in range(2 * (len(still) // len(CODES))):
            giver = max(FROM_THE_START, key=lambda code: (self._load[code], code))
            number = next(n for n in reversed(still) if self.holds[n][-1].counsellor == giver)
            self.holds[number][-1].last = TWO_MORE_ON - timedelta(days=1)
            self.holds[number].append(Hold(LATER[turn % 2], TWO_MORE_ON))
            self._load[giver] -= 1
            self._load[LATER[turn % 2]] += 1


def _events(people: Sequence[Person]) -> Iterator[tuple[date, bool, int]]:
    """Entries and exits in time; on one day the exits first."""
    found = [(person.entered_on, True, person.number) for person in people]
    found += [(person.exit.day, False, person.number) for person in people if person.exit]
    return iter(sorted(found))
