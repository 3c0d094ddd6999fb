"""Undo and redo: a step replayed backwards, as a step of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.base import record_classes
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.journal_entry import JournalRow, JournalStep
from cef_desk.store.dialect import defer_references
from cef_desk.store.journal import Step, restored

_TOO_LATE = N_("This can no longer be undone.")
_rows = JournalRow.__table__


def replay_backwards(step: Step, undone: int) -> None:
    """Puts back every row of step `undone` as it was before it, or refuses the whole when one was changed since."""
    connection = step.connection
    defer_references(connection)
    rows = connection.execute(select(_rows).where(_rows.c.step_sequence == undone).order_by(_rows.c.id.desc())).all()
    if not rows or any(row.batch_id is not None or row.salt is None for row in rows):
        raise Refusal(_TOO_LATE)
    for row in rows:
        refuse_changed_since(connection, row.table_name, row.row_id, undone)
        put_back(step, row)


def refuse_changed_since(connection: Connection, table_name: str, row_id: int, sequence: int) -> None:
    """Refuses when the row no longer holds the result of step `sequence`, saying who changed it and when."""
    change = later_change(connection, table_name, row_id, sequence)
    if change is not None:
        raise Refusal(
            N_("This cannot be undone: {who} changed the same record on {at}."), who=change.code or "—", at=change.at
        )


def later_change(
    connection: Connection, table_name: str, row_id: int, sequence: int
) -> Row[int, int | None, datetime, str] | None:
    """The last step on a row that no longer holds the result of step `sequence`; none when it does.

    A row whose later changes were all undone holds that result again. Sequence 0 stands for a row as its batch made it.
    """
    steps = connection.execute(
        select(JournalStep.sequence, JournalStep.undoes, JournalStep.at, Counsellor.code)
        .join(JournalRow, JournalRow.step_sequence == JournalStep.sequence)
        .outerjoin(Counsellor, Counsellor.id == JournalStep.counsellor_id)
        .where(JournalRow.table_name == table_name, JournalRow.row_id == row_id)
        .order_by(JournalStep.sequence)
    ).all()
    undoes = {step.sequence: step.undoes for step in steps}

    def state_of(at: int) -> int:
        """The step that first made the state which step `at` left: an undo leaves that before what it undoes."""
        while (target := undoes.get(at)) is not None:
            at = max((earlier for earlier in undoes if earlier < target), default=0)
        return at

    return steps[-1] if steps and state_of(steps[-1].sequence) != state_of(sequence) else None


def put_back(step: Step, row: Row[Any]) -> None:
    """Writes one row as a journal row remembers it; its version goes on, so that no old form can save over it."""
    table = record_classes()[row.table_name].table()
    live = step.remember(row.table_name, row.row_id)
    here = (table.c.id == row.row_id) & (table.c.version == (live["version"] if live else None))
    before = None if row.before is None else restored(row.table_name, row.before)
    if before is None:
        statement: Any = delete(table).where(here)
    elif live is None and "id" not in before:
        raise Refusal(_TOO_LATE)
    elif live is None:
        statement = insert(table).values(before | {"version": before["version"] + 1})
    else:
        statement = update(table).where(here).values(before | {"version": live["version"] + 1})
    if step.connection.execute(statement).rowcount != 1:
        raise Refusal(_TOO_LATE)
