"""The folded text by which rows are found: written for every way of writing, rebuilt at will."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from cef_desk.model.base import Record, record_classes
from cef_desk.model.search_entry import SearchEntry
from cef_desk.rules.folding import fold

_BATCH = 5_000


def refresh(connection: Connection, table_name: str, row_ids: Iterable[int]) -> None:
    """Writes anew the entries of some rows; rows that are gone lose theirs."""
    kind = record_classes()[table_name]
    if not kind.searched:
        return
    table = kind.table()
    ids = sorted(row_ids)
    columns = [table.c[name] for name in kind.searched]
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        connection.execute(delete(SearchEntry).where(SearchEntry.subject == table_name, SearchEntry.row_id.in_(some)))
        rows = connection.execute(select(table.c.id, *columns).where(table.c.id.in_(some)))
        entries = [{"subject": table_name, "row_id": row[0], "text": _text(row[1:])} for row in rows]
        if entries:
            connection.execute(insert(SearchEntry), entries)


def rebuild(connection: Connection) -> None:
    """Writes every entry anew."""
    connection.execute(delete(SearchEntry))
    for name, kind in record_classes().items():
        refresh(connection, name, connection.scalars(select(kind.id)))


def matching(subject: type[Record], row_id: InstrumentedAttribute[int], typed: str) -> ColumnElement[bool]:
    """True for the rows whose text holds every typed word, at the start of a word; accents, case and œ do not count."""
    words = fold(typed).split()
    found = select(SearchEntry.id).where(SearchEntry.subject == subject.__tablename__, SearchEntry.row_id == row_id)
    for word in words:
        found = found.where(SearchEntry.text.contains(f" {word}", autoescape=True))
    return exists(found)


def _text(values: Iterable[object]) -> str:
    return " " + " ".join(fold(str(value)) for value in values if value)
