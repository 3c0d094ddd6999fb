"""What the window writes to files: lists, calendars, reminders, letters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.queries.reminders import Reminder
from cef_desk.settings import Settings
from cef_desk.ui.calendar_exporter import CalendarExporter
from cef_desk.ui.kit.list_kind import ListToExport
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.letter_writer import LetterWriter
from cef_desk.ui.list_exporter import ListExporter
from cef_desk.ui.reminder_exporter import ReminderExporter

W = TypeVar("W", ListExporter, CalendarExporter, ReminderExporter, LetterWriter)


class Writers(QObject):
    """Each asks for a name, then writes; `written` carries the name, `nothing` says why there is no file."""

    written = Signal(str)
    nothing = Signal(str)

    def __init__(self, seat: Seat, window: QWidget) -> None:
        super().__init__(window)
        self._seat, self._window = seat, window

    def take(self, settings: Settings) -> None:
        """The settings of this computer as they stand: the letterhead is one."""
        self._seat = replace(self._seat, settings=settings)

    def write_list(self, asked: ListToExport) -> None:
        """What a list shows."""
        self._taken(ListExporter(self._seat, asked, self._window)).ask()

    def write_calendar(self, _nothing: object) -> None:
        """The agenda of the months ahead."""
        self._taken(CalendarExporter(self._seat, self._window)).ask()

    def write_reminders(self, found: Sequence[Reminder]) -> None:
        """Whom to remind."""
        self._taken(ReminderExporter(self._seat, found, self._window)).ask_list()

    def write_sms(self, found: Sequence[Reminder]) -> None:
        """Whom to remind by an SMS portal."""
        exporter = self._taken(ReminderExporter(self._seat, found, self._window))
        exporter.nothing.connect(self.nothing)
        exporter.ask_sms()

    def write_letters(self, interaction_ids: Sequence[int]) -> None:
        """The letters of some appointments."""
        self._taken(LetterWriter(self._seat, interaction_ids, self._window)).ask()

    def _taken(self, writer: W) -> W:
        writer.written.connect(self.written)
        return writer
