from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record


class AlertSetting(Record):
    """What a unit sets otherwise than `alertes.csv`: the count of a rule's delay, and whether it speaks."""

    __tablename__ = "alert_setting"
    code: Mapped[str] = mapped_column(unique=True)
    count: Mapped[int]
    active: Mapped[bool]
