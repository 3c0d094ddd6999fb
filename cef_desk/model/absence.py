from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Absence(Record):
    """The days a counsellor is away, both included: nothing is proposed on them."""

    __tablename__ = "absence"
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str]
