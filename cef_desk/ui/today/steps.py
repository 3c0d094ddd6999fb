"""What a line of the day leads to: its record, or the form of its next step."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from cef_desk.actions.interactions import settle_appointment
from cef_desk.actions.pathways import record_return
from cef_desk.i18n import N_
from cef_desk.queries.diary import Appointment
from cef_desk.queries.due.line import ToDo
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import Outcome
from cef_desk.ui.kit.page import Met, Seat
from cef_desk.ui.today.words import CALLED, CHECK_UPS, MEETS, PROPOSES, SIGNS


class Steps(QObject):
    """`person_asked` and `company_asked` carry a record to go to, `meeting_asked` a pathway and its appointment.

    `session_asked` carries a session, `missed` an appointment to which nobody came, `plan_asked` whom to make an
    appointment with, `commitment_asked` a pathway whose contract is to be noted, `call_asked` a company to note a call
    with.
    """

    person_asked = Signal(object)
    company_asked = Signal(object)
    meeting_asked = Signal(object)
    session_asked = Signal(object)
    missed = Signal(object)
    plan_asked = Signal(object)
    commitment_asked = Signal(object)
    call_asked = Signal(object)

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat

    def open(self, key: object) -> None:
        """What an appointment is about."""
        match key:
            case Appointment(workshop_id=int(workshop_id)):
                self.session_asked.emit(workshop_id)
            case Appointment(pathway_id=int(pathway_id)):
                self.person_asked.emit(pathway_id)
            case Appointment(company_id=int(company_id)):
                self.company_asked.emit(company_id)

    def take(self, key: object) -> None:
        """The next step of what is due."""
        match key:
            case ToDo(workshop_id=int(workshop_id)):
                self.session_asked.emit(workshop_id)
            case ToDo(interaction_id=int(missed)) as each if each.alert.code is AlertCode.ABSENCE:
                self.missed.emit(missed)
            case ToDo() as each if can_be_done(each):
                self.finish(each)
            case ToDo(pathway_id=None, company_id=int(company_id)) as each:
                asks = self.call_asked if each.alert.code in CALLED else self.company_asked
                asks.emit(company_id)
            case ToDo(pathway_id=int(pathway_id)) as each:
                self._with_person(pathway_id, each)

    def finish(self, each: ToDo) -> None:
        """Notes that what can be done by one key is done."""
        today = self._seat.today
        if each.alert.code is AlertCode.TASK:
            self.end(each.interaction_id, Outcome.HELD)
        elif each.alert.code is AlertCode.QUARTERLY_RETURN:
            label = N_("Quarterly return sent")
            self._seat.runner.do(label, record_return, each.pathway_id, each.alert.about, today)

    def end(self, interaction_id: Any, outcome: Outcome) -> None:  # noqa: ANN401  a key
        """Says how an appointment ended; of one that was missed, what is sent is prepared."""
        then = self._on_missed if outcome is Outcome.MISSED else None
        label = N_("Outcome of an appointment")
        self._seat.runner.do(label, settle_appointment, interaction_id, outcome, self._seat.today, then=then)

    def _on_missed(self, interaction_id: object) -> None:
        self.missed.emit(interaction_id)

    def _with_person(self, pathway_id: int, each: ToDo) -> None:
        code = each.alert.code
        if code in MEETS:
            self.meeting_asked.emit(met(each))
        elif code in PROPOSES:
            self.plan_asked.emit(Met(pathway_id))
        elif code in SIGNS:
            self.commitment_asked.emit(pathway_id)
        elif code is AlertCode.REFERRAL_WITHOUT_ANSWER:
            self.company_asked.emit(each.company_id)
        else:
            self.person_asked.emit(pathway_id)


def can_be_done(each: ToDo) -> bool:
    """One key says that it is done."""
    return each.alert.code in {AlertCode.TASK, AlertCode.QUARTERLY_RETURN}


def met(each: ToDo) -> Met | None:
    """Whom a meeting about the line would be with; none of a company or a session."""
    if each.pathway_id is None:
        return None
    appointment_id = each.interaction_id if each.alert.code is AlertCode.TO_FILL_IN else None
    return Met(each.pathway_id, appointment_id, is_check_up=each.alert.code in CHECK_UPS)
