"""One row of the grid of a day: a meeting, a call or a visit, planned or not, with its cells."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cef_desk.i18n import N_, _
from cef_desk.queries.diary import Appointment
from cef_desk.queries.meeting_start import contract_of
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.rules.typed_dates import typed_minutes, typed_time
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import icon_button
from cef_desk.ui.kit.fields import ComboBox
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.meetings.form import CALL_ENDS, MEDIA, OUTCOMES, USUAL, USUAL_CALL
from cef_desk.ui.person_sought import COMPANY, PATHWAY, ContactSought, reference

VISITS = (
    (Outcome.HELD, N_("Done")), (Outcome.CANCELLED_BY_UNIT, N_("Cancelled by the unit")),
    (Outcome.CANCELLED_BY_OTHER, N_("Cancelled by the company")),
)  # fmt: skip
_HOUR, _MEDIUM, _LENGTH, _OUTCOME = 64, 148, 76, 176


@dataclass(frozen=True)
class Entry:
    """One row that can be read: who was met, named by table and key, when, how, and how it ended.

    `ended` is an outcome or the result of a call; `appointment_id` what was planned, `contract_id` what it is about.
    """

    contact: str
    at: time
    minutes: int
    medium: Medium
    ended: str
    note: str
    appointment_id: int | None = None
    contract_id: int | None = None
    is_private: bool = False


class Texts(NamedTuple):
    """What stands in a row, as it is kept while it is typed."""

    hour: str
    contact: str
    medium: str
    length: str
    ended: str = ""
    note: str = ""
    appointment_id: int | None = None
    is_private: bool = False


Contract = tuple[int, str]
"""Its key, and the name of the company."""


class _NoteLine(QLineEdit):
    """A line one goes on writing in: coming to it selects nothing."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the cursor stands at the end."""
        super().focusInEvent(event)
        self.end(False)  # noqa: FBT003  Qt's own


