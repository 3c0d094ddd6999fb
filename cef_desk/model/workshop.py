from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Workshop(Record):
    """One session of several people, in local wall time; each of them has an interaction with an outcome of its own."""

    __tablename__ = "workshop"
    kind: Mapped[str]
    title: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    place: Mapped[str]
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
