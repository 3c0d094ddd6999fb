"""The journal: every change of every record, in the transaction that makes it.

Written by listening to flushes. It is undo, redo, the history of a file, and a chain that shows any later touch.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, event, func, insert, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from cef_desk.model.base import Record, record_classes
from cef_desk.model.journal_entry import JournalRow, JournalStep
from cef_desk.store import search_index
from cef_desk.store.chain import FIRST_CHAIN, canonical, link
from cef_desk.store.changes import Changes

RowValues = Mapping[str, Any]
_STEP = "journal_step"
_FEW = 70
"""Rows of one step that can be about one thing: a session has sixty people at most."""
_SALT_BYTES = 16


def listen(session_class: type[Session]) -> None:
    """Makes every flush of these sessions speak to the step open on them."""
    event.listen(session_class, "before_flush", _before_flush)
    event.listen(session_class, "after_flush", _after_flush)
    event.listen(session_class, "do_orm_execute", _refuse_bulk)


def step_of(session: Session) -> "Step":
    """The step open on a session that writes."""
    step: Step = session.info[_STEP]
    return step


@dataclass
class Step:
    """One gesture being made; `close` writes it when it changed something."""

    session: Session
    label: str
    at: datetime
    counsellor_id: int | None
    undoes: int | None = None
    sequence: int = 0
    _before: dict[tuple[str, int], RowValues | None] = field(default_factory=dict)
    _bulk: list[tuple[str, int]] = field(default_factory=list)
    _outside: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.session.info[_STEP] = self
        self.sequence = last_sequence(self.connection) + 1

    @property
    def connection(self) -> Connection:
        """The connection of the transaction."""
        return self.session.connection()

    def remember(self, table_name: str, row_id: int) -> RowValues | None:
        """Keeps a row as it is before its first change in this step, and gives it."""
        key = (table_name, row_id)
        if key not in self._before:
            self._before[key] = read_row(self.connection, table_name, row_id)
        return self._before[key]

    def born(self, table_name: str, row_id: int) -> None:
        """Notes a row that did not exist before this step."""
        self._before.setdefault((table_name, row_id), None)

    def bulk(self, table_name: str, batch_id: int) -> None:
        """Notes that a batch wrote or removed rows of a table."""
        self._bulk.append((table_name, batch_id))

    def outside(self, table_name: str) -> None:
        """Notes a table that lives outside the journal."""
        self._outside.add(table_name)

    def close(self) -> Changes:
        """Writes the step with its rows and its link in the chain, and the search entries of what it touched."""
        self.session.flush()
        rows = [row for (table, row_id), before in self._before.items() if (row := self._row(table, row_id, before))]
        rows += [_salted(table, None, None, None, batch_id) for table, batch_id in self._bulk]
        subjects = frozenset(row["table_name"] for row in rows) | self._outside
        if not rows:
            return Changes(self.label, subjects)
        connection = self.connection
        step = {
            "sequence": self.sequence, "at": self.at, "counsellor_id": self.counsellor_id, "label": self.label,
            "subject": _reference(rows[0]), "undoes": self.undoes,
        }  # fmt: skip
        chain = _link(last_chain(connection), step, rows)
        connection.execute(insert(JournalStep), {**step, "chain": chain})
        connection.execute(insert(JournalRow), [{**row, "step_sequence": self.sequence} for row in rows])
        for table in {table for table, _row_id in self._before}:
            search_index.refresh(connection, table, [row_id for name, row_id in self._before if name == table])
        about = tuple(_reference(row) for row in rows if row["batch_id"] is None)
        return Changes(self.label, subjects, self.sequence, about if len(about) <= _FEW else ())

    def _row(self, table_name: str, row_id: int, before: RowValues | None) -> dict[str, Any] | None:
        after = read_row(self.connection, table_name, row_id)
        if before is None:
            return _salted(table_name, row_id, None, after["version"], None) if after else None
        if after is None:
            return _salted(table_name, row_id, before, None, None)
        changed = {name: value for name, value in before.items() if value != after[name] and name != "version"}
        return _salted(table_name, row_id, changed, after["version"], None) if changed else None


def _reference(row: RowValues) -> str:
    return f"{row['table_name']}:{row['row_id'] if row['batch_id'] is None else row['batch_id']}"


def _salted(
    table: str, row_id: int | None, before: RowValues | None, version: int | None, batch_id: int | None
) -> dict[str, Any]:
    salt = secrets.token_bytes(_SALT_BYTES)
    text = None if before is None else canonical(before)
    return {
        "table_name": table, "row_id": row_id, "batch_id": batch_id, "before": text, "salt": salt,
        "digest": _digest(salt, text), "version": version,
    }  # fmt: skip


def _digest(salt: bytes, before: str | None) -> str:
    return hashlib.sha256(salt + (before if before is not None else "null").encode()).hexdigest()


def _link(previous: str, step: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    told = dict(step) | {
        "rows": [[row["table_name"], row["row_id"], row["batch_id"], row["version"], row["digest"]] for row in rows]
    }
    return link(previous, told)


def restored(table_name: str, text: str) -> dict[str, Any]:
    """The values of a canonical row, with the types of its table."""
    columns = record_classes()[table_name].table().c
    readers: dict[type, Any] = {Date: date.fromisoformat, DateTime: datetime.fromisoformat}
    values = json.loads(text)
    return {
        name: readers[type(columns[name].type)](value)
        if value is not None and type(columns[name].type) in readers
        else value
        for name, value in values.items()
    }


def read_row(connection: Connection, table_name: str, row_id: int) -> RowValues | None:
    """One row as stored, by column name; none when it is not there."""
    table = record_classes()[table_name].table()
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    return dict(found) if found is not None else None


def last_sequence(connection: Connection) -> int:
    """The number of the last step, 0 before the first."""
    return connection.scalar(select(func.max(JournalStep.sequence))) or 0


def last_chain(connection: Connection) -> str:
    """The head of the chain."""
    head = connection.scalar(select(JournalStep.chain).order_by(JournalStep.sequence.desc()).limit(1))
    return head or FIRST_CHAIN


def broken_at(connection: Connection) -> int | None:
    """The first step whose link, number or kept values do not fit, none when the chain is whole."""
    previous = FIRST_CHAIN
    rows_of: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(JournalRow.__table__).order_by(JournalRow.id)).mappings():
        rows_of.setdefault(row["step_sequence"], []).append(dict(row))
    steps = connection.execute(select(JournalStep.__table__).order_by(JournalStep.sequence)).mappings()
    for expected, step in enumerate(steps, start=1):
        rows = rows_of.pop(expected, [])
        told = {name: value for name, value in step.items() if name != "chain"}
        if step["sequence"] != expected or _link(previous, told, rows) != step["chain"]:
            return expected
        if not all(_kept_as_written(row) for row in rows):
            return expected
        previous = step["chain"]
    return min(rows_of) if rows_of else None


def _kept_as_written(row: RowValues) -> bool:
    """True for values that fit their digest, and for values erased together with their salt."""
    if row["salt"] is None:
        return row["before"] is None
    return bool(_digest(row["salt"], row["before"]) == row["digest"])


def erase_values(connection: Connection, table_name: str, row_id: int) -> None:
    """Erases what the journal keeps of one row, values and salts; the chain, made of digests, still holds."""
    connection.execute(
        update(JournalRow)
        .where(JournalRow.table_name == table_name, JournalRow.row_id == row_id)
        .values(before=None, salt=None)
    )


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    step = step_of(session)
    for target in [*session.dirty, *session.deleted]:
        if isinstance(target, Record):
            step.remember(target.__tablename__, target.id)
        else:
            step.outside(target.__tablename__)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    step = step_of(session)
    for target in session.new:
        if isinstance(target, Record):
            step.born(target.__tablename__, target.id)
        else:
            step.outside(target.__tablename__)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        raise RuntimeError("a bulk statement would pass by the journal: write through mapped objects or store/bulk")
