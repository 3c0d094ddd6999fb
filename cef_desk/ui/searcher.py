"""What the search field asks and opens; it remembers the records opened in this sitting."""

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cef_desk.queries.search import Hit, last_seen, records, search
from cef_desk.rules.folding import fold
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.found import Command, answers
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.looks import Looks
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.palette import SearchField

_MOST_RECENT = 10
Record = tuple[int | None, int | None]


class Searcher(QObject):
    """`person_asked` carries a pathway, `company_asked` a company."""

    person_asked = Signal(object)
    company_asked = Signal(object)

    def __init__(self, seat: Seat, field: SearchField, register: ActionRegister, parent: QObject) -> None:
        super().__init__(parent)
        self._seat, self._field, self._register = seat, field, register
        self._looks = Looks(seat.runner, AccessAction.SEARCHED, self)
        self._recent: tuple[Record, ...] = ()
        field.asked.connect(self._on_asked)
        field.opened.connect(self._on_opened)

    def note(self, record: Record) -> None:
        """A record was opened: it stands first among the last ones."""
        self._recent = (record, *(each for each in self._recent if each != record))[:_MOST_RECENT]

    def _on_asked(self, typed: str) -> None:
        seat = self._seat
        if fold(typed):
            seat.runner.see(_searched, typed, seat.sitting.counsellor_id, seat.today, then=self._on_answered)
        else:
            asked = (typed, self._recent, seat.sitting.counsellor_id, seat.today)
            seat.runner.see(_recent_records, *asked, then=self._on_answered)

    def _on_answered(self, answer: tuple[str, list[Hit]]) -> None:
        typed, hits = answer
        if fold(typed):
            self._looks.rest(f"found:{len(hits)}", fold(typed))
        self._field.show_lines(typed, answers(typed, hits, self._register, self._seat.mask.private))

    def _on_opened(self, key: object) -> None:
        match key:
            case Command(id=action_id):
                QTimer.singleShot(0, self._register[action_id].trigger)
            case (int(pathway_id), _):
                self.person_asked.emit(pathway_id)
            case (None, int(company_id)):
                self.company_asked.emit(company_id)


def _searched(session: Any, typed: str, counsellor_id: int, today: date) -> tuple[str, list[Hit]]:  # noqa: ANN401  a session is no word of this room
    return typed, search(session, typed, counsellor_id, today)


def _recent_records(
    session: Any,  # noqa: ANN401  as above
    typed: str,
    recent: tuple[Record, ...],
    counsellor_id: int,
    today: date,
) -> tuple[str, list[Hit]]:
    opened = records(session, recent, today)
    keys = {(hit.pathway_id, hit.company_id) for hit in opened}
    seen = [hit for hit in last_seen(session, counsellor_id, today) if (hit.pathway_id, hit.company_id) not in keys]
    return typed, [*opened, *seen][:_MOST_RECENT]
