"""The plan of the demonstration, and the even mixing it is made with: no random generator (domain/demo.md, 3 and 4)."""

import csv
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from cef_desk.paths import resources
from cef_desk.rules.kinds import ExitFamily
from cef_desk.rules.working_days import working_days

OPENING = date(2005, 3, 1)
TODAY = date(2008, 1, 31)
PEOPLE, CONTRACTS = 2_220, 2_500

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class PlannedMonth:
    """What one month of the plan holds; `exits` by family, the two families to a job together as durable."""

    first: date
    entries: int
    kinds: Mapping[str, int]
    first_contracts: int
    ruptures: int
    exits: Mapping[ExitFamily, int]
    caseload: int

    @property
    def days(self) -> list[date]:
        """Its working days."""
        return working_days(self.first)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of the plan."""
    with (resources() / "demo" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def months() -> list[PlannedMonth]:
    """The thirty-five months."""
    kinds = {row.pop("mois"): row for row in rows("plan_mois_type.csv")}
    return [
        PlannedMonth(
            date.fromisoformat(row["mois"] + "-01"),
            int(row["entrees"]),
            {code: int(n) for code, n in kinds[row["mois"]].items() if code != "total"},
            int(row["premiers_contrats"]),
            int(row["ruptures"]),
            {
                ExitFamily.DURABLE: int(row["sorties_emploi"]),
                ExitFamily.POSITIVE: int(row["sorties_positives"]),
                ExitFamily.OTHER: int(row["sorties_autres"]),
                ExitFamily.NEUTRAL: int(row["sorties_neutralisees"]),
            },
            int(row["file_active_fin_mois"]),
        )
        for row in rows("plan_mensuel.csv")
    ]


@cache
def margins() -> dict[str, dict[str, int]]:
    """Every distribution: table -> modality -> how many."""
    found: dict[str, dict[str, int]] = {}
    for row in rows("marges_attendues.csv"):
        found.setdefault(row["table"], {})[row["modalite"]] = int(row["effectif"])
    return found


@cache
def terms() -> dict[str, dict[str, int]]:
    """Planned durations: contract kind -> band of months -> how many."""
    return {
        row.pop("type"): {band: int(n) for band, n in row.items() if band != "total" and int(n)}
        for row in rows("type_duree.csv")
    }


def slots(counts: Mapping[T, int]) -> list[T]:
    """Copies spread evenly: copy j of a modality that comes n times stands at (j + 0.5) / n."""
    places = [((j + 0.5) / n, order, word) for order, (word, n) in enumerate(counts.items()) for j in range(n)]
    return [word for _place, _order, word in sorted(places, key=lambda place: place[:2])]


def strided(sequence: Sequence[T], stride: int, attribute: int) -> list[T]:
    """A sequence decorrelated from the others: object i takes element (i x stride + 37 x attribute) mod N."""
    n = len(sequence)
    return [sequence[(i * stride + 37 * attribute) % n] for i in range(n)]


def in_month(days: Sequence[date], count: int) -> list[date]:
    """The days of the events of a month: the k-th of n on working day 1 + floor(k x W / n)."""
    return [days[k * len(days) // count] for k in range(count)]


def shared(total: int, weights: Mapping[T, float]) -> dict[T, int]:
    """A total shared by weights, the largest remainders first."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    found = {key: int(value) for key, value in exact.items()}
    rest = sorted(exact, key=lambda key: found[key] - exact[key])
    for key in rest[: total - sum(found.values())]:
        found[key] += 1
    return found