class EntryRow(QObject):
    """The cells of one row of a `day`, at a `place` of the grid; `texts` are what is kept of it while it is typed.

    `edited` and `removed` carry the row, `hour_wanted` too: its hour is come to, and empty.
    """

    edited = Signal(object)
    removed = Signal(object)
    hour_wanted = Signal(object)

    def __init__(self, seat: Seat, name: str, day: date, place: int, parent: QObject) -> None:
        super().__init__(parent)
        self.day, self.place, self._seat = day, place, seat
        self._appointment_id: int | None = None
        self._is_private = False
        self._contract: Contract | None = None
        self.hour, self.contact = QLineEdit(), ContactSought(seat, f"{name}_with")
        self.medium, self.length, self.ended, self.note = ComboBox(), QLineEdit(), ComboBox(), _NoteLine()
        self.gone = icon_button(f"{name}_remove", _("Take this row out"), self._on_gone, "x")
        self.gone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words = PlainLabel(role="hint", wrap=True)
        self.contact.label.hide()
        self.contact.words.hide()
        for code, words in MEDIA:
            self.medium.addItem(_(words), code)
        named = (
            (self.hour, "hour", _("Hour")), (self.medium, "medium", _("Medium")), (self.length, "length", _("Length")),
            (self.ended, "outcome", _("Outcome")), (self.note, "note", _("Notes")),
        )  # fmt: skip
        for editor, part, words in named:
            editor.setObjectName(f"{name}_{part}")
            editor.setAccessibleName(words)
            editor.installEventFilter(self)
        self.note.setPlaceholderText(_("Notes"))
        for fixed, width in (
            (self.hour, _HOUR), (self.medium, _MEDIUM), (self.length, _LENGTH), (self.ended, _OUTCOME)
        ):  # fmt: skip
            fixed.setFixedWidth(theme.px(width))
        self.length.setText(USUAL)
        for line in (self.hour, self.length, self.note):
            line.textEdited.connect(self._on_typed)
        self.contact.edited.connect(self._on_typed)
        self.contact.chosen.connect(self._on_chosen)
        self.medium.activated.connect(self._on_medium)
        self.ended.activated.connect(self._on_typed)
        self._offer_outcomes()

    def cells(self) -> tuple[QWidget, ...]:
        """The cells as Tab goes through them."""
        return self.hour, self.contact, self.medium, self.length, self.ended, self.note

    @property
    def is_begun(self) -> bool:
        """Something is to be recorded of it: an appointment counts once its outcome is chosen."""
        if self._appointment_id is not None:
            return bool(self.ended.currentData())
        return bool(self.contact.text().strip() or self.note.text().strip())

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it that anybody typed or planned."""
        return self._appointment_id is None and not self.is_begun

    def until(self) -> time | None:
        """When it ended, which is when the next one may have begun; none when that is not known."""
        at, minutes = typed_time(self.hour.text()), typed_minutes(self.length.text())
        if at is None or minutes is None:
            return None
        end = datetime.combine(datetime.min, at) + timedelta(minutes=minutes)
        return end.time() if end.date() == datetime.min.date() else None

    def entry(self) -> Entry | None:
        """What is to be recorded; none while it cannot be read."""
        at, minutes, contact = typed_time(self.hour.text()), typed_minutes(self.length.text()), self.contact.value()
        if at is None or minutes is None or contact is None:
            return None
        medium = Medium(self.medium.currentData())
        return Entry(
            contact, at, minutes, medium, str(self.ended.currentData() or ""), self.note.text().strip(),
            self._appointment_id, None if self._job is None else self._job[0], self._is_private,
        )  # fmt: skip

    def complaint(self) -> tuple[str, QWidget] | None:
        """Why it cannot be recorded, and the cell to go to."""
        if self.contact.value() is None:
            return self.contact.complaint(), self.contact
        if typed_time(self.hour.text()) is None:
            return _("This hour cannot be read: as 9, 9h30 or 14:00."), self.hour
        if typed_minutes(self.length.text()) is None:
            return _("This duration cannot be read: as 30, 1h or 1h15."), self.length
        return None

    def say(self, words: str, role: str = "hint") -> None:
        """Words under the row."""
        sign = {"error": "✕ ", "warning": "! ", "hint": ""}[role]
        self.words.setProperty("role", role)
        self.words.setText(f"{sign}{words}" if words else "")
        self.words.setVisible(bool(words))
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)

    def texts(self) -> Texts:
        """What stands in it."""
        return Texts(
            self.hour.text(), self.contact.text(), self.medium.currentData(), self.length.text(),
            str(self.ended.currentData() or ""), self.note.text(), self._appointment_id, self._is_private,
        )  # fmt: skip

    def set_texts(self, texts: Texts) -> None:
        """Puts back what stood in it."""
        self._appointment_id, self._is_private = texts.appointment_id, texts.is_private
        self.hour.setText(texts.hour)
        self.medium.setCurrentIndex(max(self.medium.findData(texts.medium), 0))
        self.length.setText(texts.length)
        self.note.setText(texts.note)
        self.contact.set_text(texts.contact)
        self._offer_outcomes()
        if self._appointment_id is not None:
            self.contact.setEnabled(False)
            for known in (self.hour, self.medium, self.length):
                known.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ended.setCurrentIndex(max(self.ended.findData(texts.ended), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter goes on to the next cell; an hour left empty begins when the row before ended."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self.contact.focusNextChild()
                return True
        elif event.type() is QEvent.Type.FocusIn and watched is self.hour and not self.hour.text():
            self.hour_wanted.emit(self)
            self.hour.selectAll()
        elif event.type() is QEvent.Type.FocusOut:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        at, minutes = typed_time(self.hour.text()), typed_minutes(self.length.text())
        if at is not None:
            self.hour.setText(f"{at:%H:%M}")
        if minutes is not None:
            self.length.setText(_("{n} min").format(n=minutes))

    def _offer_outcomes(self) -> None:
        """Those of a call, of a visit or of a meeting; an appointment has none until one is chosen."""
        chosen = self.ended.currentData()
        is_call = self.medium.currentData() == Medium.PHONE
        choices = CALL_ENDS if is_call else VISITS if self._is_of_company() else OUTCOMES[:-1]
        self.ended.clear()
        if self._appointment_id is not None:
            self.ended.addItem(_("To fill in"), "")
        for code, words in choices:
            self.ended.addItem(_(words), code)
        self.ended.setCurrentIndex(max(self.ended.findData(chosen), 0))

    def _is_of_company(self) -> bool:
        return (self.contact.value() or "").startswith(f"{COMPANY}:")

    def _on_chosen(self, contact: str) -> None:
        """A company is visited; of a person the field asks for the job."""
        if self._is_of_company() and self._appointment_id is None and self.medium.currentData() == Medium.OFFICE:
            self.medium.setCurrentIndex(self.medium.findData(Medium.ON_SITE))
        self._offer_outcomes()
        self._contract = None
        table, _colon, key = contact.partition(":")
        if table == PATHWAY:
            self._seat.runner.see(_job, int(key), self.day, then=self._on_job)
        if self.contact.editor.hasFocus():
            self.medium.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_job(self, found: tuple[int, Contract | None]) -> None:
        pathway_id, contract = found
        if self.contact.value() == reference(pathway_id, None):
            self._contract = contract
            self._tell_job()

    def _on_medium(self) -> None:
        other, usual = (USUAL, USUAL_CALL) if self.medium.currentData() == Medium.PHONE else (USUAL_CALL, USUAL)
        if self.length.text() == other:
            self.length.setText(usual)
        self._offer_outcomes()
        self._tell_job()
        self._on_typed()

    @property
    def _job(self) -> Contract | None:
        """The contract it is a follow-up of: that of somebody met in the company."""
        return self._contract if self.medium.currentData() == Medium.ON_SITE else None

    def _tell_job(self) -> None:
        self.say("" if self._job is None else _("Follow-up at {company}").format(company=self._job[1]))

    def _on_typed(self) -> None:
        self._tell_job()
        self.edited.emit(self)

    def _on_gone(self) -> None:
        self.removed.emit(self)


def _job(session: Any, pathway_id: int, day: date) -> tuple[int, Contract | None]:  # noqa: ANN401  a session is no word of this room
    return pathway_id, contract_of(session, pathway_id, day)


def to_call(company_id: int, name: str) -> Texts:
    """The texts of a row that begins with a call to a company."""
    return Texts("", f"{reference(None, company_id)}\t{name}", str(Medium.PHONE), USUAL_CALL)


def planned(appointment: Appointment) -> Texts:
    """The texts of a row that begins with an appointment, whose outcome is still to be chosen."""
    of = reference(appointment.pathway_id, appointment.company_id)
    return Texts(
        f"{appointment.at:%H:%M}", f"{of}\t{appointment.person or appointment.company}", appointment.medium,
        _("{n} min").format(n=appointment.minutes), "", appointment.note, appointment.id, appointment.is_private,
    )  # fmt: skip
