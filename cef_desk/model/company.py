from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record
from cef_desk.rules.folding import company_key, fold


class Company(Record):
    """An employing establishment; `match_key` is its name without legal form, to find it again.

    `naf_code` belongs to the edition `naf_version`, `naf_section` is a letter of NAF rév. 2, `size_band` a code of
    SIRENE; none is not known. A company that sleeps is left alone until `wakes_on`, when it comes back to whoever is
    `wakes_for_id`.
    """

    __tablename__ = "company"
    searched = ("name", "city")
    __table_args__ = (Index("ix_company_wakes_for_id", "wakes_for_id", sqlite_where=text("wakes_for_id IS NOT NULL")),)
    name: Mapped[str]
    siret: Mapped[str | None] = mapped_column(index=True)
    naf_code: Mapped[str | None]
    naf_version: Mapped[str | None]
    naf_section: Mapped[str | None]
    size_band: Mapped[str | None]
    postcode: Mapped[str] = mapped_column(default="", server_default="")
    city: Mapped[str] = mapped_column(default="", server_default="")
    commune_code: Mapped[str | None]
    territory_code: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    wakes_on: Mapped[date | None]
    wakes_for_id: Mapped[int | None] = mapped_column(ForeignKey("counsellor.id"))
    match_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(index=True)

    @classmethod
    def derived(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The two folded names."""
        return {"match_key": company_key(values["name"]), "sort_key": fold(values["name"])}
