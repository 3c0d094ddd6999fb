from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Right(Record):
    """The right to the minimum income during a pathway.

    `quarterly_month` is the place, 1 to 3, in its quarter of the month whose return is sent; `returned_to` the last
    day of the last such month whose return is known to be sent.
    """

    __tablename__ = "right"
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), unique=True)
    quarterly_month: Mapped[int]
    returned_to: Mapped[date]
