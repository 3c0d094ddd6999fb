"""What the window writes to files: lists, calendars, reminders, letters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from cef_desk.i18n import _
from cef_desk.queries.reminders import Reminder
from cef_desk.rules.kinds import Channel
from cef_desk.settings import Settings
from cef_desk.ui.calendar_exporter import CalendarExporter
from cef_desk.ui.kit.list_kind import ListToExport
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.letter_writer import LetterWriter
from cef_desk.ui.list_exporter import ListExporter
from cef_desk.ui.reminder_exporter import ReminderExporter
from cef_desk.ui.today.reach import Reached
from cef_desk.ui.today.side import mail_to

W = TypeVar("W", ListExporter, CalendarExporter, ReminderExporter, LetterWriter)


class Writers(QObject):
    """Each asks for a name, then writes; `written` carries the name, `said` what is said instead of a file."""

    written = Signal(str)
    said = Signal(str)

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
        exporter.nothing.connect(self.said)
        exporter.ask_sms()

    def write_letters(self, interaction_ids: Sequence[int]) -> None:
        """The letters of some appointments."""
        self._taken(LetterWriter(self._seat, interaction_ids, self._window)).ask()

    def reach(self, reached: Reached) -> None:
        """What goes to somebody who did not come, in the way that reaches them."""
        if reached.channel is Channel.POST:
            self.write_letters([reached.interaction_id])
        elif reached.channel is Channel.EMAIL:
            QDesktopServices.openUrl(mail_to(reached.to, _("Your appointment"), reached.words))
        elif reached.channel is Channel.SMS:
            QGuiApplication.clipboard().setText(reached.words)
            self.said.emit(_("The words are copied, for half a minute: paste them where the SMS is sent."))

    def _taken(self, writer: W) -> W:
        writer.written.connect(self.written)
        return writer
