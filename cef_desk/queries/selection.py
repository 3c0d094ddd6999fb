"""A list is a selection: one ordered SQL, asked for a window at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select, tuple_
from sqlalchemy.orm import Session


class HasId(Protocol):
    """A frozen row knows the key of its subject."""

    @property
    def id(self) -> int: ...  # noqa: D102  the key


RowT = TypeVar("RowT", bound=HasId)
Anchor = tuple[Any, ...]
WINDOW = 100


@dataclass(frozen=True)
class Order:
    """Columns that are never null, all one way; the key breaks ties."""

    columns: tuple[SQLColumnExpression[Any], ...]
    descending: bool = False


@dataclass(frozen=True)
class Window(Generic[RowT]):
    """Some rows of a selection; `first` is where the rows before begin, `last` those after, none where none are."""

    rows: tuple[RowT, ...]
    first: Anchor | None
    last: Anchor | None


@dataclass(frozen=True)
class Selection(Generic[RowT]):
    """The rows of one subject that answer a question, in one order.

    The same object is the list on screen, its count, the cases behind a figure and the export. `ids` selects the key
    of the subject alone; `rows` reads frozen rows for some keys, in any order.
    """

    key: SQLColumnExpression[int]
    ids: Select[Any]
    order: Order
    rows: Callable[[Session, Sequence[int]], Sequence[RowT]]

    def where(self, *clauses: ColumnElement[bool]) -> "Selection[RowT]":
        """The same selection, narrowed."""
        return replace(self, ids=self.ids.where(*clauses))

    def ordered(self, *, backwards: bool = False) -> Select[Any]:
        """The order columns and the key, in order or in the opposite one."""
        columns = (*self.order.columns, self.key)
        down = self.order.descending is not backwards
        chosen = self.ids.with_only_columns(*columns, maintain_column_froms=True)
        return chosen.order_by(*(column.desc() if down else column for column in columns))


def window(
    session: Session,
    selection: Selection[RowT],
    anchor: Anchor | None = None,
    limit: int = WINDOW,
    *,
    backwards: bool = False,
) -> Window[RowT]:
    """The rows next to an anchor, after it or before it, by keyset: as fast at the end of a list as at its start."""
    query = selection.ordered(backwards=backwards).limit(limit)
    if anchor is not None:
        here = tuple_(*selection.order.columns, selection.key)
        down = selection.order.descending is not backwards
        query = query.where(here < anchor if down else here > anchor)
    found: list[Anchor] = [tuple(row) for row in session.execute(query)]
    more = len(found) == limit
    if backwards:
        found.reverse()
    if not found:
        return Window((), None, None)
    read = {row.id: row for row in selection.rows(session, [row[-1] for row in found])}
    first = found[0] if (more if backwards else anchor is not None) else None
    last = found[-1] if (backwards or more) else None
    return Window(tuple(read[row[-1]] for row in found), first, last)


def around(session: Session, selection: Selection[RowT], row_id: int, limit: int = WINDOW) -> Window[RowT] | None:
    """One row with at most `limit` rows before it and as many after; none when the selection does not hold it."""
    here = session.execute(selection.ordered().where(selection.key == row_id)).one_or_none()
    if here is None:
        return None
    anchor: Anchor = tuple(here)
    before = window(session, selection, anchor, limit, backwards=True)
    after = window(session, selection, anchor, limit)
    row = selection.rows(session, [row_id])[0]
    return Window((*before.rows, row, *after.rows), before.first, after.last)


def count(session: Session, selection: Selection[Any]) -> int:
    """How many rows the selection holds."""
    chosen = selection.ids.with_only_columns(selection.key, maintain_column_froms=True)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def all_ids(session: Session, selection: Selection[Any]) -> list[int]:
    """Every key in order, for Ctrl+A, cases and export."""
    return [row[-1] for row in session.execute(selection.ordered())]
