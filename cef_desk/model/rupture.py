from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.contract import Contract


class Rupture(Record):
    """The end of a contract before its term, or any end of a CDI; `to_confirm` when it was read from free text."""

    __tablename__ = "rupture"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"), unique=True)
    day: Mapped[date] = mapped_column(index=True)
    reason_code: Mapped[str]
    to_confirm: Mapped[bool] = mapped_column(default=False)
    contract: Mapped[Contract] = relationship(lazy="raise_on_sql")
