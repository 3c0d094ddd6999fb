"""Writing the demonstration: fictitious rows, by the bulk path of an import."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from cef_desk.model.base import record_classes
from cef_desk.store import bulk


def write_demonstration(session: Session, tables: Mapping[str, Iterable[Mapping[str, Any]]], name: str) -> int:
    """Writes the rows of some tables, in their order, as one batch, which it gives; uids depend on the data alone.

    A row without `id` gets the next key of its table.
    """
    batch_id = bulk.new_batch(session, name)
    for table, rows in tables.items():
        kind = record_classes()[table]
        first = bulk.keys(session, kind, 0).start
        keyed = ({"id": key, **row} for key, row in zip(count(first), rows, strict=False))
        bulk.insert_rows(session, kind, keyed, batch_id, named=name)
    return batch_id
