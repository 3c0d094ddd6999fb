"""Entreprises: whom the unit knows, and the card of the employer."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal

from cef_desk.i18n import _, ngettext, number, short_day
from cef_desk.queries.companies import CompaniesOrder, companies, companies_offered, counted
from cef_desk.queries.company_card import CompanyCard, Employee, company_card
from cef_desk.queries.listing import Condition
from cef_desk.rules.kinds import Subject
from cef_desk.ui.companies.columns import company_columns
from cef_desk.ui.kit.card import CardContent, CardFact
from cef_desk.ui.kit.chips import Chip
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.lines import Line
from cef_desk.ui.kit.list_kind import ListKind, View
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.moments import told

_SILENT_DAYS = "180"
_MOST_EXCHANGES = 60


def _kind(today: date) -> ListKind:
    return ListKind(
        name="companies",
        subject=Subject.COMPANY,
        title=_("Companies"),
        columns=company_columns(today),
        orders=CompaniesOrder,
        selection=companies,
        offered=companies_offered,
        counted=counted,
        words=lambda n: ngettext("{n} company", "{n} companies", n).format(n=number(n)),
        nothing=_("The companies you prospect will be here."),
        views=(
            View("hired", _("Companies that hired"), frozenset({Condition("hiring", "once")})),
            View("prospects", _("Never hired yet"), frozenset({Condition("hiring", "never")})),
            View("all", _("All companies")),
        ),
        chips=(
            Chip(Condition("there"), _("Somebody is there")),
            Chip(Condition("loyal"), _("At least two people")),
            Chip(Condition("offer"), _("Open offer")),
            Chip(Condition("silent", _SILENT_DAYS), _("No contact for 6 months")),
        ),
        card_words=_("The company chosen"),
    )


class CompaniesPage(ListPage):
    """`person_asked` carries a pathway that works there."""

    watches: ClassVar = frozenset(
        {
            Subject.COMPANY, Subject.COMPANY_CONTACT, Subject.INTERACTION, Subject.CONTRACT, Subject.RUPTURE,
            Subject.OFFER, Subject.BENEFICIARY, Subject.LIST_ENTRY, Subject.SAVED_VIEW,
        }
    )  # fmt: skip
    new_asked = Signal()
    person_asked = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _kind(seat.today))
        self._new = button("new_company", _("New company"), self.new_asked, icon="plus", main=True, key="Ctrl+N")
        self.add_to_head(self._new)
        self.add_to_card()
        self.card.say_nothing(_("Choose a company to see whom to speak to and what happened."))
        self.card.line_opened.connect(self.person_asked)

    def empty_button(self) -> str:
        """An empty base begins by a first company."""
        return _("New company")

    def begin(self) -> None:
        """Asks for the form."""
        self.new_asked.emit()

    def card_asked(self, row: Any) -> None:  # noqa: ANN401  a company's row
        """Reads the card of a company."""
        self.runner.see(company_card, row.id, self.seat.today, then=self._on_card_read, failed=self.card_failed)

    def _on_card_read(self, found: CompanyCard) -> None:
        self.show_card(found.row.id, _content(found, self.seat.today, self.seat.mask.private))


def _content(found: CompanyCard, today: date, private: Callable[[str], str]) -> CardContent:
    row = found.row
    size = _("{band} employees").format(band=row.size) if row.size else ""
    speakers = tuple(
        CardFact(_("Contact"), ", ".join(part for part in (each.name, each.role, each.phone) if part), private=True)
        for each in found.speakers
    )
    facts = (
        *speakers,
        CardFact(_("Telephone"), row.phone or _("not known"), private=True),
        CardFact(_("E-mail"), found.email or _("not known"), private=True),
        CardFact(_("Address"), found.address or _("not known")),
        CardFact(_("Activity"), row.sector or _("not known")),
        CardFact("SIRET", found.siret or _("not known")),
    )
    kept = _("{kept} kept of {tried} past the trial").format(kept=number(found.kept), tried=number(found.tried))
    broken = ngettext("{n} rupture", "{n} ruptures", row.ruptures).format(n=number(row.ruptures))
    causes = ", ".join(f"{label} ({number(n)})" for label, n in found.causes)
    exchanges = found.timeline[:_MOST_EXCHANGES]
    lines = (
        Line(_("Memory of the employer"), head=True),
        Line(
            ngettext("{n} contract signed", "{n} contracts signed", row.hires).format(n=number(row.hires)),
            kept if found.tried else "",
            icon="file-signature",
        ),
        *([Line(broken, causes, icon="file-x")] if row.ruptures else []),
        Line(_("Work there"), right=number(len(found.employees)), head=True),
        *(_employee(each, private) for each in found.employees),
        Line(_("Last exchanges"), right=number(len(found.timeline)), head=True),
        *(told(moment, now=moment.at.date() <= today, private=private) for moment in exchanges),
    )
    asleep = _("Left to sleep until {day}").format(day=short_day(found.wakes_on)) if found.wakes_on else ""
    return CardContent(row.name, size, asleep, facts, lines)


def _employee(each: Employee, private: Callable[[str], str]) -> Line:
    until = _("until {day}").format(day=short_day(each.last_day)) if each.last_day else _("open-ended")
    detail = ", ".join(part for part in (each.job, each.contract, until) if part)
    return Line(private(each.name), detail, icon="user", key=each.id)
