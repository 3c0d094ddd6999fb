"""Reading one mapped row for an action, told in words when it is gone."""

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.base import Base

T = TypeVar("T", bound=Base)


def fetch(session: Session, kind: type[T], key: int, *options: Any) -> T:  # noqa: ANN401  loader options have no common type
    """The row of one key."""
    found = session.get(kind, key, options=options)
    if found is None:
        raise Missing(N_("This record is no longer there."))
    return found
