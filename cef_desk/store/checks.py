"""The whole check of an open file, point by point."""

from collections.abc import Callable

from sqlalchemy import Connection

from cef_desk.i18n import N_
from cef_desk.model.base import record_classes
from cef_desk.store import access_log, journal, search_index
from cef_desk.store.dialect import has_broken_references


def points(connection: Connection, *, encrypted: bool) -> list[tuple[str, bool]]:
    """Each point's message id, and whether it holds."""
    asked: list[tuple[str, Callable[[Connection], bool]]] = [
        (N_("pages and trees"), _trees_whole),
        (N_("references"), lambda connection: not has_broken_references(connection)),
        (N_("history"), lambda connection: journal.broken_at(connection) is None),
        (N_("log of looks"), lambda connection: access_log.broken_at(connection) is None),
        (N_("search"), _search_whole),
    ]
    if encrypted:
        asked.insert(1, (N_("encryption seals"), _seals_whole))
    return [(words, holds(connection)) for words, holds in asked]


def _trees_whole(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"


def _seals_whole(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None


def _search_whole(connection: Connection) -> bool:
    return all(search_index.is_whole(connection, kind) for kind in record_classes().values() if kind.searched)
