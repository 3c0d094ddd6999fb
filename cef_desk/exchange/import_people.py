"""Rows of a spreadsheet -> lines ready to be planned, with what was refused or left aside, by line and column."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cef_desk.errors import Refusal
from cef_desk.exchange.mapping import Mapping, map_columns
from cef_desk.exchange.read_sheet import RawRow, read_sheet
from cef_desk.exchange.starting_lists import open_ended_kinds, rupture_reasons
from cef_desk.i18n import N_
from cef_desk.progress import UNWATCHED, Progress
from cef_desk.queries.import_drafts import (
    ImportedContract,
    ImportedLine,
    ImportedRupture,
    Remark,
)
from cef_desk.rules.contract_checks import check_contract_days, check_rupture_day
from cef_desk.rules.folding import fold
from cef_desk.rules.period import last_day_of_term, months_between
from cef_desk.rules.typed_dates import is_no_day, written_day
from cef_desk.rules.written_values import (
    WrittenContract,
    WrittenName,
    contract_kind,
    postcode_and_city,
    rupture_in,
    split_name,
    weekly_hours,
)

_TOTALS = re.compile(r"(sous )?(total|totaux)\b|moyenne\b")


@dataclass
class ReadLines:
    """What a spreadsheet holds once read: lines to import, lines refused, remarks, and what was skipped."""

    path: Path
    encoding: str
    separator: str
    header_line: int
    ignored_columns: tuple[str, ...]
    lines: list[ImportedLine] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    blank: int = 0
    total: int = 0
    duplicate: int = 0


class _Rejected(Exception):  # noqa: N818  a verdict, not an error of ours
    """One line cannot be imported."""

    def __init__(self, column: str, code: str, pattern: str, **values: object) -> None:
        super().__init__(code)
        self.column, self.code, self.pattern, self.values = column, code, pattern, values


def read_people(path: Path, today: date, progress: Progress = UNWATCHED) -> ReadLines:
    """Reads and maps a spreadsheet; refuses a file without a line of headings."""
    sheet = read_sheet(path)
    mapping = map_columns(sheet)
    read = ReadLines(path, sheet.encoding, sheet.separator, mapping.header.line, mapping.ignored)
    seen: set[tuple[str, ...]] = {_folded(mapping.header)}
    for row in progress.among(sheet.rows):
        if row.line <= mapping.header.line:
            continue
        if row.blank:
            read.blank += 1
        elif _is_total(row, mapping):
            read.total += 1
            values: dict[str, object] = {"n": str(row.line)}
            read.remarks.append(Remark(row.line, "", "I01", N_("Line {n}: line of totals, left aside."), values))
        elif _folded(row) in seen:
            read.duplicate += 1
        else:
            seen.add(_folded(row))
            _Line(row, mapping, today, read).read()
    return read


def _is_total(row: RawRow, mapping: Mapping) -> bool:
    """True for a line that begins with a word of totals and names nobody."""
    named = _written_name(row, mapping) is not None
    return not named and bool(_TOTALS.match(fold(next(cell for cell in row.cells if cell))))


def _written_name(row: RawRow, mapping: Mapping) -> WrittenName | None:
    if "full_name" in mapping.columns:
        return split_name(mapping.cell(row, "full_name"))
    last, first = mapping.cell(row, "last_name"), mapping.cell(row, "first_name")
    return WrittenName(last, first) if last and first else None


def _folded(row: RawRow) -> tuple[str, ...]:
    return tuple(cell.casefold() for cell in row.cells)


class _Line:
    def __init__(self, row: RawRow, mapping: Mapping, today: date, read: ReadLines) -> None:
        self.row, self.mapping, self.today, self.into = row, mapping, today, read

    def read(self) -> None:
        try:
            self.into.lines.append(self._line())
        except _Rejected as why:
            values = {"n": str(self.row.line), "col": why.column, **why.values}
            self.into.rejected.append(Remark(self.row.line, why.column, why.code, why.pattern, values))

    def _line(self) -> ImportedLine:
        name = _written_name(self.row, self.mapping)
        if name is None:
            column = self.mapping.heading("full_name") or self.mapping.heading("last_name")
            raise _Rejected(column, "E01", N_("Line {n}: last or first name missing."))
        postcode, city = postcode_and_city(self._cell("postcode_city") or self._cell("city"))
        entered_on = self._day("entry_date")
        return ImportedLine(
            line=self.row.line,
            last_name=name.last,
            first_name=name.first,
            birth_date=self._day("birth_date", birth=True),
            postcode=postcode or self._cell("postcode"),
            city=city,
            phone=self._cell("phone"),
            counsellor=self._cell("counsellor"),
            entered_on=entered_on,
            contract=self._contract() if self._cell("company") or self._cell("contract_kind") else None,
        )

    def _contract(self) -> ImportedContract:
        if not self._cell("company"):
            raise _Rejected(self.mapping.heading("company"), "E08", N_("Line {n}: a contract without employer."))
        starts_on = self._day("starts_on")
        end = self._day("planned_end_on", not_before=starts_on)
        written = self._kind(starts_on, end)
        if starts_on is None:
            raise _Rejected(
                self.mapping.heading("starts_on"), "E09", N_("Line {n}, “{col}”: the start of the contract is missing.")
            )
        open_ended = written.kind_code in open_ended_kinds()
        if end is None and written.months and not open_ended:
            end = last_day_of_term(starts_on, written.months)
        try:
            check_contract_days(starts_on, end, None)
        except Refusal as refusal:
            raise _Rejected(
                self.mapping.heading("planned_end_on"), "E03",
                N_("Line {n}: the end ({f}) comes before the start ({d})."), f=end, d=starts_on,
            ) from refusal  # fmt: skip
        rupture = self._rupture(starts_on, end)
        if end is not None and open_ended:
            rupture = rupture or self._rupture_of_cdi(end)
            end = None
        return ImportedContract(
            company=self._cell("company"),
            kind_code=written.kind_code,
            starts_on=starts_on,
            signed_on=self._day("signed_on"),
            planned_end_on=end,
            weekly_hours=self._hours(),
            rupture=rupture,
        )

    def _kind(self, starts_on: date | None, end: date | None) -> WrittenContract:
        months = self._months()
        if months is None and starts_on is not None and end is not None and end > starts_on:
            months = months_between(starts_on, end)
        written = contract_kind(self._cell("contract_kind"), months)
        if written is None:
            raise _Rejected(
                self.mapping.heading("contract_kind"), "E05",
                N_("Line {n}: contract kind “{v}” is not known. Match it with a kind of the list."),
                v=self._cell("contract_kind"),
            )  # fmt: skip
        return written

    def _rupture_of_cdi(self, end: date) -> ImportedRupture | None:
        if end > self.today:
            self._remark(
                "planned_end_on", "A08", N_("Line {n}: CDI with an end on {d}, still to come: left out."), d=end
            )
            return None
        self._remark("planned_end_on", "A08", N_("Line {n}: CDI with an end: taken as a rupture on {d}?"), d=end)
        return ImportedRupture(day=end, reason_code="INCONNU")

    def _rupture(self, starts_on: date, end: date | None) -> ImportedRupture | None:
        text = self._cell("rupture")
        if not text:
            return None
        found = rupture_in(text, self.today)
        if found is None:
            self._remark("rupture", "A13", N_("Line {n}, “{col}”: “{v}” holds no day, no rupture recorded."), v=text)
            return None
        try:
            check_rupture_day(found.day, starts_on, end)
        except Refusal as refusal:
            raise _Rejected(
                self.mapping.heading("rupture"), "E10",
                N_("Line {n}, “{col}”: the rupture on {d} is outside the days of the contract."), d=found.day,
            ) from refusal  # fmt: skip
        self._remark(
            "rupture", "A14", N_("Line {n}, “{col}”: rupture on {d} ({reason}) read from “{v}”, to be confirmed."),
            d=found.day, reason=rupture_reasons()[found.reason_code], v=text,
        )  # fmt: skip
        return ImportedRupture(day=found.day, reason_code=found.reason_code)

    def _months(self) -> int | None:
        digits = "".join(mark for mark in self._cell("duration") if mark.isdigit())
        return int(digits) if digits and len(digits) <= 2 else None  # noqa: PLR2004  no contract lasts 100 months

    def _hours(self) -> float | None:
        text = self._cell("weekly_hours")
        hours = weekly_hours(text) if text else None
        if text and hours is None:
            self._remark(
                "weekly_hours", "A15", N_("Line {n}, “{col}”: hours “{v}” cannot be read, left empty."), v=text
            )
        return hours

    def _day(self, target: str, *, birth: bool = False, not_before: date | None = None) -> date | None:
        text = self._cell(target)
        if is_no_day(text):
            return None
        found = written_day(text, self.today, birth=birth, not_before=not_before)
        if found is None:
            raise _Rejected(
                self.mapping.heading(target), "E02",
                N_("Line {n}, “{col}”: day “{v}” cannot be read (expected dd/mm/yyyy)."), v=text,
            )  # fmt: skip
        if found.imprecise:
            self._remark(target, "A01", N_("Line {n}: imprecise day “{v}”, recorded as the 1st of the month."), v=text)
        return found.day

    def _cell(self, target: str) -> str:
        return self.mapping.cell(self.row, target)

    def _remark(self, target: str, code: str, pattern: str, **values: object) -> None:
        column = self.mapping.heading(target)
        values |= {"n": str(self.row.line), "col": column}
        self.into.remarks.append(Remark(self.row.line, column, code, pattern, values))
