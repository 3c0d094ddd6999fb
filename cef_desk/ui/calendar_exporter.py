"""Asks where the calendar goes, with or without names, then writes it in the background."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.exchange.calendar_out import write_calendar
from cef_desk.i18n import N_, _
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.page import Seat

_BEFORE, _AHEAD = timedelta(days=7), timedelta(days=183)


class CalendarExporter(QObject):
    """One calendar file, from last week to six months ahead; `written` carries its name."""

    written = Signal(str)

    def __init__(self, seat: Seat, window: QWidget) -> None:
        super().__init__(window)
        self._seat, self._window = seat, window

    def ask(self) -> None:
        """Asks for the name; the kind of file says whether names are in it."""
        initials, names = _("Calendar with initials"), _("Calendar with names, to be kept safe")
        kinds = f"{initials} (*.ics)" if self._seat.mask.on else f"{initials} (*.ics);;{names} (*.ics)"
        name = f"agenda-{self._seat.today:%Y-%m-%d}.ics"
        picker = pick_file(self._window, _("Write a calendar file…"), kinds, self.write, save_as=name)
        self._names = names
        self._picker = picker

    def write(self, name: str) -> None:
        """Writes it."""
        today, who = self._seat.today, self._seat.sitting.counsellor_id
        named = self._picker.selectedNameFilter().startswith(self._names)

        self._seat.runner.start(
            N_("Calendar file"), write_calendar, Path(name), who, today - _BEFORE, today + _AHEAD, named,
            then=self._on_written,
        )  # fmt: skip

    def _on_written(self, name: str) -> None:
        self._seat.runner.note(AccessAction.EXPORTED, "calendar")
        self.written.emit(name)
        self.deleteLater()
