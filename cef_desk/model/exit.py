from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.pathway import Pathway


class Exit(Record):
    """The end of one pathway, with where it led; the family is copied from the list so that old sheets stand.

    `override_reason` says why the kind is not the one its last contract gives.
    """

    __tablename__ = "exit"
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), unique=True)
    day: Mapped[date] = mapped_column(index=True)
    kind_code: Mapped[str]
    family: Mapped[str]
    override_reason: Mapped[str | None]
    pathway: Mapped[Pathway] = relationship(lazy="raise_on_sql")
