from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class Unit(Record):
    """The unit this file belongs to: one row.

    `frozen_today` is the day a demonstration file lives on; none in a real file. `low_base` is the denominator below
    which a rate is told to be on too few cases, `min_stay_days` the stay below which an exit leaves S1,
    `loyal_months` the window of I15 up to the report date, 0: since the opening. Letters say where the `address` is
    and the `phone`.
    """

    __tablename__ = "unit"
    name: Mapped[str]
    scheme: Mapped[str]
    address: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    opened_on: Mapped[date | None]
    frozen_today: Mapped[date | None]
    low_base: Mapped[int] = mapped_column(default=20, server_default="20")
    min_stay_days: Mapped[int] = mapped_column(default=90, server_default="90")
    loyal_months: Mapped[int] = mapped_column(default=24, server_default="24")
