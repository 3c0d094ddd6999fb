"""Forms of the settings: the unit, a counsellor, a row of a list."""

from collections.abc import Callable
from typing import Any, ClassVar

from cef_desk.actions.settings import (
    CounsellorDraft,
    EntryDraft,
    UnitSettings,
    set_counsellor,
    set_entry,
    set_unit,
)
from cef_desk.i18n import N_, _
from cef_desk.queries.settings import CounsellorRow, EntryRow, UnitValues
from cef_desk.rules.kinds import ListName, Sensitive
from cef_desk.ui.kit.fields import ChoiceField, TextField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.number_fields import WholeNumberField
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField

_YES, _NO = "1", ""
_FAMILIES = (
    (Sensitive.HEALTH, N_("health")), (Sensitive.JUSTICE, N_("justice")), (Sensitive.ORIGIN, N_("origin or belief")),
)  # fmt: skip


class UnitForm(Form[UnitSettings]):
    """The unit and its thresholds."""

    name: ClassVar[str] = "unit_form"
    label = N_("Change the unit")
    marks: ClassVar[dict[str, str]] = {
        "name": "unit_name", "scheme": "unit_scheme", "address": "unit_address", "phone": "unit_phone",
        "opened_on": "unit_opened_on", "low_base": "unit_low_base",
        "min_stay_days": "unit_min_stay_days", "loyal_months": "unit_loyal_months",
    }  # fmt: skip

    def __init__(self, seat: Seat, unit: UnitValues) -> None:
        self._unit = unit
        super().__init__(seat, "unit:1", _("Unit"), "")

    def build(self) -> None:
        """Name, scheme, opening; thresholds with what they do."""
        unit = self._unit
        self._name = TextField(_("Name of the unit"), "unit_name")
        self._scheme = TextField(_("Scheme"), "unit_scheme", 120)
        self._address = TextField(_("Address"), "unit_address")
        self._phone = TextField(_("Telephone"), "unit_phone", 170)
        self._opened = DayField(_("Opened on"), "unit_opened_on", self.seat.today)
        self._base = WholeNumberField(_("Few cases under"), "unit_low_base", 96)
        self._stay = WholeNumberField(_("Shortest stay counted, in days"), "unit_min_stay_days", 96)
        self._loyal = WholeNumberField(_("Loyal companies, window in months"), "unit_loyal_months", 96)
        self.add(self._name)
        self.add(self._address, self._phone)
        self.add_widget(PlainLabel(_("Letters of appointment say where to come and whom to call."), role="hint"))
        self.add(self._scheme, self._opened)
        for field, words in (
            (self._base, _("A rate on fewer cases is grey, on paper and on the screen.")),
            (self._stay, _("An exit after a shorter stay is not counted in S1.")),
            (self._loyal, _("I15 looks back so many months; 0: since the opening.")),
        ):
            self.add(field)
            self.add_widget(PlainLabel(words, role="hint", wrap=True))
        self._name.set_text(unit.name)
        self._scheme.set_text(unit.scheme)
        self._address.set_text(unit.address)
        self._phone.set_text(unit.phone)
        if unit.opened_on is not None:
            self._opened.set_day(unit.opened_on)
        for number_field, value in (
            (self._base, unit.low_base), (self._stay, unit.min_stay_days), (self._loyal, unit.loyal_months),
        ):  # fmt: skip
            number_field.set_text(str(value))

    def draft(self) -> UnitSettings:
        """The unit as typed."""
        return UnitSettings(
            name=self._name.value(), scheme=self._scheme.value(), address=self._address.value(),
            phone=self._phone.value(), opened_on=self._opened.value(),
            low_base=self._base.number(), min_stay_days=self._stay.number(), loyal_months=self._loyal.number(),
            version=self._unit.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Change it."""
        return set_unit


class CounsellorForm(Form[CounsellorDraft]):
    """A counsellor, new or not."""

    name: ClassVar[str] = "counsellor_form"
    label = N_("Change a counsellor")
    marks: ClassVar[dict[str, str]] = {
        "code": "counsellor_code", "name": "counsellor_name", "active": "counsellor_active",
        "to_on": "counsellor_to_on", "from_on": "counsellor_from_on",
    }  # fmt: skip

    def __init__(self, seat: Seat, row: CounsellorRow | None) -> None:
        self._row = row
        title = _("New counsellor") if row is None else _("Counsellor")
        subject = "counsellor:new" if row is None else f"counsellor:{row.id}"
        if row is None:
            self.label = N_("New counsellor")
        super().__init__(seat, subject, title, "" if row is None else row.code)

    def build(self) -> None:
        """Code and name, what they do, the days of presence."""
        self._code = TextField(_("Code"), "counsellor_code", 120)
        self._name = TextField(_("Name"), "counsellor_name")
        self._manager = ChoiceField(
            _("Role"), "counsellor_manager", [(_NO, _("Counsellor")), (_YES, _("Manager of the unit"))]
        )
        self._active = ChoiceField(
            _("State"), "counsellor_active", [(_YES, _("Offered in forms")), (_NO, _("No longer offered"))]
        )
        self._from = DayField(_("Present from"), "counsellor_from_on", self.seat.today)
        self._to = DayField(_("Until"), "counsellor_to_on", self.seat.today)
        self.add(self._code, self._name)
        self.add(self._manager, self._active)
        self.add(self._from, self._to)
        self.add_widget(
            PlainLabel(_("The caseload per counsellor counts those present that day."), role="hint", wrap=True)
        )
        row = self._row
        if row is None:
            self._from.set_day(self.seat.today)
            return
        self._code.set_text(row.code)
        self._name.set_text(row.name)
        self._manager.set_text(_YES if row.is_manager else _NO)
        self._active.set_text(_YES if row.active else _NO)
        for field, day in ((self._from, row.from_on), (self._to, row.to_on)):
            if day is not None:
                field.set_day(day)

    def draft(self) -> CounsellorDraft:
        """The counsellor as typed."""
        return CounsellorDraft(
            counsellor_id=None if self._row is None else self._row.id, code=self._code.value(),
            name=self._name.value(), is_manager=self._manager.value() == _YES, active=self._active.value() == _YES,
            from_on=self._from.value(), to_on=self._to.value(), version=0 if self._row is None else self._row.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Add or change."""
        return set_counsellor


class EntryForm(Form[EntryDraft]):
    """The words of one row of a list, or a new one: a word to think over says of what it tells."""

    name: ClassVar[str] = "entry_form"
    label = N_("Change a list")
    marks: ClassVar[dict[str, str]] = {"label": "entry_label", "active": "entry_active"}

    def __init__(self, seat: Seat, row: EntryRow | None, list_name: str = "") -> None:
        self._row, self._list_name = row, list_name
        if row is None:
            self.label = N_("New row of a list")
            super().__init__(seat, f"list_entry:in {list_name}", _("New row"), "")
        else:
            super().__init__(seat, f"list_entry:{row.id}", _("Row of a list"), row.code)

    def build(self) -> None:
        """Words, and whether they are offered."""
        self._label = TextField(_("Words"), "entry_label")
        self._active = ChoiceField(
            _("State"), "entry_active", [(_YES, _("Offered in forms")), (_NO, _("No longer offered"))]
        )
        self.add(self._label)
        self._family = ChoiceField(_("Tells of"), "entry_family", [(code, _(words)) for code, words in _FAMILIES])
        if self._row is None and self._list_name == ListName.SENSITIVE_WORD:
            self.add(self._family)
            words = _("A word or several; a star stands for any ending: cancer* finds cancéreux.")
            self.add_widget(PlainLabel(words, role="hint", wrap=True))
        if self._row is None:
            return
        self.add(self._active)
        self.add_widget(
            PlainLabel(
                _("The code stays: what is recorded keeps its meaning, and nothing is removed from reports."),
                role="hint", wrap=True,
            )
        )  # fmt: skip
        self._label.set_text(self._row.label)
        self._active.set_text(_YES if self._row.active else _NO)

    def draft(self) -> EntryDraft:
        """The row as typed."""
        if self._row is None:
            family = self._family.value() if self._list_name == ListName.SENSITIVE_WORD else ""
            return EntryDraft(
                entry_id=None, label=self._label.value(), active=True, list_name=self._list_name, family=family
            )
        return EntryDraft(
            entry_id=self._row.id, label=self._label.value(), active=self._active.value() == _YES,
            version=self._row.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Change it."""
        return set_entry
