"""Writing the demonstration: fictitious rows, by the bulk path of an import."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from cef_desk.model.base import record_classes
from cef_desk.store import bulk


def write_demonstration(session: Session, tables: Mapping[str, Sequence[Mapping[str, Any]]], name: str) -> int:
    """Writes the rows of some tables, in their order, as one batch, which it gives; uids depend on the data alone.

    A row without `id` gets one; those that have one must be the next keys of their table.
    """
    batch_id = bulk.new_batch(session, name)
    for table, rows in tables.items():
        add_rows(session, table, rows, batch_id, name)
    return batch_id


def add_rows(session: Session, table: str, rows: Sequence[Mapping[str, Any]], batch_id: int, name: str) -> None:
    """More rows of one table for a batch."""
    kind = record_classes()[table]
    keyed = [{"id": key, **row} for row, key in zip(rows, bulk.keys(session, kind, len(rows)), strict=True)]
    bulk.insert_rows(session, kind, keyed, batch_id, named=name)
