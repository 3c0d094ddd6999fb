from datetime import datetime

from sqlalchemy import Identity
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Base


class ImportBatch(Base):
    """One import, with the journal step that wrote it; `file_name` without its folder."""

    __tablename__ = "import_batch"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    step_sequence: Mapped[int]
    file_name: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
