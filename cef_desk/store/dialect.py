"""The one seam where engines differ: SQLite through sqlcipher3 here, PostgreSQL when a unit shares."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    QueuePool,
    SQLColumnExpression,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlcipher3 import dbapi2

Day = SQLColumnExpression[date] | SQLColumnExpression[date | None]

APPLICATION_ID = 0x43454644
"""`CEFD`, in the header of every file."""

BUSY_SECONDS = 5.0
PAGE_BYTES = 4096
_WRITES = "cef_desk_writes"
_POLICY = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)


def connect(path: Path, key: bytes | None) -> dbapi2.Connection:
    """One connection with the engine policy; `key` is the raw key of 32 bytes, none for a plain file."""
    connection = dbapi2.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")  # the program tells what is wrong itself
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in _POLICY:
        connection.execute(pragma)
    return connection


def engine_of(connector: Callable[[], dbapi2.Connection]) -> Engine:
    """An engine whose every writing transaction begins with BEGIN IMMEDIATE, reading ones with BEGIN."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connector, poolclass=QueuePool, pool_size=4, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for units of work that write."""
    return engine.execution_options(**{_WRITES: True})


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def defer_references(connection: Connection) -> None:
    """Checks references at commit instead of at each statement, for this transaction."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


@contextmanager
def unchecked_references(connection: Connection) -> Iterator[None]:
    """Leaves references unchecked on a connection that has no transaction yet: SQLite's way to make a table anew."""
    driver = connection.connection
    driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys=ON")


def refuse_broken_references(connection: Connection) -> None:
    """Fails when a row refers to another that is not there: a fault of the program."""
    if has_broken_references(connection):
        raise LookupError("a row refers to another that is not there")


def has_broken_references(connection: Connection) -> bool:
    """True when a row refers to another that is not there."""
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


def reserve_ids(connection: Connection, table: Table, count: int) -> range:
    """Keys for `count` new rows, never given before; call it inside the transaction that inserts them."""
    last = connection.execute(text("SELECT max(seq) FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    first = (last.scalar() or 0) + 1
    return range(first, first + count)


def count_anew(connection: Connection, table: Table) -> None:
    """Tells the engine how a table is filled, so that it walks the index of a list instead of sorting the whole.

    An index whose key is the same everywhere, as a reference that no row has yet, or that holds no row, is left out:
    taken at its word, the engine reads every row rather than look for the few that come to have one.
    """
    connection.exec_driver_sql(f"ANALYZE {table.name}")
    connection.execute(
        text("DELETE FROM sqlite_stat1 WHERE tbl = :table AND stat = substr(stat, 1, instr(stat, ' ') - 1) || ' ' || "
             "substr(stat, 1, instr(stat, ' ') - 1) OR tbl = :table AND stat GLOB '0 *'"),
        {"table": table.name},
    )  # fmt: skip
    connection.exec_driver_sql("ANALYZE sqlite_master")


def among(column: SQLColumnExpression[int] | SQLColumnExpression[int | None], name: str) -> ColumnElement[bool]:
    """The column holds one of the keys that the parameter `name` brings, written by `keys_of`, however many they are.

    The statement is the same for any number of them, where a list of places is written anew each time.
    """
    listed = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.in_(select(listed.c.value))


def keys_of(ids: Iterable[int]) -> str:
    """Keys as `among` takes them."""
    return json.dumps(list(ids))


def days_between(earlier: Day, later: Day) -> ColumnElement[int]:
    """The number of days from one day to another."""
    return sql_cast(func.julianday(later) - func.julianday(earlier), Integer)


def plus_months(day: Day, months: int | ColumnElement[int]) -> ColumnElement[date]:
    """The same day some calendar months later, or the last of that month when it is shorter, as `add_months`."""
    move = f"{months:+d} months" if isinstance(months, int) else func.printf("%+d months", months)
    return type_coerce(func.date(day, move, "floor"), Date)


def plus_days(day: Day, days: int) -> ColumnElement[date]:
    """The day some days later."""
    return type_coerce(func.date(day, f"{days:+d} days"), Date)


def day_of(moment: SQLColumnExpression[datetime]) -> ColumnElement[date]:
    """The day of a moment."""
    return type_coerce(func.date(moment), Date)


def month_of(day: Day) -> ColumnElement[str]:
    """The month of a day, as 2006-11."""
    return func.substr(func.date(day), 1, 7)
