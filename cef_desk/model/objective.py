from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Objective(Record):
    """What a calendar year should reach for one indicator: the unit's, or one counsellor's."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("year", "indicator_code", "counsellor_id"),)
    year: Mapped[int]
    indicator_code: Mapped[str]
    counsellor_id: Mapped[int | None] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    target: Mapped[float]
