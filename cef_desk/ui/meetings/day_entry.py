"""Saisie du jour: a day recorded in one grid, as when one is back from the road."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from cef_desk.actions.day_entry import ROWS, DayDraft, record_day
from cef_desk.actions.interactions import MeetingDraft, VisitDraft
from cef_desk.i18n import N_, _
from cef_desk.queries.diary import Appointment, appointments
from cef_desk.rules.kinds import CallResult, Medium, Outcome
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField
from cef_desk.ui.meetings.entries import EntriesField, written
from cef_desk.ui.meetings.entry_row import Entry, planned, to_call
from cef_desk.ui.person_sought import COMPANY

Call = tuple[int, str]
"""A company that is to be called: its key, its name."""


class _PastDayField(DayField):
    """A day that has come."""

    def complaint(self) -> str:
        """Nothing took place on a day to come."""
        day = self.value()
        if day is not None and day > self._today:
            return _("This day is still to come: what is planned for it is an appointment, Ctrl+R.")
        return super().complaint()


class DayEntryForm(Form[DayDraft]):
    """The appointments of a day that wait for their outcome, and whatever else took place, as a `call` that begins."""

    name: ClassVar[str] = "day_entry"
    label = N_("Record the day")
    is_wide: ClassVar[bool] = True
    of_the_moment: ClassVar[frozenset[str]] = frozenset({"day_entry_date"})
    marks: ClassVar[dict[str, str]] = {ROWS: "day_entry_rows"}

    def __init__(self, seat: Seat, call: Call | None = None) -> None:
        self._call = call
        super().__init__(seat, "day:new", _("Day entry"), "")
        self._read()

    def build(self) -> None:
        """The day, its rows."""
        self._day = _PastDayField(_("Date"), "day_entry_date", self.seat.today, required=True)
        self._day.set_day(self.seat.today)
        self._day.edited.connect(self._read)
        self._rows = EntriesField(_("Rows of the day"), "day_entry_rows", self.seat)
        self.add(self._day)
        self.add(self._rows)

    def start(self) -> None:
        """Where the first thing is missing."""
        self._rows.start()

    def draft(self) -> DayDraft:
        """As typed."""
        day = self._day.value()
        assert day is not None  # noqa: S101  checked by save
        return DayDraft(
            rows=tuple(self._drafted(day, entry) for entry in self._rows.value()), accepted=frozenset(self.accepted)
        )

    def action(self) -> Callable[..., Any]:
        """Record it."""
        return record_day

    def _drafted(self, day: date, entry: Entry) -> MeetingDraft | VisitDraft:
        is_call = entry.medium is Medium.PHONE
        table, _colon, key = entry.contact.partition(":")
        met: dict[str, Any] = {
            "counsellor_id": self.seat.sitting.counsellor_id, "at": datetime.combine(day, entry.at),
            "minutes": entry.minutes, "medium": entry.medium, "note": entry.note,
            "outcome": Outcome.HELD if is_call else Outcome(entry.ended), "appointment_id": entry.appointment_id,
            "call_result": CallResult(entry.ended) if is_call else None,
        }  # fmt: skip
        if table == COMPANY:
            return VisitDraft(company_id=int(key), **met)
        return MeetingDraft(
            pathway_id=int(key), contract_id=entry.contract_id, is_private=entry.is_private, subject_codes=None, **met
        )

    def _read(self) -> None:
        day = self._day.value()
        if day is not None and not self._day.complaint():
            self._rows.set_day(day)
            who = self.seat.sitting.counsellor_id
            self.seat.runner.see(appointments, who, day, then=self._on_appointments)

    def _on_appointments(self, found: Sequence[Appointment]) -> None:
        waiting = [each for each in found if each.outcome is None and each.workshop_id is None]
        self.begin_with(self._rows, "\n".join(written(planned(each)) for each in waiting))
        if self._call is not None:
            self._rows.begin(to_call(*self._call))
            self._call = None
        elif not self._day.editor.hasFocus():
            self._rows.start()
