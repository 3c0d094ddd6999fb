from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Offer(Record):
    """A vacancy that a company entrusts to the unit."""

    __tablename__ = "offer"
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="RESTRICT"), index=True)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    received_on: Mapped[date] = mapped_column(index=True)
    rome_code: Mapped[str | None]
    job: Mapped[str]
    form: Mapped[str | None]
    weekly_hours: Mapped[float | None]
    places: Mapped[int]
    closed_on: Mapped[date | None]
