from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cef_desk.model.base import Record
from cef_desk.model.beneficiary import Beneficiary


class Pathway(Record):
    """One period of accompaniment; until the first individual meeting, `entered_on` is none: the person waits.

    `entry_follows_meetings` while the entry is that of the meetings and nobody typed another;
    `entered_on_estimated` when a spreadsheet did not say the day. `prescribed_on` is when the prescription came,
    `oriented_on` when the person was told where they are oriented.

    What reports slice by is copied here at entry and stays as it was: age in whole years, whole months in the scheme,
    level, prescriber, zone, commune and territory; none is not known.
    """

    __tablename__ = "pathway"
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("beneficiary.id", ondelete="RESTRICT"), index=True)
    entered_on: Mapped[date | None] = mapped_column(index=True)
    entered_on_estimated: Mapped[bool] = mapped_column(default=False)
    entry_follows_meetings: Mapped[bool] = mapped_column(default=False, server_default="0")
    prescribed_on: Mapped[date | None]
    oriented_on: Mapped[date | None]
    age_at_entry: Mapped[int | None]
    months_in_scheme: Mapped[int | None]
    level_code: Mapped[str | None]
    prescriber_code: Mapped[str | None]
    zone_code: Mapped[str | None]
    commune_code: Mapped[str | None]
    commune: Mapped[str | None]
    territory_code: Mapped[str | None]
    beneficiary: Mapped[Beneficiary] = relationship(lazy="raise_on_sql")
