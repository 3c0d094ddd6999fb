from sqlalchemy import Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Base


class SearchEntry(Base):
    """The folded text by which one row is found; written by the store alone, rebuilt at will."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("subject", "row_id"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    subject: Mapped[str]
    row_id: Mapped[int]
    text: Mapped[str]
