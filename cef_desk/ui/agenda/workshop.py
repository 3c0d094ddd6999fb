"""A session of several people: what it is, when and where, who is expected or came."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from cef_desk.actions.workshops import WorkshopDraft, record_workshop
from cef_desk.i18n import N_, _
from cef_desk.queries.workshops import SessionForm
from cef_desk.rules.kinds import Outcome, SessionKind
from cef_desk.ui.agenda.attendance import AttendanceField
from cef_desk.ui.ends import ENDS
from cef_desk.ui.kit.fields import OptionsField, TextField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField

KINDS = (
    (SessionKind.WORKSHOP, N_("Workshop")), (SessionKind.INFORMATION, N_("Collective information")),
    (SessionKind.JOB_DATING, N_("Job dating")),
)  # fmt: skip
_USUAL = "2h"


class WorkshopForm(Form[WorkshopDraft]):
    """A session, new or there already, with its attendance."""

    name: ClassVar[str] = "workshop_form"
    label = N_("Record a session")
    marks: ClassVar[dict[str, str]] = {
        "title": "workshop_title", "day": "workshop_date", "people": "workshop_people", "outcome": "workshop_people",
    }  # fmt: skip

    def __init__(self, seat: Seat, found: SessionForm | None, at: datetime | None = None) -> None:
        self._found, self._at = found, at
        subject = "workshop:new" if found is None else f"workshop:{found.workshop_id}"
        super().__init__(seat, subject, _("Session"), "" if found is None else found.title)

    def build(self) -> None:
        """What, when, where, who."""
        self._kind = OptionsField(_("Kind"), "workshop_kind", [(code, _(words)) for code, words in KINDS])
        self._title = TextField(_("Title"), "workshop_title")
        self._day = DayField(_("Date"), "workshop_date", self.seat.today, ahead=True, required=True)
        self._time = TimeField(_("Hour"), "workshop_time", 80)
        self._minutes = MinutesField(_("Length"), "workshop_duration", 96)
        self._place = TextField(_("Place"), "workshop_place")
        outcomes = [("", _("To come")), *((code, _(words)) for code, words, _key in ENDS)]
        self._people = AttendanceField(_("People"), "workshop_people", self.seat, outcomes)
        self.add(self._kind)
        self.add(self._title)
        self.add(self._day, self._time, self._minutes, self._place)
        self.add(self._people)
        self._minutes.set_text(_USUAL)
        self._day.edited.connect(self._on_day)
        found = self._found
        if found is None:
            if self._at is not None:
                self._day.set_day(self._at.date())
                self._time.set_text(f"{self._at:%H:%M}")
            return
        self._kind.set_text(found.kind)
        self._title.set_text(found.title)
        self._place.set_text(found.place)
        self._day.set_day(found.at.date())
        self._time.set_text(f"{found.at:%H:%M}")
        self._minutes.set_text(_("{n} min").format(n=found.minutes))
        self._people.set_text("\n".join(f"{key}\t{name}\t{held or ''}" for key, name, held in found.people))

    def start(self) -> None:
        """The title of a new one, the people of one that is there."""
        (self._title if self._found is None else self._people).setFocus()

    def draft(self) -> WorkshopDraft:
        """As typed."""
        day, hour, minutes = self._day.value(), self._time.value(), self._minutes.value()
        assert day is not None and hour is not None and minutes is not None  # noqa: S101, PT018  checked by save
        return WorkshopDraft(
            workshop_id=None if self._found is None else self._found.workshop_id,
            counsellor_id=self.seat.sitting.counsellor_id, kind=SessionKind(self._kind.value()),
            title=self._title.value() or _(dict(KINDS)[SessionKind(self._kind.value())]),
            at=datetime.combine(day, hour), minutes=minutes, place=self._place.value(), people=self._people.value(),
            read=frozenset() if self._found is None else self._found.read, accepted=frozenset(self.accepted),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Record it."""
        return record_workshop

    def _on_day(self) -> None:
        """Who is added by hand to a session of a day before came."""
        day = self._day.value()
        self._people.expect(Outcome.HELD if day is not None and day < self.seat.today else "")
