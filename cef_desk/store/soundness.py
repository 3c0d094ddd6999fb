"""Whether a file is ours and whole; every doubt is told before anything is written."""

from sqlalchemy import Connection, Engine, func, inspect, select, text

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.store import access_log, journal
from cef_desk.store.dialect import APPLICATION_ID
from cef_desk.store.trouble import DAMAGED, NOT_OURS

SCHEMA = "4c7a19e0d25b"
"""The newest migration; Alembic is loaded only for a file of another one."""


def refuse_foreign(engine: Engine) -> None:
    """Refuses a file that another program wrote."""
    with engine.connect() as connection:
        if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
            raise Trouble(NOT_OURS)
        if not inspect(connection).has_table("alembic_version"):
            raise Trouble(DAMAGED)


def schema_of(engine: Engine) -> str:
    """The migration a file is at."""
    with engine.connect() as connection:
        return _schema(connection)


def refuse_unsound(engine: Engine, raw: bytes | None) -> None:
    """Refuses a file whose journal lacks a step; of an encrypted one, every tree and every link is checked."""
    with engine.connect() as connection:
        if raw is not None and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise Trouble(DAMAGED)
        counted, last = connection.execute(select(func.count(), func.max(JournalStep.sequence))).one()
        if not counted or counted != last:
            raise Trouble(DAMAGED)
        chained = raw is not None and _schema(connection) == SCHEMA
        if chained and (journal.broken_at(connection) or access_log.broken_at(connection)):
            raise Trouble(
                N_("The history of the file was altered: it does not follow from itself. Open your last backup.")
            )


def refuse_unsealed(engine: Engine, raw: bytes | None) -> None:
    """Refuses an encrypted file of which a page does not fit its seal: SQLCipher seals pages with HMAC-SHA512.

    The seals are those of the file itself: a power cut may have torn a page that the log still holds whole, so the log
    goes into the file first.
    """
    if raw is None:
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
        if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
            raise Trouble(DAMAGED)


def keep_a_log(engine: Engine) -> None:
    """Commits go to a log beside the file, so that readers and the writer do not wait for each other.

    A new file is so; a copy made by the engine has lost it.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("BEGIN")


def _schema(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
