"""Saisie du jour: meetings, calls and visits of a day, recorded together or not at all."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cef_desk.actions.interactions import MeetingDraft, VisitDraft, record_meeting, record_visit
from cef_desk.errors import Doubt, Refusal, Told
from cef_desk.i18n import N_

ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class DayDraft:
    """The rows of the grid in their order; `accepted` holds `row:about` of what was asked about and is meant."""

    rows: tuple[MeetingDraft | VisitDraft, ...]
    accepted: frozenset[str] = frozenset()


def record_day(session: Session, draft: DayDraft, today: date) -> list[int]:
    """Records every row and gives their keys; what one row is refused or asked about for is said of that row."""
    if not draft.rows:
        raise Refusal(N_("There is nothing to save: a row needs a person or a company, and an outcome."), field=ROWS)
    made = []
    for number, row in enumerate(draft.rows):
        accepted = frozenset(
            about.partition(":")[2] for about in draft.accepted if about.partition(":")[0] == str(number)
        )
        try:
            made.append(_record(session, row, accepted, today))
        except Told as error:
            error.field, error.row = ROWS, number
            if isinstance(error, Doubt):
                error.about = f"{number}:{error.about}"
            raise
    return made


def _record(session: Session, row: MeetingDraft | VisitDraft, accepted: frozenset[str], today: date) -> int:
    if isinstance(row, VisitDraft):
        return record_visit(session, replace(row, accepted=accepted), today)
    return record_meeting(session, replace(row, accepted=accepted), today)
