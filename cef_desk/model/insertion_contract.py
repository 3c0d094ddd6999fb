from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class InsertionContract(Record):
    """The reciprocal commitments of a person and the département: CI, CER or CE by `kind_code`."""

    __tablename__ = "insertion_contract"
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), index=True)
    kind_code: Mapped[str]
    signed_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
