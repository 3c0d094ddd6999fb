from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Presence(Record):
    """The days a counsellor works in the unit, both included; without first day since ever, without last still."""

    __tablename__ = "presence"
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
