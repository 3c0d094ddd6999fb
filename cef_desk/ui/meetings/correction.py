"""A meeting, follow-up or call noted already, corrected from the timeline."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from cef_desk.actions.interactions import CorrectionDraft, correct_meeting
from cef_desk.i18n import N_, _
from cef_desk.queries.meeting_noted import MeetingNoted
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.ui.kit.choosing import CheckField, ManyField
from cef_desk.ui.kit.fields import ChoiceField, NoteField, OptionsField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField
from cef_desk.ui.meetings.form import MEDIA, OUTCOMES


class CorrectionForm(Form[CorrectionDraft]):
    """What was noted, as it should have been; the outcome of a call is not asked."""

    name: ClassVar[str] = "correction_form"
    label = N_("Correct a meeting")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {
        "day": "correction_date", "outcome": "correction_outcome", "note": "correction_notes",
    }  # fmt: skip

    def __init__(self, seat: Seat, found: MeetingNoted) -> None:
        self._found = found
        super().__init__(seat, f"interaction:{found.id}", _("Correct"), _("with {name}").format(name=found.name))

    def build(self) -> None:
        """Date, hour, length, medium; outcome; subjects; notes."""
        found = self._found
        self._day = DayField(_("Date"), "correction_date", self.seat.today, required=True)
        self._day.set_day(found.at.date())
        self._time = TimeField(_("Hour"), "correction_time", 80)
        self._time.set_text(f"{found.at:%H:%M}")
        self._minutes = MinutesField(_("Length"), "correction_duration", 96)
        self._minutes.set_text(_("{n} min").format(n=found.minutes))
        self._medium = ChoiceField(_("Medium"), "correction_medium", [(code, _(words)) for code, words in MEDIA])
        self._medium.set_text(found.medium)
        self._outcome = OptionsField(
            _("Outcome"), "correction_outcome", [(code, _(words)) for code, words in OUTCOMES if code]
        )
        self._outcome.set_text(found.outcome)
        self._subjects = ManyField(_("Subjects"), "correction_subjects", data=True)
        self._note = NoteField(_("Notes"), "correction_notes", lines=5)
        self._note.set_text(found.note)
        self._privacy = CheckField(_("Private: never printed nor exported"), "correction_private")
        self._privacy.set_text("yes" if found.is_private else "")
        self.add(self._day, self._time, self._minutes, self._medium)
        self.add(self._outcome)
        self._outcome.setVisible(not found.is_call)
        self.add(self._subjects)
        self._subjects.offer(found.offered)
        self._subjects.set_text(" ".join(found.subjects))
        self.add(self._note)
        self.add_beside(self._note, self._privacy)

    def start(self) -> None:
        """Most often it is a word."""
        self._note.setFocus()

    def draft(self) -> CorrectionDraft:
        """As typed."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        assert day is not None and hour is not None and minutes is not None  # noqa: S101, PT018  checked by save
        return CorrectionDraft(
            interaction_id=self._found.id, version=self._found.version, at=datetime.combine(day, hour), minutes=minutes,
            medium=Medium(self._medium.value()), outcome=Outcome(self._outcome.value()), note=self._note.value(),
            subject_codes=self._subjects.value(), is_private=self._privacy.value(), accepted=frozenset(self.accepted),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Correct it."""
        return correct_meeting
