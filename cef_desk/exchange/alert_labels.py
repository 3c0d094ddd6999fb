"""The words of each rule of alert, as the shipped list has them."""

import csv
from functools import cache

from cef_desk.paths import resources


@cache
def alert_labels() -> dict[str, str]:
    """Words by code."""
    with (resources() / "lists" / "alertes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["libelle"].replace("'", "’") for row in csv.DictReader(file, delimiter=";")}
