from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.company import Company
from cef_desk.model.pathway import Pathway
from cef_desk.model.placement import Placement
from cef_desk.rules.contract_checks import check_contract_days


class Contract(Record):
    """One signed work contract.

    `parent_id` is the first contract of the chain when this row is a renewal or an amendment, which no figure counts
    as a new contract. `signed_on_estimated` when a spreadsheet did not say the day and the start stands for it.
    NAF and size are the company's at signature, so that old reports stand when the company changes; the agreement is
    the one of an aided contract.
    """

    __tablename__ = "contract"
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="RESTRICT"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="RESTRICT"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"), index=True)
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    kind_code: Mapped[str]
    form: Mapped[str | None]
    signed_on: Mapped[date] = mapped_column(index=True)
    signed_on_estimated: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    planned_end_on: Mapped[date | None]
    trial_end_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    weekly_hours: Mapped[float | None]
    rome_code: Mapped[str | None]
    job: Mapped[str | None]
    naf_code: Mapped[str | None]
    naf_section: Mapped[str | None]
    size_band: Mapped[str | None]
    agreement_number: Mapped[str | None]
    agreement_starts_on: Mapped[date | None]
    agreement_ends_on: Mapped[date | None]
    pathway: Mapped[Pathway] = relationship(lazy="raise_on_sql")
    company: Mapped[Company] = relationship(lazy="raise_on_sql")
    placement: Mapped[Placement] = relationship(lazy="raise_on_sql")

    def check(self) -> None:
        """Refuses an end before the start."""
        check_contract_days(self.starts_on, self.planned_end_on, self.ended_on)
