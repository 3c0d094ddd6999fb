"""Who the people are: every margin exact, the attributes that go together kept together (domain/demo.md, 3 and 6.7)."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from cef_desk.exchange.demo.lives import Person
from cef_desk.exchange.demo.plan import PEOPLE, margins, shared, slots, strided
from cef_desk.exchange.demo.words import first_name, last_name
from cef_desk.paths import resources

TERRITORIES = {
    "ANGERS": ("Angers Loire", ("CU Angers Loire Métropole", "CC Loire Layon Aubance")),
    "CHOLET": ("Cholet - Mauges", ("CA Cholet Agglomération", "CA Mauges Communauté")),
    "SAUMUR": ("Saumurois - Douessin", ("CA Saumur Val de Loire",)),
    "SEGRE": (
        "Segréen - Haut-Anjou",
        ("CC Anjou Bleu Communauté", "CC des Vallées du Haut-Anjou", "CC du Pays d'Ancenis"),
    ),
    "BAUGE": ("Baugeois - Vallée", ("CC Baugeois Vallée", "CC Anjou Loir et Sarthe")),
}
"""Territory -> its name in the margins and its groups of communes, as they are in 2026."""

_WITH_ZONE = frozenset({"49007", "49353", "49099", "49328"})
"""Angers, Trélazé, Cholet, Saumur: the communes with a zone; their people are drawn with double weight."""

_HOUSEHOLDS = {
    "personne seule": "SEULE", "seule avec enfant(s)": "SEULE_ENF", "couple sans enfant": "COUPLE",
    "couple avec enfant(s)": "COUPLE_ENF",
}  # fmt: skip
_DRIVING = {
    "permis B et véhicule": (True, "VOITURE"), "permis B sans véhicule": (True, "AUCUN"),
    "sans permis, deux-roues": (False, "DEUX_ROUES"), "sans permis ni véhicule": (False, "AUCUN"),
}  # fmt: skip
_PRESCRIBERS = {
    "circonscription d'action sociale": "CAS", "CCAS": "CCAS", "ANPE": "ANPE", "PLIE / mission locale": "PLIE_ML",
    "spontanée / bouche à oreille": "SPONTANEE",
}  # fmt: skip
_AGES = {"25-29": (25, 29), "30-39": (30, 39), "40-49": (40, 49), "50-54": (50, 54), "55 et +": (55, 61)}
_MONTHS = {
    "<6 mois": (1, 5), "6-11 mois": (6, 11), "12-23 mois": (12, 23), "24-59 mois": (24, 59), "60 mois et +": (60, 140),
}  # fmt: skip


@dataclass(frozen=True)
class Commune:
    """A commune by its name of 2006 and its code of 2026."""

    code: str
    name: str
    postcode: str
    territory: str
    population: int


@dataclass(frozen=True)
class Identity:
    """Who a person is at entry."""

    last_name: str
    first_name: str
    sex: str
    birth_date: date
    age: int
    commune: Commune
    zone: str
    household: str
    children: int
    licence: bool
    vehicle: str
    disabled_worker: bool
    level: str
    months_in_scheme: int
    prescriber: str
    barriers: tuple[str, ...]


@cache
def communes() -> list[Commune]:
    """The communes of Maine-et-Loire; a new one bears the name its seat had in 2006."""
    folder = resources() / "reference"
    with (folder / "communes_deleguees_associees.csv").open(encoding="utf-8", newline="") as file:
        former = {row["code_insee"]: row["nom"] for row in csv.DictReader(file, delimiter=";")}
    group = {epci: code for code, (_name, groups) in TERRITORIES.items() for epci in groups}
    with (folder / "communes_49.csv").open(encoding="utf-8", newline="") as file:
        return [
            Commune(
                row["code_insee"], former.get(row["code_insee"], row["nom"]).replace("'", "’"),
                row["codes_postaux"].split(",")[0].split("|")[0].split()[0], group[row["nom_epci"]],
                int(row["population"]),
            )
            for row in csv.DictReader(file, delimiter=";")
        ]  # fmt: skip


def by_territory(count_of: dict[str, int], *, double: bool) -> dict[str, list[Commune]]:
    """A queue of communes per territory, in proportion to their population, evenly mixed."""
    found = {}
    for territory, count in count_of.items():
        inside = {place.code: place for place in communes() if place.territory == territory}
        weights = {
            code: place.population * (2 if double and code in _WITH_ZONE else 1) for code, place in inside.items()
        }
        found[territory] = [inside[code] for code in slots({k: n for k, n in shared(count, weights).items() if n})]
    return found


def identities(people: Sequence[Person]) -> list[Identity]:
    """One identity a person, in the order of the entries."""
    sexes = strided(slots(margins()["sexe"]), 1_013, 1)
    households = strided(slots(margins()["composition"]), 1_511, 2)
    driving = strided(slots(margins()["permis_vehicule"]), 907, 3)
    levels = strided(slots(margins()["niveau"]), 1_721, 4)
    seniorities = strided(slots(margins()["anciennete_rmi"]), 1_999, 5)
    disabled = strided(slots(margins()["rqth"]), 1_237, 6)
    prescribers = strided(slots(margins()["canal"]), 1_013, 7)
    names = {name: code for code, (name, _groups) in TERRITORIES.items()}
    territories = [names[name] for name in strided(slots(margins()["territoire"]), 1_511, 8)]
    queues = by_territory({code: territories.count(code) for code in TERRITORIES}, double=True)
    places = [queues[territory].pop(0) for territory in territories]
    zones = _zones(places)
    ages = _ages(people, households)
    barriers = _barriers(driving)
    found = []
    for number, person in enumerate(people):
        age = ages[number]
        born = _birth(person.entered_on, age, number)
        found.append(
            Identity(
                last_name(number * 7), first_name(number * 37 + number // 300 * 11, sexes[number]), sexes[number],
                born, age,
                places[number], zones[number], _HOUSEHOLDS[households[number]],
                1 + number % 3 if "enfant(s)" in households[number] else 0, *_DRIVING[driving[number]],
                disabled[number] != "non", levels[number], _within(_MONTHS[seniorities[number]], number),
                _PRESCRIBERS[prescribers[number]], barriers[number],
            )
        )  # fmt: skip
    return found


def _zones(places: Sequence[Commune]) -> list[str]:
    """The people in a zone, spread among those of the four communes that have one."""
    inside = [number for number, place in enumerate(places) if place.code in _WITH_ZONE]
    chosen = {inside[k] for k in _spread(margins()["zus"]["ZUS/QPV"], len(inside))}
    return ["ZUS" if number in chosen else "HORS" for number in range(len(places))]


def _ages(people: Sequence[Person], households: Sequence[str]) -> list[int]:
    """Under 25 only parents had the RMI; those who retire are the eldest."""
    counts = dict(margins()["age_entree"])
    parents = [number for number, word in enumerate(households) if "enfant(s)" in word]
    young = {parents[k] for k in _spread(counts.pop("<25 (parent)"), len(parents))}
    retired = {person.number for person in people if person.exit and person.exit.kind == "AUT_RETRAITE"} - young
    counts["55 et +"] -= len(retired)
    rest = [number for number in range(PEOPLE) if number not in young | retired]
    bands = dict(zip(rest, strided(slots(counts), 1_013, 9), strict=True))
    found = []
    for number in range(PEOPLE):
        if number in young:
            found.append(20 + number % 5)
        elif number in retired:
            found.append(60)
        else:
            found.append(_within(_AGES[bands[number]], number))
    return found


def _barriers(driving: Sequence[str]) -> list[tuple[str, ...]]:
    """The themes of each person; mobility holds back those who have not both licence and vehicle."""
    found: list[list[str]] = [[] for _person in range(PEOPLE)]
    walking = [number for number, word in enumerate(driving) if word != "permis B et véhicule"]
    for attribute, (theme, count) in enumerate(margins()["freins (multi, % des bénéficiaires)"].items()):
        inside = walking if theme == "MOBILITE" else range(PEOPLE)
        moved = [(number * 907 + 37 * attribute) % len(inside) for number in range(len(inside))]
        chosen = set(_spread(count, len(inside)))
        for place, number in enumerate(inside):
            if moved[place] in chosen:
                found[number].append(theme)
    return [tuple(themes) for themes in found]


def _spread(count: int, among: int) -> list[int]:
    """So many places spread evenly among more."""
    return [k * among // count for k in range(count)]


def _within(band: tuple[int, int], number: int) -> int:
    return band[0] + number * 11 % (band[1] - band[0] + 1)


def _birth(entered_on: date, age: int, number: int) -> date:
    """A day of birth that makes the age on the day of entry."""
    month, day = 1 + number * 5 % 12, 1 + number * 13 % 28
    before = (month, day) <= (entered_on.month, entered_on.day)
    return date(entered_on.year - age - (0 if before else 1), month, day)
