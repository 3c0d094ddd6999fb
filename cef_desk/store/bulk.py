"""The one bulk path: rows of an import or of the demonstration, written and taken back as one batch."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from sqlalchemy import Column, ColumnDefault, delete, func, insert, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.base import Base, Record, record_classes
from cef_desk.model.import_batch import ImportBatch
from cef_desk.model.journal_entry import JournalRow
from cef_desk.store import search_index
from cef_desk.store.dialect import count_anew, defer_references, reserve_ids
from cef_desk.store.journal import step_of
from cef_desk.store.undo import later_change, put_back, refuse_changed_since

_CHUNK = 5_000
_MANY = 1_000


def new_batch(session: Session, file_name: str) -> int:
    """A batch for the step open on this session; its number marks every row of it."""
    step = step_of(session)
    batch = ImportBatch(step_sequence=step.sequence, file_name=file_name, at=step.at)
    session.add(batch)
    session.flush()
    return batch.id


def keys(session: Session, kind: type[Record], count: int) -> range:
    """Keys for rows that refer to each other before they are inserted, in this transaction."""
    return reserve_ids(session.connection(), kind.table(), count)


def insert_rows(
    session: Session, kind: type[Record], rows: Iterable[Mapping[str, Any]], batch_id: int, *, named: str | None = None
) -> None:
    """Inserts rows of one table, some at a time; each row holds its `id`.

    With `named`, uids are derived from that name and the row's key, so that the same data give the same file.
    """
    table, connection = kind.table(), session.connection()
    blank = {column.name: _default(column) for column in table.columns}
    left, done = iter(rows), 0
    while chunk := [_filled(blank, row) for row in islice(left, _CHUNK)]:
        for row in chunk:
            uid = uuid5(NAMESPACE_OID, f"{named}/{table.name}/{row['id']}") if named else uuid4()
            row.update(kind.derived(row), version=1, batch_id=batch_id, uid=str(uid))
        connection.execute(insert(table), chunk)
        search_index.refresh(connection, table.name, [row["id"] for row in chunk])
        done += len(chunk)
    if done:
        step_of(session).bulk(table.name, batch_id)
    if done >= _MANY:
        count_anew(connection, table)


def remove_batch(session: Session, batch_id: int) -> int:
    """Takes one import back whole and gives its number of rows.

    Refuses when a row of it was edited or is used since, naming the table and key; puts back the fields it completed.
    """
    step, connection = step_of(session), session.connection()
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.undone_at is not None:
        raise Missing(N_("There is no import number {batch} to undo."), batch=batch_id)
    step.undoes = batch.step_sequence
    _refuse_edited(session, batch_id)
    _refuse_used(session, batch_id)
    defer_references(connection)
    completed = connection.execute(
        select(JournalRow.__table__).where(
            JournalRow.step_sequence == batch.step_sequence, JournalRow.row_id.is_not(None)
        )
    ).all()
    for row in completed:
        refuse_changed_since(connection, row.table_name, row.row_id, batch.step_sequence)
        put_back(step, row)
    removed = 0
    for name, kind in record_classes().items():
        table = kind.table()
        gone = connection.scalars(select(table.c.id).where(table.c.batch_id == batch_id)).all()
        if gone:
            connection.execute(delete(table).where(table.c.batch_id == batch_id))
            search_index.refresh(connection, name, gone)
            step.bulk(name, batch_id)
            removed += len(gone)
    batch.undone_at = step.at
    return removed


def _refuse_edited(session: Session, batch_id: int) -> None:
    connection = session.connection()
    for name, kind in record_classes().items():
        table = kind.table()
        touched = select(table.c.id).where(table.c.batch_id == batch_id, table.c.version > 1).order_by(table.c.id)
        for key in connection.scalars(touched).all():
            if later_change(connection, name, key, 0) is not None:
                raise Refusal(
                    N_("This import cannot be undone: {table} n° {key} was changed since."), table=name, key=str(key)
                )


def _refuse_used(session: Session, batch_id: int) -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            for reference in column.foreign_keys:
                parent = reference.column.table
                if parent.name not in record_classes():
                    continue
                from_batch = select(parent.c.id).where(parent.c.batch_id == batch_id)
                query = select(func.min(table.c.id)).where(column.in_(from_batch))
                if "batch_id" in table.c:
                    query = query.where(table.c.batch_id.is_distinct_from(batch_id))
                user = session.connection().scalar(query)
                if user is not None:
                    raise Refusal(
                        N_("This import cannot be undone: {table} n° {key} was added to it since."),
                        table=table.name, key=str(user),
                    )  # fmt: skip


def _filled(blank: dict[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {**blank, **row}


def _default(column: Column[Any]) -> object:
    return column.default.arg if isinstance(column.default, ColumnDefault) and column.default.is_scalar else None
