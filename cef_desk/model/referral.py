from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Referral(Record):
    """One person put forward on one offer; `contract_id` when it led to a hire."""

    __tablename__ = "referral"
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="RESTRICT"), index=True)
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), index=True)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"), index=True)
    proposed_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[str]
