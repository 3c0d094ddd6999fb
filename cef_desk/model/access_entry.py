from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Base


class AccessEntry(Base):
    """Who looked at what, when: CNIL, délibération 2021-122. `reference` is a table and a key, never a name.

    The chain is over all entries before; a month purged leaves one entry, `purged`, that keeps the link.
    """

    __tablename__ = "access_log"
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    counsellor_id: Mapped[int | None]
    action: Mapped[str]
    reference: Mapped[str]
    chain: Mapped[str]
