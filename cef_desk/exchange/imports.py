"""An import as a whole: what it would do, doing it, telling it, taking it back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cef_desk.actions.imports import import_lines, undo_import
from cef_desk.exchange.import_people import ReadLines, read_people
from cef_desk.i18n import N_, filled
from cef_desk.progress import Progress
from cef_desk.queries.import_drafts import ImportPlan, Remark
from cef_desk.queries.import_plan import plan_import
from cef_desk.store import ballast
from cef_desk.store.changes import Changes
from cef_desk.store.desk import Desk

_FEW = 20
_IMPORT, _TAKE_BACK = N_("Import a spreadsheet"), N_("Undo an import")


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    read: ReadLines
    plan: ImportPlan
    batch_id: int | None
    dry_run: bool

    @property
    def nothing_left(self) -> bool:
        """True when no line is left to import."""
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
        sentences.append(filled(N_("Columns ignored: {names}."), {"names": _first_names(read.ignored_columns)}))
    if report.batch_id is not None:
        sentences.append(filled(N_("This is import number {batch}."), {"batch": str(report.batch_id)}))
    return sentences


def _first_names(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:_FEW]) + (", …" if len(columns) > _FEW else "")


def preview_import(desk: Desk, progress: Progress, path: Path, today: date) -> tuple[ImportReport, None]:
    """What the import would do; writes nothing."""
    read = read_people(path, today, progress)
    plan = desk.see(plan_import, read.lines, today, desk.sitting_id, progress=progress)
    return ImportReport(read, plan, None, dry_run=True), None


def run_import(desk: Desk, progress: Progress, read: ReadLines, today: date) -> tuple[ImportReport, Changes]:
    """Plans and writes lines already read, in one transaction; the accepted ones go in, the refused ones are listed.

    An encrypted file is backed up first; `Refusal` when the disk has too little room for all this.
    """
    ballast.refuse_tight(desk.path)
    if desk.is_encrypted:
        desk.back_up()
    done, changes = desk.do_for_good(
        _IMPORT, import_lines, read.lines, read.path.name, today, desk.sitting_id, progress=progress
    )
    return ImportReport(read, done.plan, done.batch_id, dry_run=False), changes


def take_back_import(desk: Desk, progress: Progress, batch_id: int) -> tuple[int, Changes]:
    """Takes one import back whole and gives its number of rows."""
    progress.at(0, 0)
    return desk.do_for_good(_TAKE_BACK, undo_import, batch_id)
