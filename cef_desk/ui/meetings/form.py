"""Entretien: the form that is opened forty times a day."""

import re
from collections.abc import Callable
from datetime import datetime, time
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.i18n import N_, _, field_day, moment
from cef_desk.queries.meeting_start import MeetingStart, meeting_start
from cef_desk.queries.person_rows import PersonRow
from cef_desk.rules.folding import fold
from cef_desk.rules.kinds import CallResult, Medium, Outcome
from cef_desk.rules.slots import next_appointment
from cef_desk.ui.kit.choosing import CheckField, ManyField
from cef_desk.ui.kit.fields import ChoiceField, NoteField, OptionsField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.page import Met, Seat
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField
from cef_desk.ui.meetings.agreed import AgreedField
from cef_desk.ui.meetings.following import Following
from cef_desk.ui.person_sought import PersonSought

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
CALL_ENDS = (
    (CallResult.REACHED, N_("Reached")), (CallResult.MESSAGE, N_("Message left")),
    (CallResult.WRONG_NUMBER, N_("Wrong number")),
)  # fmt: skip
_APPOINTMENT, _APART, _CHECK_UP = "appointment", "apart", "check_up"
USUAL, USUAL_CALL = "30 min", "10 min"
_A_CALL = re.compile(r"tel\b[ .:,]+(?!q)\w")
"""A note that begins so is that of a call; « tel que » is a turn of phrase."""
_NOT_REACHED = re.compile(r"tel (?:laisse (?:un )?)?(?:(message|messagerie|repondeur|msg)|faux numero)\b")
"""And how it ended, when the words say so: a message was left, or the number is wrong."""

_FACE_TO_FACE = (Medium.OFFICE, Medium.HOME, Medium.VIDEO, Medium.ON_SITE)


