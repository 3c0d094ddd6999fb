from datetime import datetime

from sqlalchemy import ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Base


class Unfinished(Base):
    """What was being typed in a form, as JSON of field texts; outside journal and export."""

    __tablename__ = "unfinished"
    __table_args__ = (UniqueConstraint("counsellor_id", "form", "subject"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id"))
    form: Mapped[str]
    subject: Mapped[str]
    fields: Mapped[str]
    saved_at: Mapped[datetime]
