"""Who hires: contracts spread over companies so that activity and size margins hold exactly (domain/demo.md, 4.6)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cef_desk.exchange.demo.lives import Contract
from cef_desk.exchange.demo.people import Commune, by_territory
from cef_desk.exchange.demo.plan import margins, shared, slots, strided
from cef_desk.exchange.demo.words import NATURE, TRADES

_NAF = {
    "A": ("011D", "01.1D"), "C": ("158C", "15.8C"), "F": ("452V", "45.2V"), "G": ("521B", "52.1B"),
    "H": ("602M", "60.2M"), "I": ("553A", "55.3A"), "J": ("722C", "72.2C"), "K": ("672Z", "67.2Z"),
    "L": ("703A", "70.3A"), "M": ("741G", "74.1G"), "N": ("747Z", "74.7Z"), "N_ETT": ("745B", "74.5B"),
    "O": ("751A", "75.1A"), "P": ("801Z", "80.1Z"), "Q": ("853K", "85.3K"), "R": ("926C", "92.6C"),
    "S": ("913E", "91.3E"),
}  # fmt: skip
"""Section of NAF rév. 2 -> a class of NAF rév. 1, as companies bore it until 2007."""

_SIZES = {
    "0": "00", "1-2": "01", "3-5": "02", "6-9": "03", "10-19": "11", "20-49": "12", "50-99": "21", "100-249": "22",
    "250 et +": "32",
}  # fmt: skip
_OTHER_SECTIONS = ("J", "K", "L", "M")
_COUNT_BY_STAGE = {"contactées sans visite": "contacted", "visitées sans offre": "visited",
                   "offre sans embauche": "offered"}  # fmt: skip


@dataclass
class Company:
    """One company of the demonstration; `stage` is how far prospecting went, `section` a key of the trades."""

    number: int
    section: str
    size_band: str
    place: Commune
    stage: str
    contracts: list[Contract] = field(default_factory=list)

    @property
    def naf_section(self) -> str:
        """The letter of NAF rév. 2."""
        return self.section[0]

    @property
    def naf_code(self) -> str:
        """The class of NAF rév. 1."""
        return _NAF[self.section][1]

    @property
    def name(self) -> str:
        """A trade and a plant or a bird."""
        trades = TRADES[self.section]
        turn = self.number // len(NATURE)
        word = NATURE[self.number * 29 % len(NATURE)]
        if self.section == "O":
            return f"{trades[0]} {word}-{('le-Val', 'sur-Rive', 'les-Bois', 'la-Plaine')[turn % 4]} (fictive)"
        ending = ("", " et fils", " Anjou", " Loire", " 49")[turn % 5]
        return f"{trades[self.number % len(trades)]} {word}{ending}"

    @property
    def siret(self) -> str:
        """A fictitious number with right keys: SIREN from 900 000 000, NIC 00010 and its key."""
        siren = _keyed(f"9{self.number:07d}")
        return _keyed(f"{siren}0001")


def hiring(contracts: Sequence[Contract]) -> list[Company]:
    """The companies that hired, each contract given to one; people of one company differ."""
    pools = _pools(contracts)
    counts = _counts_by_pool({pool: len(found) for pool, found in pools.items()})
    sizes = _sizes([(pool, place, count) for pool in pools for place, count in enumerate(counts[pool])])
    total = sum(map(len, counts.values()))
    places = _places(total)
    companies: list[Company] = []
    for pool, found in pools.items():
        section = pool.split(":")[0]
        inside = [
            Company(len(companies) + place, section, sizes[pool, place], places[len(companies) + place], "hired")
            for place in range(len(counts[pool]))
        ]
        _assign(found, inside, counts[pool])
        companies += inside
    return companies


def prospects(first_number: int) -> list[Company]:
    """The companies contacted or visited that did not hire."""
    stages = slots({_COUNT_BY_STAGE[word]: n for word, n in margins()["activite_prospection"].items()
                    if word in _COUNT_BY_STAGE})  # fmt: skip
    sections = strided(slots(shared(len(stages), {key: 1.0 for key in TRADES if key != "O"})), 7, 1)
    sizes = strided(slots(shared(len(stages), dict.fromkeys(_SIZES.values(), 1.0))), 11, 2)
    places = _places(len(stages))
    return [Company(first_number + n, sections[n], sizes[n], places[n], stage) for n, stage in enumerate(stages)]


def _pools(contracts: Sequence[Contract]) -> dict[str, list[Contract]]:
    """Contracts that may go to the same companies, in the order of signature: section, then what it takes."""
    naf = {word[0]: n for word, n in margins()["section_naf"].items() if n and word != "Autres sections"}
    others = margins()["section_naf"]["Autres sections"]
    by_class: defaultdict[str, list[Contract]] = defaultdict(list)
    for contract in contracts:
        by_class[_class_of(contract.kind)].append(contract)
    public = len(by_class["public"])
    spare = sum(naf[section] for section in "OPQS") - public
    temporary, season = len(by_class["temporary"]), len(by_class["season"])
    farm = season * naf["A"] // (naf["A"] + naf["I"])
    ordinary = [contract for contract in by_class["market"] if not contract.kind.startswith(("CIRMA", "CIE"))]
    kept = {id(ordinary[k * len(ordinary) // spare]) for k in range(spare)}
    to_public = [contract for contract in by_class["market"] if id(contract) in kept]
    market = [contract for contract in by_class["market"] if id(contract) not in kept]
    public_counts = {"O": naf["O"], "P": naf["P"], "Q": naf["Q"] - spare + spare // 3, "S": naf["S"] - spare // 3}
    market_counts = {
        "A": naf["A"] - farm, "C": naf["C"], "F": naf["F"], "G": naf["G"], "H": naf["H"],
        "I": naf["I"] - (season - farm), "N": naf["N"] - temporary, "R": naf["R"],
    } | shared(others, dict.fromkeys(_OTHER_SECTIONS, 1.0))  # fmt: skip
    return {
        "N_ETT:temporary": by_class["temporary"],
        **_split(by_class["public"], public_counts, "public"),
        **_split(to_public, {"Q": spare - spare // 3, "S": spare // 3}, "ordinary"),
        **_split(by_class["season"], {"A": farm, "I": season - farm}, "season"),
        **_split(market, market_counts, "market"),
    }


def _class_of(kind: str) -> str:
    if kind in {"CA", "CAE"}:
        return "public"
    if kind in {"CTT", "CIRMA_CTT"}:
        return "temporary"
    return "season" if kind == "SAISON" else "market"


def _split(contracts: Sequence[Contract], counts: Mapping[str, int], what: str) -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = {f"{section}:{what}": [] for section in counts}
    for section, contract in zip(slots(counts), contracts, strict=True):
        found[f"{section}:{what}"].append(contract)
    return found


def _counts_by_pool(room: Mapping[str, int]) -> dict[str, list[int]]:
    """Contracts per company: the three largest where they belong, the others where most room is left, then singles."""
    left = dict(room)
    found: dict[str, list[int]] = {pool: [] for pool in room}
    per_company = {int(n): count for n, count in margins()["contrats_par_entreprise"].items()}
    several = [n for n, count in sorted(per_company.items(), reverse=True) for _turn in range(count) if n > 1]
    largest = {"N_ETT:temporary": 100, "O:public": 100, "N:market": 98}
    for pool, count in largest.items():
        several.remove(count)
        found[pool].append(count)
        left[pool] -= count
    for count in several:
        pool = max(left, key=lambda name: (left[name] - count, name))
        found[pool].append(count)
        left[pool] -= count
    for pool, rest in left.items():
        found[pool] += [1] * rest
    return found


def _sizes(companies: Sequence[tuple[str, int, int]]) -> dict[tuple[str, int], str]:
    """A size band per company: the largest employers first, single contracts fill what remains."""
    left = {_SIZES[word]: n for word, n in margins()["taille_entreprise"].items()}
    found: dict[tuple[str, int], str] = {}
    for pool, place, count in sorted(companies, key=lambda item: (-item[2], item[0], item[1])):
        if count >= 98:
            band = max(name for name in ("32", "22", "21") if left[name] >= count)
        elif count > 1:
            band = max(left, key=lambda name: (left[name], name))
        else:
            continue
        found[pool, place] = band
        left[band] -= count
    singles = [(pool, place) for pool, place, count in companies if count == 1]
    mixed = slots({band: n for band, n in left.items() if n})
    return found | dict(zip(singles, strided(mixed, 101, 1), strict=True))


def _assign(contracts: Sequence[Contract], companies: Sequence[Company], counts: Sequence[int]) -> None:
    """Contracts in time to companies in an even mix; a company never gets the same person twice."""
    several = {place: count for place, count in enumerate(counts) if count > 1}
    singles = [place for place, count in enumerate(counts) if count == 1]
    mixed = slots({**several, -1: len(singles)} if singles else several)
    turn = iter(singles)
    queue = [next(turn) if place == -1 else place for place in mixed]
    for contract in contracts:
        chosen = next((k for k, place in enumerate(queue) if _is_new_to(companies[place], contract)), None)
        if chosen is not None:
            companies[queue.pop(chosen)].contracts.append(contract)
        else:
            _exchange(contract, companies[queue.pop(0)], companies)


def _is_new_to(company: Company, contract: Contract) -> bool:
    return all(other.person is not contract.person for other in company.contracts)


def _exchange(contract: Contract, known: Company, companies: Sequence[Company]) -> None:
    """The last places left know the person already: another contract goes there, and this one takes its place."""
    for company in companies:
        for place, other in enumerate(company.contracts):
            if _is_new_to(known, other) and _is_new_to(company, contract):
                company.contracts[place] = contract
                known.contracts.append(other)
                return
    raise LookupError(contract.number)


def _places(count: int) -> list[Commune]:
    weights = {"ANGERS": 0.46, "CHOLET": 0.26, "SAUMUR": 0.14, "SEGRE": 0.08, "BAUGE": 0.06}
    counts = shared(count, weights)
    queues = by_territory(counts, double=False)
    return [queues[territory].pop(0) for territory in slots(counts)]


def _keyed(digits: str) -> str:
    """Digits with the key that makes them valid by Luhn."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def first_day(company: Company) -> date:
    """The first signature of a company that hired."""
    return min(contract.signed_on for contract in company.contracts)
