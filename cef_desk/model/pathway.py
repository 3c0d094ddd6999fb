from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.counsellor import Counsellor


class Pathway(Record):
    """One period of accompaniment; `entered_on_estimated` when a spreadsheet did not say the day."""

    __tablename__ = "pathway"
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("beneficiary.id", ondelete="RESTRICT"), index=True)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    entered_on: Mapped[date] = mapped_column(index=True)
    entered_on_estimated: Mapped[bool] = mapped_column(default=False)
    beneficiary: Mapped[Beneficiary] = relationship(lazy="raise_on_sql")
    counsellor: Mapped[Counsellor] = relationship(lazy="raise_on_sql")
