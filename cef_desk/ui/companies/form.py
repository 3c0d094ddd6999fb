"""Fiche d’une entreprise: its main fields with its first contact, near duplicates told while its name is typed."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal

from cef_desk.actions.companies import CompanyDraft, add_company, correct_company
from cef_desk.i18n import N_, _
from cef_desk.queries.places import communes_at
from cef_desk.queries.records import CompanyForm, near_companies
from cef_desk.rules.identifiers import siret_is_sound
from cef_desk.rules.kinds import SIZE_GROUPS
from cef_desk.ui.kit.fields import ChoiceField, TextField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.near import NearBanner
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField

_TEXTS = ("name", "siret", "postcode", "city", "phone", "email", "contact_name", "contact_role", "contact_phone")


class SiretField(TextField):
    """A SIRET; a wrong key is told and kept."""

    def doubt(self) -> str:
        """A key that does not hold."""
        wrong = bool(self.value()) and not siret_is_sound(self.value())
        return _("This number has no valid key: check it. It is kept as typed.") if wrong else ""


class CompanySheet(Form[CompanyDraft]):
    """A new company or one to correct; `near_opened` carries a company of nearly the same name."""

    name: ClassVar[str] = "company_form"
    label = N_("Correct a company")
    marks: ClassVar[dict[str, str]] = {name: f"company_{name}" for name in (*_TEXTS, "wakes_on")}
    near_opened = Signal(object)

    def __init__(self, seat: Seat, opened: CompanyForm) -> None:
        self._opened = opened
        new = opened.company_id is None
        subject = "company:new" if new else f"company:{opened.company_id}"
        if new:
            self.label = N_("New company")
        super().__init__(seat, subject, _("New company") if new else _("Correct"), opened.values.name)

    def build(self) -> None:
        """Name and number, activity and size, place, how to reach, whom to speak to."""
        labels = {
            "name": _("Name"), "siret": "SIRET", "postcode": _("Postcode"), "city": _("Commune"),
            "phone": _("Telephone"), "email": _("E-mail"), "contact_name": _("Contact"),
            "contact_role": _("Role"), "contact_phone": _("Telephone of the contact"),
        }  # fmt: skip
        widths = {"siret": 170, "postcode": 96, "phone": 170, "contact_phone": 170}
        self._texts = {
            name: (SiretField if name == "siret" else TextField)(label, f"company_{name}", widths.get(name, 0))
            for name, label in labels.items()
        }
        bands = [(code, _size_words(code)) for code in SIZE_GROUPS if code != "NN"]
        self._size = ChoiceField(_("Employees"), "company_size", [("", _("not known")), *bands])
        sections = [("", _("not known")), *self._opened.sections]
        self._section = ChoiceField(_("Activity"), "company_section", sections)
        self._near = NearBanner("company_near", self.seat.mask)
        texts = self._texts
        self.add(texts["name"])
        self.add_widget(self._near)
        self.add(texts["siret"], self._size)
        self.add(self._section)
        self.add(texts["postcode"], texts["city"])
        self.add(texts["phone"], texts["email"])
        self.add(texts["contact_name"], texts["contact_role"])
        self._wakes = DayField(_("Left to sleep until"), "company_wakes_on", self.seat.today, ahead=True)
        if self._opened.values.wakes_on is not None:
            self._wakes.set_day(self._opened.values.wakes_on)
        self.add(texts["contact_phone"], self._wakes)
        for name, field in texts.items():
            field.set_text(getattr(self._opened.values, name))
        self._size.set_text(self._opened.values.size_band)
        self._section.set_text(self._opened.values.naf_section)
        texts["name"].edited.connect(self._near.typed)
        texts["postcode"].edited.connect(self._on_postcode_typed)
        self._near.asked.connect(self._on_near_asked)
        self._near.opened.connect(self.near_opened)

    def start_at_sleep(self) -> None:
        """Puts the cursor in the day until which it is left to sleep."""
        self._wakes.setFocus(Qt.FocusReason.TabFocusReason)

    def draft(self) -> CompanyDraft:
        """The company as typed."""
        told = {name: field.value() for name, field in self._texts.items()}
        return CompanyDraft(
            **told, naf_section=self._section.value(), size_band=self._size.value(),
            wakes_on=self._wakes.value(), counsellor_id=self.seat.sitting.counsellor_id,
            version=self._opened.values.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Add or correct."""
        if self._opened.company_id is None:
            return add_company
        return partial(_correct, self._opened.company_id)

    def _on_near_asked(self) -> None:
        asked = (self._texts["name"].value(), self._opened.company_id)
        self.seat.runner.see(near_companies, *asked, then=self._near.tell)

    def _on_postcode_typed(self) -> None:
        self.seat.runner.see(communes_at, self._texts["postcode"].value(), then=self._on_communes)

    def _on_communes(self, found: list[str]) -> None:
        self._texts["city"].suggest(found)


def _correct(company_id: int, session: Any, draft: CompanyDraft, today: Any) -> int:  # noqa: ANN401  a session is no word of this room
    return correct_company(session, company_id, draft, today)


_BANDS = {
    "00": "0", "01": "1-2", "02": "3-5", "03": "6-9", "11": "10-19", "12": "20-49", "21": "50-99", "22": "100-199",
    "31": "200-249", "32": "250-499", "41": "500-999", "42": "1 000-1 999", "51": "2 000-4 999", "52": "5 000-9 999",
    "53": "10 000+",
}  # fmt: skip
"""Bands of SIRENE by their code (INSEE)."""


def _size_words(code: str) -> str:
    return _BANDS.get(code, code)
