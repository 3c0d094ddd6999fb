"""The pages of the window, each made when it is first shown; what they ask is asked here once for all."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from cef_desk.ui import commands
from cef_desk.ui.agenda.page import AgendaPage
from cef_desk.ui.backups import BackupKeeper
from cef_desk.ui.beneficiaries.page import BeneficiariesPage
from cef_desk.ui.companies.page import CompaniesPage
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.today.page import TodayPage

if TYPE_CHECKING:  # the figures and the reader of PDF are loaded with their page
    from cef_desk.ui.reports.page import ReportsPage
    from cef_desk.ui.settings.page import SettingsPage

P = TypeVar("P", bound=Page)
L = TypeVar("L", bound=ListPage)
IDS = tuple(spec.id for spec in (*commands.RAIL, commands.SETTINGS))


class Pages(QStackedWidget):
    """One page in view at a time.

    `person_asked` and `company_asked` carry the record to go to, `meet_asked` a pathway to meet, `meeting_asked`,
    `correct_person_asked` and `correct_company_asked` the row, `transfer_asked` the rows selected, `export_asked` the
    list, `appointment_asked` what its form begins with, `plan_asked` whom to meet, `correction_asked` a meeting noted,
    `absence_asked` a day, `calendar_asked` nothing, `move_doubted` what is said and what moves all the same,
    `put_off_asked` a line and its words, `missed` an appointment to which nobody came, `commitment_asked` a pathway,
    `call_asked` a company, `day_asked` nothing, `said` a sentence, `reminders_asked`, `sms_asked` and `letters_asked`
    reminders to write, `form_asked` what makes the form, `look_asked` and `safety_asked` the settings of this computer,
    `restore_asked` a backup, `file_saved` a name.
    """

    person_asked = Signal(object)
    company_asked = Signal(object)
    meeting_asked = Signal(object)
    meet_asked = Signal(object)
    correct_person_asked = Signal(object)
    correct_company_asked = Signal(object)
    transfer_asked = Signal(object)
    new_person_asked = Signal()
    new_company_asked = Signal()
    appointment_asked = Signal(object)
    plan_asked = Signal(object)
    correction_asked = Signal(object)
    absence_asked = Signal(object)
    calendar_asked = Signal(object)
    move_doubted = Signal(object)
    put_off_asked = Signal(object, str)
    reminders_asked = Signal(object)
    sms_asked = Signal(object)
    letters_asked = Signal(object)
    session_asked = Signal(object)
    missed = Signal(object)
    commitment_asked = Signal(object)
    call_asked = Signal(object)
    day_asked = Signal()
    said = Signal(str)
    import_asked = Signal()
    export_asked = Signal(object)
    form_asked = Signal(object)
    look_asked = Signal(object)
    safety_asked = Signal(object)
    restore_asked = Signal(object)
    file_saved = Signal(str)

    def __init__(self, seat: Seat, keeper: BackupKeeper) -> None:
        super().__init__()
        self._seat, self._keeper = seat, keeper
        self._made: list[Page] = []
        self._lists: list[ListPage] = []

    @cached_property
    def today(self) -> TodayPage:
        """Appointments and what is to be done."""
        page = self._kept(TodayPage(self._seat))
        page.steps.person_asked.connect(self.person_asked)
        page.steps.company_asked.connect(self.company_asked)
        page.steps.meeting_asked.connect(self.meet_asked)
        page.put_off_asked.connect(self.put_off_asked)
        page.list_asked.connect(self.reminders_asked)
        page.sms_asked.connect(self.sms_asked)
        page.letters_asked.connect(self.letters_asked)
        page.steps.session_asked.connect(self.session_asked)
        page.steps.missed.connect(self.missed)
        page.steps.plan_asked.connect(self.plan_asked)
        page.steps.commitment_asked.connect(self.commitment_asked)
        page.steps.call_asked.connect(self.call_asked)
        page.day_asked.connect(self.day_asked)
        page.said.connect(self.said)
        return page

    @cached_property
    def beneficiaries(self) -> BeneficiariesPage:
        """The list of people."""
        page = self._listed(BeneficiariesPage(self._seat))
        page.meeting_asked.connect(self.meeting_asked)
        page.edit_asked.connect(self.correct_person_asked)
        page.transfer_asked.connect(self.transfer_asked)
        page.appointment_asked.connect(self.plan_asked)
        page.correction_asked.connect(self.correction_asked)
        page.new_asked.connect(self.new_person_asked)
        page.import_asked.connect(self.import_asked)
        return page

    @cached_property
    def companies(self) -> CompaniesPage:
        """The list of companies."""
        page = self._listed(CompaniesPage(self._seat))
        page.edit_asked.connect(self.correct_company_asked)
        page.new_asked.connect(self.new_company_asked)
        page.person_asked.connect(self.person_asked)
        return page

    @cached_property
    def agenda(self) -> AgendaPage:
        """The days of the counsellor."""
        page = self._kept(AgendaPage(self._seat))
        page.person_asked.connect(self.person_asked)
        page.company_asked.connect(self.company_asked)
        page.meet_asked.connect(self.meet_asked)
        page.appointment_asked.connect(self.appointment_asked)
        page.absence_asked.connect(self.absence_asked)
        page.calendar_asked.connect(self.calendar_asked)
        page.move_doubted.connect(self.move_doubted)
        page.letters_asked.connect(self.letters_asked)
        page.session_asked.connect(self.session_asked)
        page.missed.connect(self.missed)
        return page

    @cached_property
    def reports(self) -> "ReportsPage":
        """The sheet and its figures."""
        from cef_desk.ui.reports.page import ReportsPage

        page = self._kept(ReportsPage(self._seat))
        page.person_asked.connect(self.person_asked)
        page.company_asked.connect(self.company_asked)
        page.export_asked.connect(self.export_asked)
        page.saved.connect(self.file_saved)
        return page

    @cached_property
    def settings(self) -> "SettingsPage":
        """The settings."""
        from cef_desk.ui.settings.page import SettingsPage

        page = self._kept(SettingsPage(self._seat, self._keeper))
        page.form_asked.connect(self.form_asked)
        page.look_asked.connect(self.look_asked)
        page.safety_asked.connect(self.safety_asked)
        page.restore_asked.connect(self.restore_asked)
        return page

    def bring(self, page_id: str) -> None:
        """Brings a page of the rail into view."""
        page = self.page(page_id)
        for each in self._made:
            # a page out of view must not widen the window for the others
            policy = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        self.setCurrentWidget(page)

    @property
    def made_settings(self) -> "SettingsPage | None":
        """The settings, when they were shown."""
        return self.settings if "settings" in self.__dict__ else None

    @property
    def made_reports(self) -> "ReportsPage | None":
        """The sheet and its figures, when they were shown."""
        return self.reports if "reports" in self.__dict__ else None

    def made(self) -> Sequence[Page]:
        """The pages shown so far."""
        return self._made

    def lists(self) -> Sequence[ListPage]:
        """The lists shown so far."""
        return self._lists

    def page(self, page_id: str) -> Page:
        """A page of the rail."""
        if page_id == commands.TODAY.id:
            return self.today
        if page_id == commands.BENEFICIARIES.id:
            return self.beneficiaries
        if page_id == commands.COMPANIES.id:
            return self.companies
        if page_id == commands.AGENDA.id:
            return self.agenda
        return self.reports if page_id == commands.REPORTS.id else self.settings

    def _listed(self, page: L) -> L:
        page.export_asked.connect(self.export_asked)
        self._lists.append(page)
        return self._kept(page)

    def _kept(self, page: P) -> P:
        self._made.append(page)
        self.addWidget(page)
        return page
