"""The folded words by which rows are found: written for every way of writing, rebuilt at will.

Each searched table has a word index without content, `search_<table>`; its words stand in `search_<table>_word`.
"""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, column, delete, insert, select, table, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import TableClause

from cef_desk.model.base import Record, record_classes
from cef_desk.rules.folding import fold, written_as_one

_BATCH = 5_000
_LONGEST_COMMON = 3
_SHORTEST_INSIDE, _SHORTEST_WITH_SLIP = 3, 3
_MOST_WORDS_NEAR, _MOST_WORDS = 20, 12
_DOUBLED = re.compile(r"(.)\1+")


def refresh(connection: Connection, table_name: str, row_ids: Iterable[int]) -> None:
    """Writes anew the words of some rows; rows that are gone lose theirs."""
    kind = record_classes()[table_name]
    if not kind.searched:
        return
    index, rows = _index(kind), kind.table()
    ids = sorted(row_ids)
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        connection.execute(delete(index).where(index.c.rowid.in_(some)))
        found = connection.execute(
            select(rows.c.id, *(rows.c[name] for name in kind.searched)).where(rows.c.id.in_(some))
        )
        entries = [{"rowid": row[0], "text": words} for row in found if (words := _words(row[1:]))]
        if entries:
            connection.execute(insert(index), entries)


def rebuild(connection: Connection) -> None:
    """Writes every index anew."""
    for name, kind in record_classes().items():
        if kind.searched:
            connection.execute(delete(_index(kind)))
            refresh(connection, name, connection.scalars(select(kind.table().c.id)))


def is_whole(connection: Connection, kind: type[Record]) -> bool:
    """True when the index has an entry for each row that has words, and for no other."""
    rows = kind.table()
    found = connection.execute(select(rows.c.id, *(rows.c[name] for name in kind.searched)))
    return {row[0] for row in found if _words(row[1:])} == set(connection.scalars(select(_index(kind).c.rowid)))


def matching(
    kind: type[Record], row_id: SQLColumnExpression[int], typed: str, *, in_order: bool = False
) -> ColumnElement[bool]:
    """True for the rows that hold every typed word, at the start of a word; accents, case and œ do not count.

    Typed signs alone ask for nothing. `in_order` is for a list that is read from its beginning: of a few letters,
    which a good part of all rows hold, the rows are then tried in their order instead of being ordered all.
    """
    words = fold(typed).split()
    if in_order and all(len(word) <= _LONGEST_COMMON for word in words):
        row_id = row_id + 0  # keeps the engine from beginning with the rows found
    return row_id.in_(_found(kind, [[word] for word in words])) if words else text("1")  # type: ignore[return-value]  # a literal truth


def matching_nearly(
    session: Session, kind: type[Record], row_id: SQLColumnExpression[int], typed: str
) -> ColumnElement[bool]:
    """As `matching` where each word but the shortest may have one slip, letters doubled or not, or stand inside."""
    index = _index(kind)
    known: Sequence[str] = session.scalars(select(column("term")).select_from(table(f"{index.name}_word"))).all()
    near = [_near(word, known) for word in fold(typed).split()[:_MOST_WORDS]]
    return row_id.in_(_found(kind, near)) if near else text("0")  # type: ignore[return-value]  # nothing is near to nothing


def _found(kind: type[Record], alternatives: Sequence[Sequence[str]]) -> ColumnElement[int]:
    index = _index(kind)
    asked = " AND ".join("(" + " OR ".join(f'"{word}"*' for word in words) + ")" for words in alternatives)
    return select(index.c.rowid).where(text(f"{index.name} MATCH :asked").bindparams(asked=asked))  # type: ignore[return-value]  # used after IN


def _near(word: str, known: Sequence[str]) -> list[str]:
    """What a word may stand for, itself first: beginnings of known words."""
    from rapidfuzz import process  # loaded when nothing was found as it was typed
    from rapidfuzz.distance import OSA

    found = [word]
    for length in (len(word) - 1, len(word), len(word) + 1) if len(word) >= _SHORTEST_WITH_SLIP else ():
        whole = len(word) == _SHORTEST_WITH_SLIP  # so short, a beginning is near too many words
        starts = list({term[:length] for term in known if len(term) == length or (len(term) > length and not whole)})
        hits = process.extract(word, starts, scorer=OSA.distance, score_cutoff=1, limit=_MOST_WORDS_NEAR)
        found += [start for start, _distance, _place in hits if len(start) >= _SHORTEST_WITH_SLIP]
    single = _DOUBLED.sub(r"\1", word)
    if len(single) >= _SHORTEST_WITH_SLIP:
        begun = [term for term in known if term.startswith(single[0])]
        found += [term for term in begun if _DOUBLED.sub(r"\1", term).startswith(single)][:_MOST_WORDS_NEAR]
    if len(word) >= _SHORTEST_INSIDE:
        found += [term for term in known if word in term][:_MOST_WORDS_NEAR]
    return list(dict.fromkeys(found))


def _index(kind: type[Record]) -> TableClause:
    return table(f"search_{kind.__tablename__}", column("rowid"), column("text"))


def _words(values: Iterable[object]) -> str:
    told = [str(value) for value in values if value]
    return " ".join(dict.fromkeys(" ".join([*map(fold, told), *map(written_as_one, told)]).split()))
