from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Counsellor(Record):
    """One who accompanies people and prospects companies; printed by code, never by name."""

    __tablename__ = "counsellor"
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    is_manager: Mapped[bool]
    active: Mapped[bool]
