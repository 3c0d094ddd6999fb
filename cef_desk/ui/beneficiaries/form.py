"""Fiche d’une personne: her main fields, near duplicates told while her name is typed."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal

from cef_desk.actions.beneficiaries import NewPersonDraft, PersonDraft, add_person, correct_person
from cef_desk.i18n import N_, _
from cef_desk.queries.places import communes_at
from cef_desk.queries.records import Choices, PersonForm, near_people
from cef_desk.rules.folding import full_name
from cef_desk.ui.kit.fields import ChoiceField, TextField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.near import NearBanner
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField
from cef_desk.ui.moments import CHANNELS, WAITS

_SEXES = (("", N_("not known")), ("F", N_("woman")), ("H", N_("man")))


class PersonSheet(Form[PersonDraft]):
    """A new person or one to correct; `near_opened` carries the pathway of somebody of nearly the same name."""

    name: ClassVar[str] = "person_form"
    label = N_("Correct a person")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {
        "last_name": "person_last_name", "first_name": "person_first_name", "birth_date": "person_birth_date",
        "phone": "person_phone", "email": "person_email",
        "contact_through": "person_through", "address": "person_address", "postcode": "person_postcode",
        "city": "person_city",
        "entered_on": "person_entered_on", "prescribed_on": "person_prescribed_on",
    }  # fmt: skip
    near_opened = Signal(object)

    def __init__(self, seat: Seat, opened: PersonForm) -> None:
        self._opened = opened
        new = opened.beneficiary_id is None
        subject = "beneficiary:new" if new else f"beneficiary:{opened.beneficiary_id}"
        title = _("New person") if new else _("Correct")
        about = "" if new else full_name(opened.values.last_name, opened.values.first_name)
        if new:
            self.label = N_("New person")
        super().__init__(seat, subject, title, about)

    def build(self) -> None:
        """Names, birth, how to reach; for a new person the entry."""
        values, choices, today = self._opened.values, self._opened.choices, self.seat.today
        self._last = TextField(_("Last name"), "person_last_name")
        self._first = TextField(_("First name"), "person_first_name")
        self._born = DayField(_("Born on"), "person_birth_date", today)
        self._sex = ChoiceField(_("Sex"), "person_sex", [(code, _(words)) for code, words in _SEXES])
        self._phone = TextField(_("Telephone"), "person_phone", 170)
        self._email = TextField(_("E-mail"), "person_email")
        self._channel = ChoiceField(
            _("Reached first by"), "person_channel",
            [("", _("not known")), *((code, _(words)) for code, words in CHANNELS.items())],
        )  # fmt: skip
        self._through = TextField(_("Or through somebody (who, number)"), "person_through")
        self._address = TextField(_("Address"), "person_address")
        self._postcode = TextField(_("Postcode"), "person_postcode", 96)
        self._city = TextField(_("Commune"), "person_city")
        self._vehicle = _choice(_("Vehicle"), "person_vehicle", choices.vehicle)
        self._household = _choice(_("Household"), "person_household", choices.household)
        self._near = NearBanner("person_near", self.seat.mask)
        self.add(self._last, self._first)
        self.add_widget(self._near)
        self.add(self._born, self._sex)
        self.add(self._phone, self._email)
        self.add(self._channel, self._through)
        self.add(self._address)
        self.add(self._postcode, self._city)
        self.add(self._household, self._vehicle)
        if self._opened.beneficiary_id is None:
            self._prescribed = DayField(_("Prescription received on"), "person_prescribed_on", today)
            self._prescribed.set_day(today)
            self._entered = DayField(_("Entry"), "person_entered_on", today)
            self._holder = ChoiceField(_("Counsellor"), "person_counsellor", choices.counsellors)
            self._holder.set_text(self._opened.own_code)
            self._prescriber = _choice(_("Prescriber"), "person_prescriber", choices.prescriber)
            self._level = _choice(_("Level"), "person_level", choices.level)
            self.add(self._prescribed, self._prescriber)
            self.add(self._entered, self._level)
            self.add_widget(PlainLabel(_(WAITS), role="hint", wrap=True))
            self.add(self._holder)
        for field, text in (
            (self._last, values.last_name), (self._first, values.first_name), (self._phone, values.phone),
            (self._postcode, values.postcode), (self._city, values.city), (self._sex, values.sex),
            (self._email, values.email), (self._channel, values.channel), (self._through, values.contact_through),
            (self._address, values.address), (self._vehicle, values.vehicle_code),
            (self._household, values.household_code),
        ):  # fmt: skip
            field.set_text(text)
        if values.birth_date is not None:
            self._born.set_day(values.birth_date)
        for field in (self._last, self._first):
            field.edited.connect(self._near.typed)
        self._postcode.edited.connect(self._on_postcode_typed)
        self._near.asked.connect(self._on_near_asked)
        self._near.opened.connect(self.near_opened)

    def draft(self) -> PersonDraft:
        """The person as typed."""
        about: dict[str, Any] = {
            "last_name": self._last.value(), "first_name": self._first.value(), "birth_date": self._born.value(),
            "sex": self._sex.value(), "phone": self._phone.value(), "email": self._email.value(),
            "channel": self._channel.value(), "contact_through": self._through.value(),
            "address": self._address.value(), "postcode": self._postcode.value(),
            "city": self._city.value(), "vehicle_code": self._vehicle.value(),
            "household_code": self._household.value(), "version": self._opened.values.version,
        }  # fmt: skip
        if self._opened.beneficiary_id is not None:
            return PersonDraft(**about)
        return NewPersonDraft(
            **about, entered_on=self._entered.value(), prescribed_on=self._prescribed.value(),
            counsellor_code=self._holder.value(),
            prescriber_code=self._prescriber.value(), level_code=self._level.value(),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Add or correct."""
        if self._opened.beneficiary_id is None:
            return add_person
        return partial(_correct, self._opened.beneficiary_id)

    def _on_near_asked(self) -> None:
        asked = (self._last.value(), self._first.value(), self._opened.beneficiary_id)
        self.seat.runner.see(near_people, *asked, then=self._near.tell)

    def _on_postcode_typed(self) -> None:
        self.seat.runner.see(communes_at, self._postcode.value(), then=self._on_communes)

    def _on_communes(self, found: list[str]) -> None:
        self._city.suggest(found)


def _correct(beneficiary_id: int, session: Any, draft: PersonDraft, today: Any) -> int:  # noqa: ANN401  a session is no word of this room
    return correct_person(session, beneficiary_id, draft, today)


def _choice(label: str, name: str, choices: Choices) -> ChoiceField:
    return ChoiceField(label, name, [("", _("not known")), *choices])
