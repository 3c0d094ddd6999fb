"""What is true: mapped classes, one subject a file."""

from cef_desk.model import (
    absence,
    access_entry,
    alert_setting,
    barrier,
    beneficiary,
    company,
    company_contact,
    contract,
    counsellor,
    cover,
    exit,  # noqa: A004  the word of the trade
    exit_check,
    holder,
    import_batch,
    insertion_contract,
    interaction,
    journal_entry,
    lists,
    objective,
    offer,
    pathway,
    placement,
    presence,
    referral,
    right,
    rupture,
    saved_view,
    snooze,
    unavailability,
    unfinished,
    unit,
    workshop,
)

__all__ = [
    "absence", "access_entry", "alert_setting", "barrier", "beneficiary", "company", "company_contact", "contract",
    "counsellor", "cover", "exit", "exit_check", "holder", "import_batch", "insertion_contract", "interaction",
    "journal_entry", "lists", "objective", "offer", "pathway", "placement", "presence", "referral", "right", "rupture",
    "saved_view", "snooze", "unavailability", "unfinished", "unit", "workshop",
]  # fmt: skip
