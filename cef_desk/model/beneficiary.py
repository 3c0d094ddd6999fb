from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record
from cef_desk.rules.folding import fold


class Beneficiary(Record):
    """The person, apart from the periods of accompaniment; none is not known.

    `address` is the street; `channel` is how they are reached first, `contact_through` who takes a message for them.
    `sex` is F or H, `licence` the driving licence B, `vehicle_code` what the person can drive, `disabled_worker` the
    recognition (RQTH) as declared: never a diagnosis.
    """

    __tablename__ = "beneficiary"
    searched = ("last_name", "first_name", "city")
    last_name: Mapped[str]
    first_name: Mapped[str]
    birth_date: Mapped[date | None]
    sex: Mapped[str | None]
    household_code: Mapped[str | None]
    children: Mapped[int | None]
    licence: Mapped[bool | None]
    vehicle_code: Mapped[str | None]
    disabled_worker: Mapped[bool | None]
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    channel: Mapped[str] = mapped_column(default="", server_default="")
    contact_through: Mapped[str] = mapped_column(default="", server_default="")
    sort_key: Mapped[str] = mapped_column(index=True)

    @classmethod
    def derived(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The folded name the lists are ordered by."""
        return {"sort_key": f"{fold(values['last_name'])}\t{fold(values['first_name'])}"}
