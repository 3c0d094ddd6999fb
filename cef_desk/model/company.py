from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from cef_desk.model.base import Record
from cef_desk.rules.folding import company_key, fold


class Company(Record):
    """An employing establishment; `match_key` is its name without legal form, to find it again."""

    __tablename__ = "company"
    searched = ("name",)
    name: Mapped[str]
    match_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(index=True)

    @classmethod
    def derived(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The two folded names."""
        return {"match_key": company_key(values["name"]), "sort_key": fold(values["name"])}
