from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from cef_desk.model.base import Record


class ListEntry(Record):
    """One row of a list kept as data; deactivated, never deleted.

    The flags are those the rules read. Contract kind: whether it counts among the contracts signed, the form of its
    term, whether it is aided, its line on the monthly sheet. Exit kind, word to think over: its
    family. Rupture reason: whether the rate without positive and neutral ruptures counts it, whether it falls in the
    trial period.
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
    aided: Mapped[bool | None]
    sheet_group: Mapped[str | None]
    counts_net: Mapped[bool | None]
    in_trial: Mapped[bool | None]
