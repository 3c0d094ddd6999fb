"""An import is one action over a plan, one commit, and one batch to take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch
from cef_desk.model.base import record_classes
from cef_desk.progress import UNWATCHED, Progress
from cef_desk.queries.import_drafts import ImportedLine, ImportPlan, Planned
from cef_desk.queries.import_plan import plan_import
from cef_desk.store import bulk


@dataclass(frozen=True)
class Imported:
    """What an import wrote; `batch_id` is none when there was nothing to write."""

    batch_id: int | None
    plan: ImportPlan


def import_lines(
    session: Session,
    lines: Sequence[ImportedLine],
    file_name: str,
    today: date,
    counsellor_id: int,
    *,
    named: str | None = None,
    progress: Progress = UNWATCHED,
) -> Imported:
    """Plans in the same transaction as it writes, so that no other writing comes between; `named` as in bulk."""
    plan = plan_import(session, lines, today, counsellor_id, progress=progress)
    if plan.empty:
        return Imported(None, plan)
    batch_id = bulk.new_batch(session, file_name)
    given: dict[int, int] = {}
    for table in plan.created:
        rows: list[Planned] = getattr(plan, table)
        kind = record_classes()[table]
        given |= dict(zip([row.key for row in rows], bulk.keys(session, kind, len(rows)), strict=True))
        settled = [_settled(row, given) for row in rows]
        bulk.insert_rows(session, kind, progress.among(settled), batch_id, named=named)
    for (table, key), values in plan.completions.items():
        record = fetch(session, record_classes()[table], key)
        for name, value in values.items():
            setattr(record, name, value)
    return Imported(batch_id, plan)


def _settled(row: Planned, given: dict[int, int]) -> dict[str, object]:
    values = {
        name: given[value] if isinstance(value, int) and not isinstance(value, bool) and value < 0 else value
        for name, value in row.values.items()
    }
    return values | {"id": given[row.key]}


def undo_import(session: Session, batch_id: int) -> int:
    """Takes one import back whole and gives its number of rows; refuses when a row was changed or used since."""
    return bulk.remove_batch(session, batch_id)
