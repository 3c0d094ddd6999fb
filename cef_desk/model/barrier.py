from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Barrier(Record):
    """An obstacle between a person and a job, by theme; health as work capacity only, never a diagnosis.

    `level` goes from 0 to 3; `closed_on` with status lifted means solved.
    """

    __tablename__ = "barrier"
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), index=True)
    theme_code: Mapped[str]
    level: Mapped[int]
    status: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
