"""The small forms of the day: a line put off, days on which somebody cannot be met, a cover."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from cef_desk.actions.watching import (
    CoverDraft,
    SnoozeDraft,
    UnavailabilityDraft,
    put_off,
    record_cover,
    record_unavailability,
)
from cef_desk.i18n import N_, _
from cef_desk.queries.due.line import ToDo
from cef_desk.queries.unavailability import UnavailabilityForm
from cef_desk.rules.kinds import Away
from cef_desk.rules.working_days import next_working
from cef_desk.ui.kit.fields import ChoiceField, Choices, OptionsField, TextField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField
from cef_desk.ui.moments import AWAY

_A_WEEK = timedelta(days=7)


class SnoozeForm(Form[SnoozeDraft]):
    """A line put off to a day, with a reason: it comes back by itself."""

    name: ClassVar[str] = "snooze_form"
    label = N_("Put a line off")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {"until_on": "snooze_until", "reason": "snooze_reason"}

    def __init__(self, seat: Seat, line: ToDo, words: str) -> None:
        self._line, self._what = line, words
        super().__init__(seat, f"snooze:{line.alert.code} {line.pathway_id} {line.row}", _("Put off"), line.who)

    def build(self) -> None:
        """Until when, why."""
        self.add_widget(PlainLabel(self._what, role="hint", wrap=True))
        self._until = DayField(_("Until"), "snooze_until", self.seat.today, ahead=True, required=True)
        self._until.set_day(next_working(self.seat.today + _A_WEEK))
        self._reason = TextField(_("Reason"), "snooze_reason")
        if self._line.put_off is not None:
            self._until.set_day(self._line.put_off.until)
            self._reason.set_text(self._line.put_off.reason)
        self.add(self._until)
        self.add(self._reason)
        self.add_widget(
            PlainLabel(_("The line comes back that day; what it waits for ends it before."), role="hint", wrap=True)
        )

    def start(self) -> None:
        """The reason is what is not known."""
        self._reason.setFocus()

    def draft(self) -> SnoozeDraft:
        """As typed."""
        until = self._until.value()
        assert until is not None  # noqa: S101  checked by save
        return SnoozeDraft(
            counsellor_id=self.seat.sitting.counsellor_id, pathway_id=self._line.pathway_id,
            code=self._line.alert.code, about=self._line.alert.about, until_on=until, reason=self._reason.value(),
            row=self._line.row,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Put it off."""
        return put_off


class UnavailabilitySheet(Form[UnavailabilityDraft]):
    """Days on which a person cannot be met, new or noted already; the lines that ask to meet them wait."""

    name: ClassVar[str] = "unavailability_form"
    label = N_("Cannot be met")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {"from_on": "unavailability_from", "to_on": "unavailability_to"}

    def __init__(self, seat: Seat, opened: UnavailabilityForm) -> None:
        self._opened = opened
        super().__init__(seat, f"unavailability:of {opened.pathway_id}", _("Cannot be met"), opened.name)

    def build(self) -> None:
        """From, to, why."""
        today = self.seat.today
        self._from = DayField(_("First day"), "unavailability_from", today, required=True)
        self._from.set_day(today)
        self._to = DayField(_("Last day, if it is known"), "unavailability_to", today, ahead=True)
        self._reason = OptionsField(_("Reason"), "unavailability_reason", [(code, _(words)) for code, words in AWAY])
        self.add(self._from, self._to)
        self.add(self._reason)
        words = _("The lines that ask to meet the person wait; the delay begins again on the last day.")
        self.add_widget(PlainLabel(words, role="hint", wrap=True))
        noted = self._opened.noted
        if noted is not None:
            self._from.set_day(noted.from_on)
            self._reason.set_text(noted.reason)
            if noted.to_on is not None:
                self._to.set_day(noted.to_on)

    def start(self) -> None:
        """Of days noted already, the last one is what is told."""
        (self._from if self._opened.noted is None else self._to).setFocus()

    def draft(self) -> UnavailabilityDraft:
        """As typed."""
        first, noted = self._from.value(), self._opened.noted
        assert first is not None  # noqa: S101  checked by save
        return UnavailabilityDraft(
            pathway_id=self._opened.pathway_id, from_on=first, to_on=self._to.value(),
            reason=Away(self._reason.value()), unavailability_id=None if noted is None else noted.id,
            version=0 if noted is None else noted.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Note it."""
        return record_unavailability


class CoverForm(Form[CoverDraft]):
    """The list of a colleague who is away, beside one's own."""

    name: ClassVar[str] = "cover_form"
    label = N_("Cover a colleague")
    marks: ClassVar[dict[str, str]] = {"absent_code": "cover_absent", "to_on": "cover_to"}

    def __init__(self, seat: Seat, colleagues: Choices) -> None:
        self._colleagues = [each for each in colleagues if each[0] != seat.sitting.counsellor_code]
        super().__init__(seat, "cover:new", _("Cover a colleague"), "")

    def build(self) -> None:
        """Whom, from, to."""
        today = self.seat.today
        self._absent = ChoiceField(_("Colleague"), "cover_absent", self._colleagues, 320)
        self._from = DayField(_("First day"), "cover_from", today, ahead=True, required=True)
        self._from.set_day(today)
        self._to = DayField(_("Last day"), "cover_to", today, ahead=True, required=True)
        self.add(self._absent)
        self.add(self._from, self._to)
        self.add_widget(PlainLabel(_("Both lists stand in My day from the first to the last day."), role="hint"))

    def draft(self) -> CoverDraft:
        """As typed."""
        first, last = self._from.value(), self._to.value()
        assert first is not None and last is not None  # noqa: S101, PT018  checked by save
        return CoverDraft(
            counsellor_id=self.seat.sitting.counsellor_id, absent_code=self._absent.value(), from_on=first, to_on=last
        )

    def action(self) -> Callable[..., Any]:
        """Note it."""
        return record_cover
