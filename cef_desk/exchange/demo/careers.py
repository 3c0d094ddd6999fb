"""Who signs, breaks, leaves, month after month: the plan met exactly by simple choices (domain/demo.md, 4 and 6)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import partial

from cef_desk.exchange.demo.lives import AIDED, AIDED_SIX_MONTHS, Careers, Contract, Exit, Person
from cef_desk.exchange.demo.plan import PlannedMonth, in_month, margins, months, slots, strided, terms
from cef_desk.rules.kinds import ExitFamily, Form

_MONTHS_OF = {
    "<3": (1, 2.5, 2, 2.5), "3-5": (3, 4, 3, 5), "6": (6,), "7-11": (7, 8, 9, 7, 10), "12": (12,),
    "13-18": (14, 15, 14, 18), "24": (24,),
}  # fmt: skip
_CDI_ONLY = frozenset({"DEMISSION", "LIC_INAPT", "LIC_ECO"})
_CDD_ONLY = frozenset({"RUPT_SAL_CDD", "COMMUN_ACCORD"})
_IN_TRIAL = frozenset({"ESSAI_EMP", "ESSAI_SAL"})
_ENDS_PATHWAY = {"DECES": "NEU_DECES", "DEMENAG": "NEU_DEMENAG"}
_MIN_STAY, _MIN_JOB = 90, 60
_RETURNERS_NEEDED_UNTIL = date(2005, 10, 1)
"""Until then the few whose contract is over sign the second contracts of the plan."""

_BUSY_FROM = date(2006, 11, 1)
"""From then on the plan asks for many second contracts: the first ones come sooner."""

_NARROW = frozenset({"POS_CDD6", "POS_FORM", "DECES", "DEMENAG", "ESSAI_EMP", "ESSAI_SAL", "LIC_INAPT", "LIC_ECO"})
"""Reasons that few contracts can have; as _SCARCE."""

_SCARCE, _LEAD = frozenset({"TR_CDDM6", "TR_CTTM6"}), 18
"""Exits that few contracts lead to stand so many places earlier than their even mix."""

_LATER = 0.04
_DONE_AT = {2: 0.95, 3: 1.0, 4: 0.88, 5: 0.9, 6: 0.92}
"""Second contracts begin at once, third ones a little later…; each rank is complete at such a share of them all."""

_SPARED_CDI = 2
"""One CDI in so many breaks last: it may lead to a durable job."""

_DRIFT = 0.006
"""Terms grow a little longer with the years: each month of term moves a contract by so much of its sequence."""

_DELAYS = (36, 46, 55, 64, 74, 84, 94, 104, 116, 132, 152, 176)
_SHORT_DELAYS = (20, 22, 24, 27, 31, 34, 39, 44, 50, 58, 67, 76)
_GAPS = (2, 8, 20, 5, 14, 30, 45, 10)
_AGES_AT_RUPTURE = (60, 110, 160, 90, 220, 130, 280, 75)


class _Queue:
    """Words in an even mix; the first one that fits is taken."""

    def __init__(self, counts: Mapping[str, int], *, early: Collection[str] = ()) -> None:
        places = enumerate(slots(counts))
        self.left = [word for _place, word in sorted((place - _LEAD * (word in early), word) for place, word in places)]

    def first(self, fits: Callable[[str], object]) -> str | None:
        tried: set[str] = set()
        for place, word in enumerate(self.left):
            if word not in tried and fits(word):
                return self.left.pop(place)
            tried.add(word)
        return None


def careers() -> Careers:
    """Walks the months of the plan; fails when a month cannot be met."""
    return _Walk().found


class _Walk:
    def __init__(self) -> None:
        self.found = Careers()
        self._open: list[Person] = []
        self._reasons = _Queue(margins()["motif_rupture"], early=_NARROW)
        self._families = Counter(margins()["rupture_par_famille"])
        self._all_families = Counter(self._families)
        net, neutral = margins()["sorties"], margins()["sorties_neutralisees"]
        to_a_job = {kind: n for kind, n in net.items() if kind[:3] in {"EMP", "TR_"}}
        self._exits = {
            ExitFamily.DURABLE: _Queue(to_a_job, early=_SCARCE),
            ExitFamily.POSITIVE: _Queue({kind: n for kind, n in net.items() if kind.startswith("POS")}),
            ExitFamily.OTHER: _Queue({kind: n for kind, n in net.items() if kind.startswith("AUT")}),
            ExitFamily.NEUTRAL: _Queue(neutral),
        }
        self._terms = {kind: _terms_of(kind, bands) for kind, bands in terms().items() if kind != "TOTAL"}
        per_person = margins()["contrats_par_personne"]
        self._levels = {
            level: sum(n for count, n in per_person.items() if int(count) >= level) for level in range(2, 7)
        }
        self._reached: Counter[int] = Counter()
        self._repeats = sum(self._levels.values())
        self._step = Counter[str]()
        for month in months():
            self._enter(month)
            self._break(month)
            self._sign(month)
            self._leave(month)

    def _next(self, name: str, choices: tuple[int, ...]) -> int:
        self._step[name] += 1
        return choices[(self._step[name] * 5) % len(choices)]

    def _enter(self, month: PlannedMonth) -> None:
        for day in in_month(month.days, month.entries):
            person = Person(len(self.found.people), day)
            self.found.people.append(person)
            self._open.append(person)

    def _break(self, month: PlannedMonth) -> None:
        self._neutral_used = 0
        for day in in_month(month.days, month.ruptures):
            chosen: list[Contract] = []

            def fits(reason: str, day: date = day, chosen: list[Contract] = chosen) -> bool:
                if reason in _ENDS_PATHWAY and self._neutral_used >= month.exits[ExitFamily.NEUTRAL]:
                    return False
                found = self._to_break(reason, day)
                if found is not None:
                    chosen[:] = [found]
                return found is not None

            reason = self._reasons.first(fits)
            if reason is None:
                raise LookupError(("rupture", day, self._reasons.left[:6], self._families))
            contract = chosen[0]
            contract.rupture = (day, reason)
            self._families[contract.family] -= 1
            kind = _ENDS_PATHWAY.get(reason)
            if kind is not None and self._exits[ExitFamily.NEUTRAL].first(kind.__eq__):
                self._close(contract.person, Exit(day, kind, ExitFamily.NEUTRAL))
                self._neutral_used += 1

    def _to_break(self, reason: str, day: date) -> Contract | None:
        running = [
            contract
            for person in self._open
            if (contract := person.running(day)) and _can_break(contract, reason, day)
            and self._families[contract.family] > 0
        ]  # fmt: skip
        if not running:
            return None
        families = {contract.family for contract in running}
        wanted = max(sorted(families), key=lambda name: self._families[name] / self._all_families[name])
        age = self._step["rupture"] and _AGES_AT_RUPTURE[self._step["rupture"] * 3 % len(_AGES_AT_RUPTURE)]
        self._step["rupture"] += 1
        return min(
            (contract for contract in running if contract.family == wanted),
            key=lambda contract: (_spared(contract), abs((day - contract.starts_on).days - age)),
        )

    def _close(self, person: Person, exit_: Exit) -> None:
        person.exit = exit_
        self._open.remove(person)

    def _leave(self, month: PlannedMonth) -> None:
        for family, planned in month.exits.items():
            done = self._neutral_used if family is ExitFamily.NEUTRAL else 0
            for day in in_month(month.days, planned - done):
                turns = [(later, spare) for spare in (True, False) for later in month.days if later >= day]
                if not any(self._leave_one(family, later, spare=spare) for later, spare in turns):
                    raise LookupError((family, day, Counter(self._exits[family].left)))

    def _leave_one(self, family: ExitFamily, day: date, *, spare: bool) -> bool:
        """Somebody leaves on a day; `spare` those who may sign again."""
        stayed = [person for person in self._open if (day - person.entered_on).days >= _MIN_STAY]
        if family is not ExitFamily.DURABLE:
            gone = _best(stayed, lambda person: _fit_elsewhere(person, day, spare=spare))
            if gone is not None:
                self._close(gone, Exit(day, self._exits[family].left.pop(0), family))
            return gone is not None
        chosen: list[Person] = []

        def fits(kind: str) -> bool:
            found = _best(stayed, lambda person: _fit_to_employment(person, kind, day))
            chosen[:] = [] if found is None else [found]
            return found is not None

        kind = self._exits[family].first(fits)
        if kind is None:
            return False
        led = ExitFamily.TRANSITION if kind.startswith("TR_") else family
        last = chosen[0].contracts[-1]
        if last.rupture is not None and last.rupture[0] > day:
            last.rupture = (day, last.rupture[1])  # the job left for another one: both fall on one day
        self._close(chosen[0], Exit(day, kind, led, overridden=kind in {"EMP_CREA", "EMP_FP"}))
        return True

    def _sign(self, month: PlannedMonth) -> None:
        mixed, first = slots(month.kinds), month.first_contracts
        kinds = [*mixed[:first], *sorted(mixed[first:], key=lambda kind: kind != "CA")]
        days = month.days[4:] if month.first == date(2005, 3, 1) else month.days
        turns = ["first"] * month.first_contracts + ["again"] * (len(kinds) - month.first_contracts)
        for kind, turn, day in zip(kinds, turns, in_month(days, len(kinds)), strict=True):
            place = min(month.days.index(day) + len(self.found.contracts) % 3, len(month.days) - 1)
            starts_on = month.days[place]
            person = self._newcomer(day, starts_on) if turn == "first" else self._returner(starts_on, kind)
            if person is None:
                raise LookupError((turn, kind, day))
            band = self._terms.get(kind)
            contract = Contract(len(self.found.contracts), person, kind, day, starts_on, band.pop(0) if band else None)
            person.contracts.append(contract)
            self.found.contracts.append(contract)

    def _newcomer(self, day: date, starts_on: date) -> Person | None:
        least = 3 if day < date(2005, 6, 1) else 21
        wait = self._next("delay", _DELAYS if day < _BUSY_FROM else _SHORT_DELAYS)
        return _best(
            self._open,
            lambda person: (
                -abs((starts_on - person.entered_on).days - wait)
                if not person.contracts
                and (day - person.entered_on).days >= least
                and not (day < _RETURNERS_NEEDED_UNTIL and _leaves_early(person))
                else None
            ),
        )

    def _returner(self, starts_on: date, kind: str) -> Person | None:
        """One whose contract is over, of the rank most behind; failing that a second part-time job beside a first."""
        done = sum(self._reached.values()) / self._repeats
        wanted = {
            level: number * min(1.0, max(0.0, done - _LATER * (level - 2)) / (_DONE_AT[level] - _LATER * (level - 2)))
            for level, number in self._levels.items()
        }
        gap = self._next("gap", _GAPS)
        order = sorted(
            (level for level in self._levels if self._reached[level] < self._levels[level]),
            key=lambda level: (self._reached[level] - wanted[level]) / self._levels[level],
        )
        for fit in (_fit_to_return, _fit_beside) if kind != "CA" else (_fit_to_return,):
            for level in order:
                person = _best(self._open, partial(fit, level=level, starts_on=starts_on, gap=gap))
                if person is not None:
                    self._reached[level] += 1
                    return person
        return None


def _leaves_early(person: Person) -> bool:
    """Some of the first people entered find no contract: nobody else has stayed ninety days to leave in 2005."""
    return person.number < 4 or (person.number < 190 and person.number % 3 == 1)


def _terms_of(kind: str, bands: Mapping[str, int]) -> list[float]:
    turns: Counter[str] = Counter()
    found = []
    for band in strided(slots(bands), 7, len(kind)) if sum(bands.values()) % 7 else slots(bands):
        choices = _MONTHS_OF[band]
        found.append(choices[turns[band] % len(choices)])
        turns[band] += 1
    drift = _DRIFT * len(found)
    return [months for _place, months in sorted((place + drift * months, months) for place, months in enumerate(found))]


def _best(people: Iterable[Person], score: Callable[[Person], float | None]) -> Person | None:
    best: tuple[float, Person] | None = None
    for person in people:
        found = score(person)
        if found is not None and (best is None or found > best[0]):
            best = (found, person)
    return best[1] if best else None


def _spared(contract: Contract) -> int:
    """Which contracts break first: long terms of the non-market sector, CDI; last those that lead to durable jobs."""
    if contract.months is None:
        return 3 if contract.number % _SPARED_CDI == 0 else 1
    if contract.kind in AIDED and contract.kind not in AIDED_SIX_MONTHS:
        return 0 if contract.months > 6 else 2
    if contract.months == 6 and contract.kind in AIDED_SIX_MONTHS:
        return 2
    return 5 if contract.months < 6 else 4


def _can_break(contract: Contract, reason: str, day: date) -> bool:
    end, trial = contract.planned_end_on, contract.trial_end_on
    if contract.starts_on >= day or (end is not None and end <= day):
        return False
    if (reason in _IN_TRIAL) is not (day <= trial):
        return False
    if reason in _CDI_ONLY:
        return contract.form is Form.CDI
    if reason in _CDD_ONLY:
        return contract.form is Form.CDD
    if reason == "POS_CDI":
        return contract.form is not Form.CDI
    if reason in {"POS_CDD6", "POS_FORM"}:
        return contract.kind in AIDED
    if reason in _ENDS_PATHWAY:
        return (day - contract.person.entered_on).days >= _MIN_STAY
    return True


def _fit_to_employment(person: Person, kind: str, day: date) -> float | None:
    contract = person.running(day)
    if contract is None or contract is not person.contracts[-1] or (day - contract.starts_on).days < _MIN_JOB:
        return None
    if kind == "EMP_FP":
        end = contract.planned_end_on
        return (end - day).days if contract.kind in {"CA", "CAE"} and end is not None else None
    if kind not in {"EMP_CREA", contract.exit_kind(day)}:
        return None
    end = contract.planned_end_on
    if kind == "EMP_CREA":
        return None if end is None else (end - day).days
    if kind == "TR_AIDE":
        return 400 if end is None else (end - day).days
    if end is None:
        return -abs((day - contract.starts_on).days - 100)
    left = (end - day).days
    return left if kind == "EMP_CDD6" else -left


def _fit_elsewhere(person: Person, day: date, *, spare: bool) -> float | None:
    if not person.contracts:
        stayed = (day - person.entered_on).days
        return 1_000 + stayed
    over = person.over_since
    if spare or over is None or over >= day or day < _RETURNERS_NEEDED_UNTIL:
        return None
    return (day - over).days - 60 + (60 if len(person.contracts) == 2 else 0)


def _fit_beside(person: Person, level: int, starts_on: date, gap: int) -> float | None:
    del gap
    contract = person.contracts[-1] if len(person.contracts) == level - 1 else None
    if contract is None or contract.planned_end_on is None or contract.kind == "CA":
        return None
    if not contract.starts_on < starts_on <= contract.planned_end_on:
        return None
    return -(contract.planned_end_on - starts_on).days


def _fit_to_return(person: Person, level: int, starts_on: date, gap: int) -> float | None:
    if len(person.contracts) != level - 1:
        return None
    over = person.over_since
    if over is None or over >= starts_on:
        return None
    return -abs((starts_on - over).days - 1 - gap)
