from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class CompanyContact(Record):
    """Somebody to speak to in a company."""

    __tablename__ = "company_contact"
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
