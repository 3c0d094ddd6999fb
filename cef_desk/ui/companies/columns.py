"""What the companies list shows."""

from datetime import date

from cef_desk.i18n import _, near_day, ngettext, number
from cef_desk.queries.companies import CompaniesOrder, CompanyRow
from cef_desk.ui.kit.columns import Column, Mark


def company_columns(today: date) -> tuple[Column, ...]:
    """Name, offers open, commune, employees, last contact, hires, who works there; the rest when asked for."""

    def contact(row: CompanyRow) -> str:
        return near_day(row.last_contact, today) if row.last_contact else _("never")

    return (
        Column("name", _("Name"), lambda row: row.name, 0, CompaniesOrder.NAME, muted=False, strong=True),
        Column("offers", _("Worth knowing"), _offers, 104, muted=False, mark=_offers_mark),
        Column("city", _("Commune"), lambda row: row.city, 120, CompaniesOrder.CITY),
        Column("size", _("Employees"), lambda row: row.size or "", 76),
        Column("contact", _("Last contact"), contact, 84, CompaniesOrder.LAST_CONTACT,
               value=lambda row: row.last_contact),
        Column("hires", _("Hires"), lambda row: number(row.hires), 92, CompaniesOrder.HIRES, number=True,
               value=lambda row: row.hires),
        Column("people", _("There now"), lambda row: number(row.people), 84, muted=False, number=True,
               value=lambda row: row.people),
        Column("sector", _("Activity"), lambda row: row.sector or "", 180, at_first=False),
        Column("ruptures", _("Ruptures"), lambda row: number(row.ruptures), 84, at_first=False, number=True,
               value=lambda row: row.ruptures),
        Column("phone", _("Telephone"), lambda row: row.phone, 120, at_first=False, private=True),
    )  # fmt: skip


def _offers(row: CompanyRow) -> str:
    return ngettext("{n} offer", "{n} offers", row.offers).format(n=number(row.offers)) if row.offers else ""


def _offers_mark(row: CompanyRow) -> Mark | None:
    return Mark("inbox") if row.offers else None
