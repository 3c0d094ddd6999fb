"""What is true: mapped classes, one subject a file."""

from cef_desk.model import (
    beneficiary,
    company,
    contract,
    counsellor,
    exit,  # noqa: A004  the word of the trade
    import_batch,
    interaction,
    journal_entry,
    lists,
    pathway,
    placement,
    rupture,
    search_entry,
    unfinished,
    unit,
)

__all__ = [
    "beneficiary", "company", "contract", "counsellor", "exit", "import_batch", "interaction", "journal_entry",
    "lists", "pathway", "placement", "rupture", "search_entry", "unfinished", "unit",
]  # fmt: skip
