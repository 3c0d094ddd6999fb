from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Base


class JournalStep(Base):
    """One gesture of a person: sequence, UTC time, label (a message id) and the chain over all steps before."""

    __tablename__ = "journal_step"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    counsellor_id: Mapped[int | None]
    label: Mapped[str]
    subject: Mapped[str]
    undoes: Mapped[int | None]
    chain: Mapped[str]


class JournalRow(Base):
    """One row as it was before a step, in canonical JSON; without `before` it was born, with `batch_id` in bulk.

    `digest` = SHA-256(salt ‖ before). Erasing a person's values erases `before` and `salt`: the chain, made of
    digests, still holds. `version` is the row's version after the step, none when it was deleted.
    """

    __tablename__ = "journal_row"
    __table_args__ = (Index("ix_journal_row_table_name_row_id", "table_name", "row_id", "step_sequence"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    step_sequence: Mapped[int] = mapped_column(ForeignKey("journal_step.sequence"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int | None]
    batch_id: Mapped[int | None]
    before: Mapped[str | None]
    salt: Mapped[bytes | None]
    digest: Mapped[str]
    version: Mapped[int | None]
