from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Snooze(Record):
    """A line of À faire put off to a day, and why: the rule that speaks of a day `about` a pathway, or of none.

    `row` names what else tells it from others of the same day: a task, a session, a contract, a company.
    """

    __tablename__ = "snooze"
    counsellor_id: Mapped[int] = mapped_column(ForeignKey("counsellor.id", ondelete="RESTRICT"), index=True)
    pathway_id: Mapped[int | None] = mapped_column(ForeignKey("pathway.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str]
    about: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    row: Mapped[str] = mapped_column(default="", server_default="")
