"""Reading one mapped row for an action, told in words when it is gone."""

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.base import Base, Record

T = TypeVar("T", bound=Base)


def fetch(session: Session, kind: type[T], key: int, *options: Any) -> T:  # noqa: ANN401  loader options have no common type
    """The row of one key."""
    found = session.get(kind, key, options=options)
    if found is None:
        raise Missing(N_("This record is no longer there."))
    return found


def refuse_stale(row: Record, version: int) -> None:
    """Refuses a form filled from an older state of the row."""
    if row.version != version:
        raise Refusal(N_("This record was changed since the form was opened: close it and open it again."))
