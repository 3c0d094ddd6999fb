from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.base import Record
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.pathway import Pathway
from cef_desk.rules.kinds import Outcome


class Interaction(Record):
    """One meeting, call, visit or task, held or planned, in local wall time; `minutes` is its length.

    A meeting is with a person, a prospection with a company, a check-up about a contract. A private note stays out of
    every export and print. A task is `done_by` the counsellor or the person; it and a next appointment have their
    origin in the meeting they were agreed at. `subject_codes` stand in the order of their list, a space between.
    """

    __tablename__ = "interaction"
    searched = ("note",)
    __table_args__ = (
        Index("ix_interaction_pathway_id_kind_at", "pathway_id", "kind", "at"),
        Index("ix_interaction_kind_outcome_at", "kind", "outcome", "at"),
        Index("ix_interaction_company_id_kind_at", "company_id", "kind", "at"),
        Index("ix_interaction_workshop_id", "workshop_id", sqlite_where=text("workshop_id IS NOT NULL")),
        Index("ix_interaction_calls", "counsellor_id", sqlite_where=text("call_result IS NOT NULL")),
        Index("ix_interaction_origin_id", "origin_id", sqlite_where=text("origin_id IS NOT NULL")),
    )
    kind: Mapped[str]
    medium: Mapped[str]
    outcome: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    pathway_id: Mapped[int | None] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="RESTRICT"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", ondelete="RESTRICT"), index=True)
    subject_codes: Mapped[str] = mapped_column(default="", server_default="")
    is_private: Mapped[bool] = mapped_column(default=False, server_default="0")
    call_result: Mapped[str | None]
    done_by: Mapped[str | None]
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("interaction.id"))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"))
    pathway: Mapped[Pathway | None] = relationship(lazy="raise_on_sql")
    counsellor: Mapped[Counsellor] = relationship(lazy="raise_on_sql")

    def check(self, today: date) -> None:
        """Refuses what cannot be: held in the future."""
        if self.outcome in {Outcome.HELD, Outcome.MISSED} and self.at.date() > today:
            raise Refusal(
                N_("A meeting after today, {today}, cannot have taken place yet: leave its outcome open."),
                field="outcome", today=today,
            )  # fmt: skip