class MeetingForm(Form[MeetingDraft]):
    """A meeting or call with one person, who may be chosen in it; `hour` is what the clock says when it opens."""

    name: ClassVar[str] = "meeting_form"
    of_the_moment: ClassVar[frozenset[str]] = frozenset({"meeting_date", "meeting_time"})
    label = N_("Record meeting")
    is_about_somebody = True
    is_followed = True
    missed = Signal(object)
    """Carries the appointment to which nobody came, once that is saved."""
    marks: ClassVar[dict[str, str]] = {
        "day": "meeting_date", "time": "meeting_time", "outcome": "meeting_outcome", "note": "meeting_notes",
        "agreed": "meeting_agreed", "next_day": "meeting_next",
    }  # fmt: skip

    def __init__(self, seat: Seat, person: PersonRow | None, hour: str, met: Met | None = None) -> None:
        self._person, self._hour, self._asked = person, hour, met
        self._start: MeetingStart | None = None
        subject = "pathway:new" if person is None else f"pathway:{person.id}"
        about = "" if person is None else _("with {name}").format(name=person.name)
        super().__init__(seat, subject, _("Meeting"), about)
        self.saved.connect(self._on_recorded)
        if person is not None:
            self._look(person.id)

    def build(self) -> None:
        """Who; date, hour, length, medium; outcome; subjects; notes; what is agreed; the next appointment."""
        self._who = PersonSought(self.seat, "meeting_person")
        self._who.chosen.connect(self._on_person)
        self.add(self._who)
        self._who.setVisible(self._person is None)
        self._day = DayField(_("Date"), "meeting_date", self.seat.today, required=True)
        self._day.set_day(self.seat.today)
        self._time = TimeField(_("Hour"), "meeting_time", 80)
        self._time.set_text(self._hour)
        self._minutes = MinutesField(_("Length"), "meeting_duration", 96)
        self._minutes.set_text(USUAL)
        self._medium = ChoiceField(_("Medium"), "meeting_medium", [(code, _(words)) for code, words in MEDIA])
        self._medium.edited.connect(self._on_medium)
        self.add(self._day, self._time, self._minutes, self._medium)
        self._which = OptionsField(
            _("Which one"), "meeting_which", ((_APPOINTMENT, _("The appointment")), (_APART, _("Another meeting")))
        )
        self.add(self._which)
        self._which.hide()
        self._kind = OptionsField(_("About"), "meeting_kind", (("", _("The pathway")), (_CHECK_UP, _("The job"))))
        self.add(self._kind)
        self._kind.hide()
        self._outcome = OptionsField(_("Outcome"), "meeting_outcome", [(code, _(words)) for code, words in OUTCOMES])
        self._call = OptionsField(_("Outcome"), "meeting_call", [(code, _(words)) for code, words in CALL_ENDS])
        self.add(self._outcome)
        self.add(self._call)
        self._subjects = ManyField(_("Subjects"), "meeting_subjects", data=True)
        self.add(self._subjects)
        self._note = NoteField(
            _("Notes"), "meeting_notes", lines=3,
            hint=_("What was said and done; no diagnosis, no opinion. Beginning with “tel”: a call."),
        )  # fmt: skip
        self._note.edited.connect(self._on_note)
        self.add(self._note)
        self._privacy = CheckField(_("Private: never printed nor exported"), "meeting_private")
        self.add_beside(self._note, self._privacy)
        self._agreed = AgreedField(_("Agreed"), "meeting_agreed", self.seat.today, _("By the person"))
        self.add(self._agreed)
        self._next = Following(self.seat.today)
        self.add(self._next.day, self._next.hour, self._next.minutes, aside=self._next)
        for field in (self._kind, self._outcome, self._call, self._day, self._time, self._minutes, self._which):
            field.edited.connect(self._on_facts)
        for part in (self._next.day, self._next.hour):
            part.edited.connect(self._on_next)
        self._on_medium()

    def start(self) -> None:
        """All is already right but the words: the cursor is in the notes, or where the person is looked for."""
        (self._note if self._person is not None else self._who).setFocus()

    def draft(self) -> MeetingDraft:
        """The meeting as typed."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        pathway_id = self._who.value() if self._person is None else self._person.id
        assert day is not None and hour is not None and minutes is not None  # noqa: S101, PT018  checked by save
        assert pathway_id is not None  # noqa: S101  as above
        next_at, next_minutes = self._next.value()
        self.label = N_("Record meeting and next appointment") if next_at else N_("Record meeting")
        return MeetingDraft(
            pathway_id=pathway_id,
            counsellor_id=self.seat.sitting.counsellor_id,
            at=datetime.combine(day, hour),
            minutes=minutes,
            medium=Medium(self._medium.value()),
            outcome=self._ended(),
            call_result=CallResult(self._call.value()) if self._is_call and self._ended() else None,
            note=self._note.value(),
            subject_codes=self._subjects.value(),
            is_private=self._privacy.value(),
            agreed=self._agreed.value(),
            next_at=next_at,
            next_minutes=next_minutes,
            appointment_id=self._appointment_id,
            contract_id=self._contract_id,
            accepted=frozenset(self.accepted),
        )

    def action(self) -> Callable[..., Any]:
        """Record it."""
        return record_meeting

    def _on_recorded(self, interaction_id: object) -> None:
        if not self._is_call and self._outcome.value() == Outcome.MISSED:
            self.missed.emit(interaction_id)

    @property
    def _is_call(self) -> bool:
        return self._medium.value() == Medium.PHONE

    @property
    def _appointment_id(self) -> int | None:
        """The appointment that took place, unless this is another meeting."""
        planned = None if self._start is None else self._start.appointment
        return planned.id if planned is not None and self._which.value() == _APPOINTMENT else None

    @property
    def _contract_id(self) -> int | None:
        """The contract that a check-up is about."""
        contract = None if self._start is None else self._start.contract
        return contract[0] if contract is not None and self._kind.value() == _CHECK_UP else None

    def _ended(self) -> Outcome | None:
        """How it ended; a call that reached somebody was held, one of a day to come is planned."""
        day = self._day.value()
        if self._is_call:
            return None if day is not None and day > self.seat.today else Outcome.HELD
        return Outcome(self._outcome.value()) if self._outcome.value() else None

    def _look(self, pathway_id: int) -> None:
        now = datetime.combine(self.seat.today, self._time.value() or time.min)
        who = self.seat.sitting.counsellor_id
        asked = None if self._asked is None else self._asked.appointment_id
        self.seat.runner.see(meeting_start, pathway_id, who, now, asked, then=self._on_start)

    def _on_person(self, pathway_id: int) -> None:
        """What was known of somebody chosen before is of them alone."""
        self._start = None
        self._which.hide()
        self._kind.hide()
        for field, text in (
            (self._day, field_day(self.seat.today)), (self._time, self._hour), (self._minutes, USUAL),
            (self._medium, str(Medium.OFFICE)), (self._note, ""), (self._privacy, ""), (self._kind, ""),
        ):  # fmt: skip
            self.begin_with(field, text)
        self._look(pathway_id)
        self._note.setFocus()

    def _on_start(self, found: MeetingStart) -> None:
        chosen = self._who.value() if self._person is None else self._person.id
        if found.pathway_id != chosen:  # somebody else was chosen meanwhile
            return
        self._start = found
        self.tell_about(_("with {name}").format(name=found.name))
        self._agreed.name_person({"F": _("By her"), "H": _("By him")}.get(found.sex or "", _("By the person")))
        self._subjects.offer(found.subjects)
        chain = [*self._call.buttons()[-1:], *self._subjects.chips()]
        for earlier, later in pairwise(chain):
            QWidget.setTabOrder(earlier, later)
        self.begin_with(self._subjects, " ".join(found.last_subjects))
        planned = found.appointment
        if planned is not None:
            self._which.name_option(_APPOINTMENT, _("The appointment of {hour}").format(hour=f"{planned.at:%H:%M}"))
            self._which.show()
            self.begin_with(self._day, field_day(planned.at.date()))
            self.begin_with(self._time, f"{planned.at:%H:%M}")
            self.begin_with(self._minutes, _("{n} min").format(n=planned.minutes))
            self.begin_with(self._medium, planned.medium)
            self.begin_with(self._note, planned.note)
            self.begin_with(self._privacy, "yes" if planned.is_private else "")
        if found.contract is not None:
            self._kind.name_option(_CHECK_UP, _("Follow-up at {company}").format(company=found.contract[1]))
            self._kind.show()
            if self._asked is not None and self._asked.is_check_up:
                self.begin_with(self._kind, _CHECK_UP)
        self._next.know(found.taken, found.following)
        self._on_medium()

    def _on_note(self) -> None:
        if self._medium.text() == Medium.OFFICE and _A_CALL.match(self._note.text()):
            self._medium.set_text(Medium.PHONE)
            if self._minutes.text() == USUAL:
                self._minutes.set_text(USUAL_CALL)
            self._which.set_text(_APART)
            self._on_medium()
        said = _NOT_REACHED.match(fold(self._note.text())) if self._is_call else None
        if said is not None:
            self.begin_with(self._call, CallResult.MESSAGE if said[1] else CallResult.WRONG_NUMBER)

    def _on_medium(self) -> None:
        self._outcome.setVisible(not self._is_call)
        self._call.setVisible(self._is_call)
        self._on_facts()

    def _on_facts(self) -> None:
        """A day to come has no outcome yet; who was met face to face, with nothing planned, comes in six weeks."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        if self._start is None or day is None or hour is None or minutes is None:
            return
        self.begin_with(self._outcome, "" if day > self.seat.today else Outcome.HELD)
        proposed: datetime | None = next_appointment(datetime.combine(day, hour), minutes, self._start.taken)
        held = self._ended() is Outcome.HELD and self._medium.value() in _FACE_TO_FACE and not self._kind.value()
        if not held or self._start.following is not None or (proposed and proposed.date() <= self.seat.today):
            proposed = None
        self.begin_with(self._next.day, "" if proposed is None else field_day(proposed.date()))
        self.begin_with(self._next.hour, "" if proposed is None else f"{proposed:%H:%M}")
        self.begin_with(self._next.minutes, "" if proposed is None else _("{n} min").format(n=minutes))
        self._on_next()

    def _on_next(self) -> None:
        """The next appointment is told beside the buttons: it is saved too."""
        at, _minutes = self._next.value()
        self.stand("" if at is None else _("Next: {when}").format(when=moment(at)))
