"""What the people list shows."""

from cef_desk.i18n import _, short_day
from cef_desk.queries.people import PeopleOrder, PersonRow
from cef_desk.ui.kit.columns import Column


def people_columns() -> tuple[Column, ...]:
    """Name, commune, contract, last meeting, next appointment, entry."""
    return (
        Column(_("Name"), _name, 0, PeopleOrder.NAME, muted=False, strong=True),
        Column(_("Commune"), _city, 150, PeopleOrder.CITY),
        Column(_("Current contract"), _contract, 150, muted=False),
        Column(_("Last meeting"), _last_meeting, 124, PeopleOrder.LAST_MEETING),
        Column(_("Next appointment"), _next_appointment, 150, muted=False),
        Column(_("Entry"), _entry, 110, PeopleOrder.ENTERED_ON),
    )


def _name(row: PersonRow) -> str:
    return row.name


def _city(row: PersonRow) -> str:
    return row.city


def _contract(row: PersonRow) -> str:
    return row.contract or ""


def _last_meeting(row: PersonRow) -> str:
    return short_day(row.last_meeting) if row.last_meeting else _("none")


def _next_appointment(row: PersonRow) -> str:
    return short_day(row.next_appointment) if row.next_appointment else ""


def _entry(row: PersonRow) -> str:
    return short_day(row.entered_on)
