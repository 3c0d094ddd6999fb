"""An appointment, or a series of them; days away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from cef_desk.actions.appointments import AbsenceDraft, AppointmentDraft, record_absence, record_appointment
from cef_desk.i18n import N_, _
from cef_desk.queries.diary import Appointment
from cef_desk.rules.kinds import AbsenceReason, Medium, Repeat
from cef_desk.ui.kit.fields import ChoiceField, NoteField, OptionsField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField
from cef_desk.ui.moments import MEDIA
from cef_desk.ui.person_sought import PersonSought

_REPEATS = (
    ("", N_("Once")), (Repeat.WEEKLY, N_("Every week")), (Repeat.FORTNIGHTLY, N_("Every two weeks")),
    (Repeat.MONTHLY, N_("Every month")),
)  # fmt: skip
REASONS = (
    (AbsenceReason.LEAVE, N_("Leave")), (AbsenceReason.TRAINING, N_("Training")),
    (AbsenceReason.ILLNESS, N_("Illness")), (AbsenceReason.OTHER, N_("Other")),
)  # fmt: skip
_USUAL = "30 min"


@dataclass(frozen=True)
class AppointmentStart:
    """What the form begins with: an appointment to change, or somebody, or a free moment, or nothing."""

    appointment: Appointment | None = None
    person: tuple[int, str] | None = None
    at: datetime | None = None


class AppointmentForm(Form[AppointmentDraft]):
    """An appointment to come: with whom, when, where, about what; it can come back."""

    name: ClassVar[str] = "appointment_form"
    label = N_("Make an appointment")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {
        "day": "appointment_date", "about": "appointment_about", "until": "appointment_until",
    }  # fmt: skip

    def __init__(self, seat: Seat, start: AppointmentStart) -> None:
        self._appointment, self._at = start.appointment, start.at
        self._person = start.person
        if self._appointment is not None:
            self._person = (self._appointment.pathway_id or 0, self._appointment.person)
            self._at = self._appointment.at
            self.label = N_("Change an appointment")
        subject = "pathway:new" if self._person is None else f"pathway:{self._person[0]}"
        if self._appointment is not None:
            subject = f"interaction:{self._appointment.id}"
        about = "" if self._person is None else _("with {name}").format(name=self._person[1])
        super().__init__(seat, subject, _("Appointment"), about)

    def build(self) -> None:
        """Who, when, where, about what, how often."""
        self._who = PersonSought(self.seat, "appointment_person")
        self._who.chosen.connect(self._on_person)
        self.add(self._who)
        self._who.setVisible(self._person is None)
        today = self.seat.today
        self._day = DayField(_("Date"), "appointment_date", today, ahead=True, required=True)
        self._time = TimeField(_("Hour"), "appointment_time", 80)
        self._minutes = MinutesField(_("Length"), "appointment_duration", 96)
        self._minutes.set_text(_USUAL)
        self._medium = ChoiceField(
            _("Medium"), "appointment_medium", [(code, _(words)) for code, (words, _icon) in MEDIA.items()]
        )
        self.add(self._day, self._time, self._minutes, self._medium)
        self._subject = NoteField(_("About"), "appointment_about", lines=2)
        self.add(self._subject)
        self._repeat = ChoiceField(
            _("Comes back"), "appointment_repeat", [(code, _(words)) for code, words in _REPEATS], 176
        )
        self._until = DayField(_("Until"), "appointment_until", today, ahead=True)
        self.add(self._repeat, self._until)
        self._rule = PlainLabel(_("Never on a Sunday or a holiday: the next day worked takes its place."), role="hint")
        self.add_widget(self._rule)
        self._repeat.edited.connect(self._on_repeat)
        self._until.hide()
        self._rule.hide()
        if self._at is not None:
            self._day.set_day(self._at.date())
            self._time.set_text(f"{self._at:%H:%M}")
        if self._appointment is not None:
            self._minutes.set_text(_("{n} min").format(n=self._appointment.minutes))
            self._medium.set_text(self._appointment.medium)
            self._subject.set_text(self._appointment.note)
            self._repeat.hide()

    def start(self) -> None:
        """The cursor is in what is not known yet."""
        (self._who if self._person is None else self._day).setFocus()

    def draft(self) -> AppointmentDraft:
        """The appointment as typed."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        pathway_id = self._who.value() if self._person is None else self._person[0]
        assert day is not None and hour is not None and minutes is not None  # noqa: S101, PT018  checked by save
        assert pathway_id is not None  # noqa: S101  as above
        repeat = self._repeat.value()
        return AppointmentDraft(
            appointment_id=None if self._appointment is None else self._appointment.id, pathway_id=pathway_id,
            counsellor_id=self.seat.sitting.counsellor_id, at=datetime.combine(day, hour), minutes=minutes,
            medium=Medium(self._medium.value()), about=self._subject.value(),
            version=0 if self._appointment is None else self._appointment.version,
            repeat=Repeat(repeat) if repeat else None, until=self._until.value() if repeat else None,
            accepted=frozenset(self.accepted),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Make it, or change it."""
        return record_appointment

    def _on_repeat(self) -> None:
        self._until.setVisible(bool(self._repeat.value()))
        self._rule.setVisible(bool(self._repeat.value()))

    def _on_person(self, _pathway_id: int) -> None:
        self._day.setFocus()


class AbsenceForm(Form[AbsenceDraft]):
    """Days on which the counsellor is away."""

    name: ClassVar[str] = "absence_form"
    label = N_("Note an absence")
    marks: ClassVar[dict[str, str]] = {"from_on": "absence_from", "to_on": "absence_to"}

    def __init__(self, seat: Seat, day: date) -> None:
        self._first = day
        super().__init__(seat, "absence:new", _("Days away"), seat.sitting.counsellor_name)

    def build(self) -> None:
        """From, to, why."""
        self._from = DayField(_("First day"), "absence_from", self.seat.today, ahead=True, required=True)
        self._to = DayField(_("Last day"), "absence_to", self.seat.today, ahead=True, required=True)
        self._from.set_day(self._first)
        self._to.set_day(self._first)
        self._reason = OptionsField(_("Reason"), "absence_reason", [(code, _(words)) for code, words in REASONS])
        self.add(self._from, self._to)
        self.add(self._reason)
        self.add_widget(PlainLabel(_("No appointment is proposed on these days."), role="hint", wrap=True))

    def draft(self) -> AbsenceDraft:
        """The days as typed."""
        first, last = self._from.value(), self._to.value()
        assert first is not None and last is not None  # noqa: S101, PT018  checked by save
        return AbsenceDraft(
            counsellor_id=self.seat.sitting.counsellor_id, from_on=first, to_on=last,
            reason=AbsenceReason(self._reason.value()), accepted=frozenset(self.accepted),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Note them."""
        return record_absence
