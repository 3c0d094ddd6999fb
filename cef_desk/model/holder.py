from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.pathway import Pathway


class Holder(Record):
    """The counsellor who holds a pathway from one day to another, both included; the last one has no last day."""

    __tablename__ = "holder"
    __table_args__ = (Index("ix_holder_pathway_id", "pathway_id", "from_on", "to_on", "counsellor_id"),)
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"))
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    pathway: Mapped[Pathway] = relationship(lazy="raise_on_sql")
    counsellor: Mapped[Counsellor] = relationship(lazy="raise_on_sql")
