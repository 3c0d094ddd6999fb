"""Asks where letters go, writes them in the background, and notes each in its timeline."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.actions.letters import note_letters
from cef_desk.errors import Missing
from cef_desk.exchange.whole_files import write_bytes
from cef_desk.i18n import N_, _
from cef_desk.progress import Progress
from cef_desk.queries.letter_text import letter_text
from cef_desk.queries.letters import letters
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.page import Seat


class LetterWriter(QObject):
    """The letters of some appointments in one file; `written` carries its name."""

    written = Signal(str)

    def __init__(self, seat: Seat, interaction_ids: Sequence[int], window: QWidget) -> None:
        super().__init__(window)
        self._seat, self._ids, self._window = seat, tuple(interaction_ids), window

    def ask(self) -> None:
        """Asks for the name."""
        name = _("letters") + f"-{self._seat.today:%Y-%m-%d}.docx"
        kinds = _("Documents to edit") + " (*.docx);;PDF (*.pdf)"
        pick_file(self._window, _("Letters of appointment"), kinds, self.write, save_as=name)

    def write(self, name: str) -> None:
        """Writes them."""
        chosen = self._seat.settings.letterhead
        self._seat.runner.start(
            N_("Letters"), _write, Path(name), self._ids, self._seat.sitting.unit,
            Path(chosen) if chosen else None, self._seat.today, then=self._on_written,
        )  # fmt: skip

    def _on_written(self, name: str) -> None:
        self._seat.runner.note(AccessAction.PRINTED, "letters")
        self.written.emit(name)
        self.deleteLater()


def _write(
    desk: Any,  # noqa: ANN401  the desk is no word of this room
    progress: Progress,
    path: Path,
    ids: Sequence[int],
    unit: str,
    letterhead: Path | None,
    today: date,
) -> tuple[str, Any]:
    found = desk.see(letters, ids)
    if not found:
        raise Missing(N_("These appointments have their outcome already: there is no letter to write."))
    texts = [letter_text(each, unit, today) for each in found]
    if path.suffix.lower() == ".pdf":
        from cef_desk.reports.letters import letters_pdf  # loaded with the first letter

        content = letters_pdf(texts, progress)
    else:
        from cef_desk.exchange.letters_out import letters_docx  # as above

        content = letters_docx(texts, letterhead, progress)
    write_bytes(path, content)
    to_come = [each.interaction_id for each in found if not each.missed]
    _n, changes = desk.do(N_("Letters"), note_letters, to_come, today)
    return path.name, changes
