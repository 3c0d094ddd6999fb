from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from cef_desk.model.base import Record


class ListEntry(Record):
    """One row of a list kept as data; deactivated, never deleted.

    The flags are those the rules read: whether a contract kind counts among the contracts signed, the form of its
    term, the family of an exit.
    """

    __tablename__ = "list_entry"
    __table_args__ = (UniqueConstraint("list_name", "code"),)
    list_name: Mapped[str]
    code: Mapped[str]
    label: Mapped[str]
    position: Mapped[int]
    active: Mapped[bool]
    counts_as_contract: Mapped[bool | None]
    form: Mapped[str | None]
    family: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
