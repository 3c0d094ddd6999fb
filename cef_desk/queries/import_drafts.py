"""What an import reads and what it would write, as frozen values.

A key in a plan is the key of a row that exists, or a negative number for one that the plan makes.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Remark:
    """Something to tell about one line; `code` is that of domain/imports.md, section 7."""

    line: int
    column: str
    code: str
    pattern: str
    values: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class ImportedRupture:
    """A rupture read from a line, to be confirmed."""

    day: date
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class ImportedContract:
    """A contract read from a line; `signed_on` none when the spreadsheet does not say it."""

    company: str
    kind_code: str
    starts_on: date
    signed_on: date | None
    planned_end_on: date | None
    weekly_hours: float | None
    rupture: ImportedRupture | None


@dataclass(frozen=True, kw_only=True)
class ImportedLine:
    """One line of a spreadsheet, read; `counsellor` is a code or a name as typed."""

    line: int
    last_name: str
    first_name: str
    birth_date: date | None
    postcode: str
    city: str
    phone: str
    counsellor: str
    entered_on: date | None
    contract: ImportedContract | None


@dataclass(frozen=True)
class Planned:
    """A row to make, with its negative key and its values; keys of other rows may be negative too."""

    key: int
    values: dict[str, object]


@dataclass
class ImportPlan:
    """The rows to make, in the order they refer to each other, and the empty fields to fill."""

    counsellor: list[Planned] = field(default_factory=list)
    beneficiary: list[Planned] = field(default_factory=list)
    pathway: list[Planned] = field(default_factory=list)
    holder: list[Planned] = field(default_factory=list)
    company: list[Planned] = field(default_factory=list)
    placement: list[Planned] = field(default_factory=list)
    contract: list[Planned] = field(default_factory=list)
    rupture: list[Planned] = field(default_factory=list)
    completions: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    """(Table, key) -> the empty fields to fill."""
    unchanged: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def created(self) -> dict[str, int]:
        """Rows to make per table."""
        tables = ("counsellor", "beneficiary", "pathway", "holder", "company", "placement", "contract", "rupture")
        return {name: len(getattr(self, name)) for name in tables}

    @property
    def empty(self) -> bool:
        """True when nothing would be written."""
        return not any(self.created.values()) and not self.completions
