"""Asks where the reminders of a day go, then writes them in the background: a list, or a file for an SMS portal."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.exchange.reminders_out import write_reminder_list, write_sms_file
from cef_desk.i18n import N_, _, field_day
from cef_desk.queries.reminders import Reminder
from cef_desk.rules.kinds import AccessAction, Channel
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.moments import CHANNELS, MEDIA
from cef_desk.ui.today.side import reminder_text


class ReminderExporter(QObject):
    """One file; `written` carries its name, `nothing` says why there is none."""

    written = Signal(str)
    nothing = Signal(str)

    def __init__(self, seat: Seat, found: Sequence[Reminder], window: QWidget) -> None:
        super().__init__(window)
        self._seat, self._found, self._window = seat, found, window

    def ask_list(self) -> None:
        """Asks where the list goes."""
        self._ask(_("List of reminders"), _("reminders"), self.write_list)

    def ask_sms(self) -> None:
        """Asks where the file for the portal goes."""
        if not any(each.channel is Channel.SMS for each in self._found):
            self.nothing.emit(_("Nobody expected then is reached by SMS: choose it in the person’s form."))
            return
        self._ask(_("SMS file"), "sms", self.write_sms)

    def write_list(self, name: str) -> None:
        """Writes hours, names, and how to reach each."""
        heads = [
            _("Date"),
            _("Hour"),
            _("Medium"),
            _("Name"),
            _("Reached by"),
            _("Telephone"),
            _("E-mail"),
            _("Through"),
        ]
        rows = [
            (
                field_day(each.at.date()), f"{each.at:%H:%M}", _(MEDIA[each.medium][0]), each.name,
                _(CHANNELS[each.channel]) if each.channel else "", each.phone,
                each.email, each.through,
            )
            for each in self._found
        ]  # fmt: skip
        self._start(write_reminder_list, Path(name), heads, rows)

    def write_sms(self, name: str) -> None:
        """Writes numbers and texts."""
        text = partial(reminder_text, unit=self._seat.sitting.unit)
        self._start(write_sms_file, Path(name), self._found, text)

    def _ask(self, title: str, stem: str, then: Callable[[str], None]) -> None:
        day = self._found[0].at if self._found else self._seat.today
        pick_file(self._window, title, "CSV (*.csv)", then, save_as=f"{stem}-{day:%Y-%m-%d}.csv")

    def _start(self, job: Callable[..., object], *args: object) -> None:
        self._seat.runner.start(N_("Reminders"), job, *args, then=self._on_written)

    def _on_written(self, name: str) -> None:
        self._seat.runner.note(AccessAction.EXPORTED, "reminders")
        self.written.emit(name)
        self.deleteLater()
