"""Entretien: the form that is opened forty times a day."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.i18n import N_, _
from cef_desk.queries.person_rows import PersonRow
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.ui.kit.fields import ChoiceField, NoteField, OptionsField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField

MEDIA = (
    (Medium.OFFICE, N_("Office")), (Medium.PHONE, N_("Telephone")), (Medium.EMAIL, N_("E-mail")),
    (Medium.VIDEO, N_("Video")), (Medium.POST, N_("Post")), (Medium.HOME, N_("Home")),
    (Medium.ON_SITE, N_("In a company")), (Medium.FAIR, N_("Fair or job dating")),
)  # fmt: skip
OUTCOMES = (
    (Outcome.HELD, N_("Came")), (Outcome.EXCUSED, N_("Excused")), (Outcome.MISSED, N_("Not excused")),
    (Outcome.CANCELLED_BY_UNIT, N_("Cancelled by the unit")),
    (Outcome.CANCELLED_BY_OTHER, N_("Cancelled by the person")), ("", N_("To fill in")),
)  # fmt: skip
_USUAL_MINUTES = "30 min"


class MeetingForm(Form[MeetingDraft]):
    """A meeting of one pathway, held or planned; `hour` is what the clock says when it opens."""

    name: ClassVar[str] = "meeting_form"
    of_the_moment: ClassVar[frozenset[str]] = frozenset({"meeting_date", "meeting_time"})
    label = N_("Record meeting")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {"day": "meeting_date", "outcome": "meeting_outcome", "note": "meeting_notes"}

    def __init__(self, seat: Seat, person: PersonRow, hour: str) -> None:
        self._person, self._hour = person, hour
        super().__init__(seat, f"pathway:{person.id}", _("Meeting"), _("with {name}").format(name=person.name))

    def build(self) -> None:
        """Date, hour, length, medium; outcome; notes."""
        self._day = DayField(_("Date"), "meeting_date", self.seat.today, required=True)
        self._day.set_day(self.seat.today)
        self._time = TimeField(_("Hour"), "meeting_time", 80)
        self._time.set_text(self._hour)
        self._minutes = MinutesField(_("Length"), "meeting_duration", 96)
        self._minutes.set_text(_USUAL_MINUTES)
        self._medium = ChoiceField(_("Medium"), "meeting_medium", [(code, _(words)) for code, words in MEDIA])
        self.add(self._day, self._time, self._minutes, self._medium)
        self._outcome = OptionsField(_("Outcome"), "meeting_outcome", [(code, _(words)) for code, words in OUTCOMES])
        self.add(self._outcome)
        self._note = NoteField(_("Notes"), "meeting_notes", lines=7)
        self.add(self._note)

    def start(self) -> None:
        """All is already right but the words: the cursor is in the notes."""
        self._note.setFocus()

    def draft(self) -> MeetingDraft:
        """The meeting as typed."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        assert day is not None and hour is not None and minutes is not None  # noqa: S101, PT018  checked by save
        outcome = self._outcome.value()
        return MeetingDraft(
            pathway_id=self._person.id,
            counsellor_id=self.seat.sitting.counsellor_id,
            at=datetime.combine(day, hour),
            minutes=minutes,
            medium=Medium(self._medium.value()),
            outcome=Outcome(outcome) if outcome else None,
            note=self._note.value(),
        )

    def action(self) -> Callable[..., Any]:
        """Record it."""
        return record_meeting
