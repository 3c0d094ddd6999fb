"""Asks where a list goes, then writes it in the background exactly as it is shown."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.exchange.list_out import Cell, ListOut, write_list
from cef_desk.i18n import N_, _, field_day
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.list_kind import ListToExport
from cef_desk.ui.kit.mask import HIDDEN
from cef_desk.ui.kit.page import Seat

_PIXELS_A_SIGN = 7
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]+')


class ListExporter(QObject):
    """One export; `written` carries the name of the file."""

    written = Signal(str)

    def __init__(self, seat: Seat, asked: ListToExport, window: QWidget) -> None:
        super().__init__(window)
        self._seat, self._asked, self._window = seat, asked, window

    def ask(self) -> None:
        """Asks for the name."""
        title = _NOT_IN_FILE_NAMES.sub(" ", self._asked.title.lower()).strip()
        name = f"{title}-{self._seat.today:%Y-%m-%d}.xlsx"
        kinds = _("Spreadsheets") + " (*.xlsx);;CSV (*.csv)"
        pick_file(self._window, _("Export what is shown…"), kinds, self.write, save_as=name)

    def write(self, name: str) -> None:
        """Writes the list in the background."""
        asked, sitting = self._asked, self._seat.sitting
        wanted = ListOut(
            title=asked.title,
            about=(
                sitting.unit, _("Edited on {day}").format(day=field_day(self._seat.today)), *asked.about,
                *([_("Names are hidden.")] if asked.masked else []),
            ),
            heads=tuple(column.title for column in asked.columns),
            widths=tuple(max(12, (column.width or 260) // _PIXELS_A_SIGN) for column in asked.columns),
            cells=lambda row: [_cell(column, row, masked=asked.masked) for column in asked.columns],
            selection=asked.selection,
            keys=asked.keys,
        )  # fmt: skip
        self._seat.runner.start(N_("Export"), write_list, Path(name), wanted, then=self._on_written)

    def _on_written(self, name: str) -> None:
        self._seat.runner.note(AccessAction.EXPORTED, "list")
        self.written.emit(name)
        self.deleteLater()


def _cell(column: Column, row: Any, *, masked: bool) -> Cell:  # noqa: ANN401  a frozen row of whatever is shown
    words = column.whole(row)
    if masked and column.private:
        return HIDDEN if words else ""
    return words if column.value is None else column.value(row)
