"""Commands on the file itself: begin, show what it is, take in, take back, give out."""

import csv
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from cef_desk.arguments import Arguments
from cef_desk.cli.opened import DONE, REFUSED, opened, print_json
from cef_desk.errors import Usage
from cef_desk.i18n import N_, _, field_day, filled, number
from cef_desk.progress import UNWATCHED
from cef_desk.rules.kinds import AccessAction


def new(arguments: Arguments) -> int:
    """An empty encrypted file."""
    from cef_desk.actions.unit import UnitDraft
    from cef_desk.exchange.new_file import new_file
    from cef_desk.paths import key_file
    from cef_desk.rules.passwords import ADVICE, Strength, strength
    from cef_desk.store.database import refuse_taken
    from cef_desk.store.key import new_recovery_key

    options, recovery = arguments.options, new_recovery_key()
    refuse_taken(options.file)
    draft = UnitDraft(name=options.unit, counsellor_code=options.counsellor, opened_on=options.opening)
    password = arguments.new_password()
    new_file(options.file, password, draft, recovery).close()
    if strength(password) is not Strength.STRONG:
        print(_(ADVICE[strength(password)]), file=sys.stderr)
    print(_("{name} is ready, encrypted; keep its key file {key} beside it.").format(
        name=options.file, key=key_file(options.file).name
    ))  # fmt: skip
    print(_("Recovery key, shown once; print it and lock it away: it opens the file without the password."))
    print(f"    {recovery}")
    return DONE


def demo(arguments: Arguments) -> int:
    """A demonstration file."""
    from cef_desk.exchange.demo import write_demo, write_load

    path, people = arguments.options.file, arguments.options.size
    (write_load(path, people) if people else write_demo(path)).close()
    print(_("{name} is ready: fictitious data, not encrypted.").format(name=arguments.options.file))
    return DONE


def info(arguments: Arguments) -> int:
    """What the file is and holds."""
    from cef_desk.exchange.safekeeping import backups_of
    from cef_desk.queries.tables import schema_version, table_counts
    from cef_desk.store.database import is_encrypted

    with opened(arguments) as desk:
        tables, schema = desk.see(table_counts), desk.see(schema_version)
    encrypted = is_encrypted(desk.path)
    last = next((row.at for row in backups_of(desk.path)), None)
    if arguments.options.json:
        print_json({"engine": "sqlcipher", "schema": schema, "encrypted": encrypted, "tables": tables,
                    "last_backup": last.isoformat() if last is not None else None})  # fmt: skip
        return DONE
    protection = _("encrypted") if encrypted else _("not encrypted")
    print(_("{name}: {protection}, {n} people").format(
        name=desk.path, protection=protection, n=number(tables["beneficiary"])
    ))  # fmt: skip
    if last is not None:
        print(_("Last backup: {when}").format(when=f"{field_day(last.date())} {last:%H:%M}"))
    return DONE


def take_in(arguments: Arguments) -> int:
    """Takes in a spreadsheet."""
    from cef_desk.exchange.import_people import read_people
    from cef_desk.exchange.imports import preview_import, run_import, summary
    from cef_desk.queries.sitting import sitting

    options = arguments.options
    if options.report is not None and options.report.absolute() == options.file.absolute():
        raise Usage(N_("The report would take the place of {name}: give it another name."), name=options.file)
    with opened(arguments, alone=True) as desk, _place_of(options.report) as place:
        today = arguments.today(desk.see(sitting).frozen_today)
        if options.dry_run:
            report, _none = preview_import(desk, UNWATCHED, options.file, today)
        else:
            report, _changes = run_import(desk, UNWATCHED, read_people(options.file, today), today)
        remarks = report.remarks()
        if place is not None:
            _write_report(place, [(r.line, r.column, r.code, filled(r.pattern, r.values)) for r in remarks])
    if options.json:
        print_json(report.as_json())
    else:
        for item in remarks:
            print(f"{item.code}  {filled(item.pattern, item.values)}")
        print(_("Into {name}:").format(name=desk.path))
        for sentence in summary(report):
            print(sentence)
    for item in report.read.rejected:
        print(filled(item.pattern, item.values), file=sys.stderr)
    return REFUSED if report.nothing_left else DONE


def _place_of(report: Path | None) -> AbstractContextManager[Path | None]:
    """Where the report is written: known to be free before anything is taken in."""
    from cef_desk.exchange.whole_files import written_whole

    return nullcontext() if report is None else written_whole(report)


def _write_report(place: Path, rows: list[tuple[int, str, str, str]]) -> None:
    from cef_desk.exchange.table_out import cell_text

    with place.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow([_("line"), _("column"), _("code"), _("message")])
        out.writerows([cell_text(value) for value in row] for row in rows)


def undo_import(arguments: Arguments) -> int:
    """Takes one import back whole."""
    from cef_desk.exchange.imports import take_back_import

    with opened(arguments, alone=True) as desk:
        removed, _changes = take_back_import(desk, UNWATCHED, arguments.options.batch)
    print(_("Import number {batch} is undone: {n} rows taken back.").format(
        batch=arguments.options.batch, n=number(removed)
    ))  # fmt: skip
    return DONE


def export(arguments: Arguments) -> int:
    """Everything, one CSV per table."""
    from cef_desk.exchange.table_out import export_tables

    with opened(arguments) as desk:
        desk.note(AccessAction.EXPORTED, "tables")
        counts = export_tables(desk, arguments.options.folder, with_journal=arguments.options.with_journal)
    print(_("{tables} tables and {rows} rows are written in {name}, not encrypted.").format(
        tables=number(len(counts)), rows=number(sum(counts.values())), name=arguments.options.folder
    ))  # fmt: skip
    return DONE
