"""Rows of a spreadsheet -> lines ready to be planned, with what was refused or left aside, by line and column."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cef_desk.actions.imports import import_lines
from cef_desk.exchange.mapping import Mapping, map_columns
from cef_desk.exchange.read_sheet import RawRow, read_sheet
from cef_desk.exchange.starting_lists import rupture_reasons
from cef_desk.i18n import N_, filled
from cef_desk.queries.import_drafts import (
    ImportedContract,
    ImportedLine,
    ImportedRupture,
    ImportPlan,
    Remark,
)
from cef_desk.queries.import_plan import plan_import
from cef_desk.rules.folding import fold
from cef_desk.rules.period import last_day_of_term
from cef_desk.rules.typed_dates import EMPTY_DAYS, WrittenDay, written_day
from cef_desk.rules.written_values import contract_kind, postcode_and_city, rupture_in, split_name, weekly_hours
from cef_desk.store.changes import Changes
from cef_desk.store.desk import Desk

IMPORT_LABEL = N_("Import a spreadsheet")
_TOTALS = ("total", "sous total", "moyenne")
_OPEN_ENDED = frozenset({"CDI", "CIRMA_CDI", "CIE_CDI", "CDI_INT"})


@dataclass
class ReadLines:
    """What a spreadsheet holds once read: lines to import, lines refused, remarks, and what was skipped."""

    file_name: str
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


def read_people(path: Path, today: date) -> ReadLines:
    """Reads and maps a spreadsheet; refuses a file without a line of headings."""
    sheet = read_sheet(path)
    mapping = map_columns(sheet)
    read = ReadLines(sheet.file_name, sheet.encoding, sheet.separator, mapping.header.line, mapping.ignored)
    seen: set[tuple[str, ...]] = {_folded(mapping.header)}
    for row in sheet.rows:
        if row.line <= mapping.header.line:
            continue
        if row.blank:
            read.blank += 1
        elif fold(next(cell for cell in row.cells if cell)).startswith(_TOTALS):
            read.total += 1
        elif _folded(row) in seen:
            read.duplicate += 1
        else:
            seen.add(_folded(row))
            _Line(row, mapping, today, read).read()
    return read


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
        name = split_name(self._cell("full_name")) if "full_name" in self.mapping.columns else None
        last, first = (name.last, name.first) if name else (self._cell("last_name"), self._cell("first_name"))
        if not last or not first:
            column = self.mapping.heading("full_name") or self.mapping.heading("last_name")
            raise _Rejected(column, "E01", N_("Line {n}: last or first name missing."))
        postcode, city = postcode_and_city(self._cell("postcode_city"))
        entered_on = self._day("entry_date")
        return ImportedLine(
            line=self.row.line,
            last_name=last,
            first_name=first,
            birth_date=self._day("birth_date", birth=True),
            postcode=postcode or self._cell("postcode"),
            city=city or self._cell("city"),
            phone=self._cell("phone"),
            counsellor=self._cell("counsellor"),
            entered_on=entered_on,
            contract=self._contract() if self._cell("company") or self._cell("contract_kind") else None,
        )

    def _contract(self) -> ImportedContract:
        if not self._cell("company"):
            raise _Rejected(self.mapping.heading("company"), "E08", N_("Line {n}: a contract without employer."))
        written = contract_kind(self._cell("contract_kind"), self._months())
        if written is None:
            raise _Rejected(
                self.mapping.heading("contract_kind"), "E05",
                N_("Line {n}: contract kind “{v}” is not known. Match it with a kind of the list."),
                v=self._cell("contract_kind"),
            )  # fmt: skip
        starts_on = self._day("starts_on")
        if starts_on is None:
            raise _Rejected(
                self.mapping.heading("starts_on"), "E09", N_("Line {n}, “{col}”: the start of the contract is missing.")
            )
        end = self._day("planned_end_on")
        if end is None and written.months and written.kind_code not in _OPEN_ENDED:
            end = last_day_of_term(starts_on, written.months)
        if end is not None and end < starts_on:
            raise _Rejected(
                self.mapping.heading("planned_end_on"), "E03",
                N_("Line {n}: the end ({f}) comes before the start ({d})."), f=end, d=starts_on,
            )  # fmt: skip
        rupture = self._rupture(starts_on, end)
        if end is not None and written.kind_code in _OPEN_ENDED:
            self._remark("planned_end_on", "A08", N_("Line {n}: CDI with an end: taken as a rupture on {d}?"), d=end)
            rupture = rupture or ImportedRupture(day=end, reason_code="INCONNU")
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

    def _rupture(self, starts_on: date, end: date | None) -> ImportedRupture | None:
        text = self._cell("rupture")
        if not text:
            return None
        found = rupture_in(text, self.today)
        if found is None:
            self._remark("rupture", "A13", N_("Line {n}, “{col}”: “{v}” holds no day, no rupture recorded."), v=text)
            return None
        if found.day < starts_on or (end is not None and found.day > end):
            raise _Rejected(
                self.mapping.heading("rupture"), "E10",
                N_("Line {n}, “{col}”: the rupture on {d} is outside the days of the contract."), d=found.day,
            )  # fmt: skip
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

    def _day(self, target: str, *, birth: bool = False) -> date | None:
        text = self._cell(target)
        if text.casefold() in EMPTY_DAYS:
            return None
        found: WrittenDay | None = written_day(text, self.today, birth=birth)
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


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    read: ReadLines
    plan: ImportPlan
    batch_id: int | None
    dry_run: bool

    @property
    def nothing_left(self) -> bool:
        """True when lines were refused and none is left to import."""
        return not self.read.lines

    def remarks(self) -> list[Remark]:
        """The refusals first, then the remarks, by line."""
        return self.read.rejected + sorted(self.read.remarks + self.plan.remarks, key=lambda item: item.line)

    def as_json(self) -> dict[str, object]:
        """The object of `import --json`, design/command-line.md."""
        return {
            "batch": self.batch_id,
            "dry_run": self.dry_run,
            "created": self.plan.created,
            "updated": len(self.plan.completions),
            "unchanged": self.plan.unchanged,
            "skipped": {"blank": self.read.blank, "total": self.read.total, "duplicate": self.read.duplicate},
            "rejected": [_told(item) for item in self.read.rejected],
            "warnings": [_told(item) for item in self.remarks() if item not in self.read.rejected],
        }


def _told(remark: Remark) -> dict[str, object]:
    message = filled(remark.pattern, remark.values)
    return {"line": remark.line, "column": remark.column, "code": remark.code, "message": message}


def summary(report: ImportReport) -> list[str]:
    """What was done in a few sentences, in the user's language."""
    read, made = report.read, report.plan.created
    pattern = (
        N_("Would be created: {people} people, {companies} companies, {contracts} contracts, {ruptures} ruptures; "
           "completed: {updated}; unchanged lines: {unchanged}; rejected lines: {rejected}.")
        if report.dry_run else
        N_("Created: {people} people, {companies} companies, {contracts} contracts, {ruptures} ruptures; "
           "completed: {updated}; unchanged lines: {unchanged}; rejected lines: {rejected}.")
    )  # fmt: skip
    sentences = [
        filled(pattern, {
            "people": made["beneficiary"], "companies": made["company"], "contracts": made["contract"],
            "ruptures": made["rupture"], "updated": len(report.plan.completions), "unchanged": report.plan.unchanged,
            "rejected": len(read.rejected),
        })
    ]  # fmt: skip
    if read.blank or read.total:
        sentences.append(filled(N_("Lines left aside: {blank} blank, {total} of totals."),
                                {"blank": read.blank, "total": read.total}))  # fmt: skip
    if read.duplicate:
        sentences.append(filled(N_("Exact duplicates left aside: {n}."), {"n": read.duplicate}))
    if read.ignored_columns:
        sentences.append(filled(N_("Columns ignored: {names}."), {"names": ", ".join(read.ignored_columns)}))
    if report.batch_id is not None:
        sentences.append(filled(N_("This is import number {batch}."), {"batch": str(report.batch_id)}))
    return sentences


def preview_import(desk: Desk, path: Path, today: date) -> tuple[ImportReport, None]:
    """What the import would do; writes nothing."""
    read = read_people(path, today)
    return ImportReport(read, desk.see(plan_import, read.lines, today), None, dry_run=True), None


def run_import(desk: Desk, path: Path, today: date) -> tuple[ImportReport, Changes]:
    """Reads, plans and writes in one transaction; the accepted lines go in, the refused ones are listed."""
    read = read_people(path, today)
    done, changes = desk.do_for_good(IMPORT_LABEL, import_lines, read.lines, read.file_name, today)
    return ImportReport(read, done.plan, done.batch_id, dry_run=False), changes
