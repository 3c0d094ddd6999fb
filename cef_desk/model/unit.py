from datetime import date

from sqlalchemy.orm import Mapped

from cef_desk.model.base import Record


class Unit(Record):
    """The unit this file belongs to: one row.

    `frozen_today` is the day a demonstration file lives on; none in a real file.
    """

    __tablename__ = "unit"
    name: Mapped[str]
    scheme: Mapped[str]
    opened_on: Mapped[date | None]
    frozen_today: Mapped[date | None]
