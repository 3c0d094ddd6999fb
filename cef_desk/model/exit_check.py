from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class ExitCheck(Record):
    """What became of a person some calendar months after an exit to employment; `months` is 3 or 6."""

    __tablename__ = "exit_check"
    __table_args__ = (UniqueConstraint("exit_id", "months"),)
    exit_id: Mapped[int] = mapped_column(ForeignKey("exit.id", ondelete="RESTRICT"))
    months: Mapped[int]
    day: Mapped[date]
    status: Mapped[str]
    source: Mapped[str]
