"""The lists a new file starts from, read from resources/."""

import csv
from datetime import date
from functools import cache

from cef_desk.actions.unit import ListEntryDraft
from cef_desk.paths import resources
from cef_desk.rules.kinds import ListName


def starting_lists() -> list[ListEntryDraft]:
    """Contract kinds, rupture reasons and exit kinds with their flags, then the lists that reports slice by."""
    path = resources() / "lists" / "list_entries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [_entry(row) for row in csv.DictReader(file, delimiter=";")]


@cache
def rupture_reasons() -> dict[str, str]:
    """The words of each rupture reason, by code."""
    return {entry.code: entry.label for entry in starting_lists() if entry.list_name == ListName.RUPTURE_REASON}


@cache
def open_ended_kinds() -> frozenset[str]:
    """The contract kinds without a term."""
    entries = (entry for entry in starting_lists() if entry.list_name == ListName.CONTRACT_KIND)
    return frozenset(entry.code for entry in entries if entry.form == "CDI")


def _entry(row: dict[str, str]) -> ListEntryDraft:
    return ListEntryDraft(
        list_name=row["list_name"],
        code=row["code"],
        label=row["label"],
        position=int(row["position"]),
        counts_as_contract=_flag(row["counts_as_contract"]),
        form=row["form"] or None,
        family=row["family"] or None,
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        aided=_flag(row["aided"]),
        sheet_group=row["sheet_group"] or None,
        counts_net=_flag(row["counts_net"]),
        in_trial=_flag(row["in_trial"]),
    )


def _flag(text: str) -> bool | None:
    return text == "1" if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
