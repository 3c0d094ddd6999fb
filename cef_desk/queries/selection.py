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
    """Some rows of a selection; `last` is where the next window begins, none at the end."""

    rows: tuple[RowT, ...]
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

    def ordered(self) -> Select[Any]:
        """The key and the order columns, in order."""
        columns = [*self.order.columns, self.key]
        chosen = self.ids.with_only_columns(self.key, *self.order.columns, maintain_column_froms=True)
        return chosen.order_by(*(column.desc() if self.order.descending else column for column in columns))


def window(
    session: Session, selection: Selection[RowT], after: Anchor | None = None, limit: int = WINDOW
) -> Window[RowT]:
    """The next rows after an anchor, by keyset: as fast at the end of a long list as at its beginning."""
    query = selection.ordered().limit(limit)
    if after is not None:
        here = tuple_(*selection.order.columns, selection.key)
        query = query.where(here < after if selection.order.descending else here > after)
    found = session.execute(query).all()
    read = {row.id: row for row in selection.rows(session, [row[0] for row in found])} if found else {}
    last = (*found[-1][1:], found[-1][0]) if len(found) == limit else None
    return Window(tuple(read[row[0]] for row in found), last)


def count(session: Session, selection: Selection[Any]) -> int:
    """How many rows the selection holds."""
    chosen = selection.ids.with_only_columns(selection.key, maintain_column_froms=True)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def all_ids(session: Session, selection: Selection[Any]) -> list[int]:
    """Every key in order, for Ctrl+A, cases and export."""
    return [row[0] for row in session.execute(selection.ordered())]
