"""The forms that open beside a page, and where each leads when it is saved or somebody near is to be seen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from cef_desk.queries.companies import CompanyRow
from cef_desk.queries.person_rows import PersonRow
from cef_desk.queries.records import CompanyForm, PersonForm, TransferForm, company_form, person_form, transfer_form
from cef_desk.ui.beneficiaries.form import PersonSheet
from cef_desk.ui.beneficiaries.transfer import TransferSheet
from cef_desk.ui.companies.form import CompanySheet
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.list_kind import SelectedRows
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.side_sheet import SideSheet
from cef_desk.ui.meetings.form import MeetingForm


class Forms(QObject):
    """`person_asked` and `company_asked` carry the record to go to."""

    person_asked = Signal(object)
    company_asked = Signal(object)

    def __init__(self, seat: Seat, side: SideSheet) -> None:
        super().__init__(side)
        self._seat, self._side = seat, side

    def open(self, make: Callable[[], Form[Any]]) -> Form[Any]:
        """Any form, as those of the settings."""
        return self._side.open(make)

    def open_meeting(self, person: PersonRow) -> Form[Any]:
        """The meeting form; the one already there while it is being saved."""
        return self._side.open(lambda: MeetingForm(self._seat, person, _hour_now()))

    def correct_person(self, row: PersonRow) -> None:
        """Reads a person and opens the form."""
        self._seat.runner.see(person_form, row.id, then=self.open_person)

    def new_person(self) -> None:
        """The form of somebody new."""
        self._seat.runner.see(person_form, None, then=self.open_person)

    def open_person(self, opened: PersonForm) -> Form[Any]:
        """The form of a person."""
        form = self._side.open(lambda: PersonSheet(self._seat, opened))
        if isinstance(form, PersonSheet):
            form.near_opened.connect(self.person_asked)
            if opened.beneficiary_id is None:
                form.saved.connect(self.person_asked)
        return form

    def transfer(self, asked: SelectedRows) -> None:
        """Reads what is to change hands and opens the form."""
        self._seat.runner.see(transfer_form, asked.selection, asked.keys, then=self._open_transfer)

    def correct_company(self, row: CompanyRow) -> None:
        """Reads a company and opens the form."""
        self._seat.runner.see(company_form, row.id, then=self.open_company)

    def new_company(self) -> None:
        """The form of a new company."""
        self._seat.runner.see(company_form, None, then=self.open_company)

    def open_company(self, opened: CompanyForm) -> Form[Any]:
        """The form of a company."""
        form = self._side.open(lambda: CompanySheet(self._seat, opened))
        if isinstance(form, CompanySheet):
            form.near_opened.connect(self.company_asked)
            if opened.company_id is None:
                form.saved.connect(self.company_asked)
        return form

    def _open_transfer(self, opened: TransferForm) -> None:
        self.open(lambda: TransferSheet(self._seat, opened))


def _hour_now() -> str:
    return f"{datetime.now():%H:%M}"  # noqa: DTZ005  local wall time, proposed in a field
