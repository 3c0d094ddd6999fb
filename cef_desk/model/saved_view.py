from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class SavedView(Record):
    """The filters of one list under a name; `conditions` is JSON: what the view always asks, what it begins with."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("counsellor_id", "page", "name"),)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"))
    page: Mapped[str]
    name: Mapped[str]
    conditions: Mapped[str]
