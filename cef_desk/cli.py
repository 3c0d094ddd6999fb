"""The command line: the same actions, queries and messages as the window.

Exit codes: 0 done, 1 refused by a rule, 2 wrong usage, 3 trouble with the environment.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cef_desk import __version__, settings
from cef_desk.arguments import Arguments
from cef_desk.errors import Told, Trouble, Usage
from cef_desk.i18n import LANGUAGES, N_, _, filled, number, set_language, told
from cef_desk.log import start_log
from cef_desk.paths import config_folder, state_folder
from cef_desk.rules.period import Period
from cef_desk.rules.typed_dates import within_lives

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the whole window
    from cef_desk.store.desk import Desk

DONE, REFUSED, WRONG_USAGE, TROUBLE = 0, 1, 2, 3

ARGPARSE_WORDS = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"), N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"), N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"), N_("expected one argument"), N_("argument %(argument_name)s: %(message)s"),
)  # fmt: skip
"""What argparse says, for the catalogue."""


def run(argv: Sequence[str], window: Callable[[Arguments], int]) -> int:
    """Runs one command and gives its exit code; errors foreseen are one sentence on standard error."""
    settings_file = config_folder() / "settings.json"
    kept = settings.read(settings_file)
    _choose_language(argv, kept.language)
    start_log(state_folder())
    try:
        options = _parser().parse_args(argv)
        command: Callable[[Arguments], int] | None = getattr(options, "run", None)
        return (command or window)(Arguments(options, kept, settings_file))
    except Told as error:
        print(told(error), file=sys.stderr)
        return WRONG_USAGE if isinstance(error, Usage) else TROUBLE if isinstance(error, Trouble) else REFUSED


def _choose_language(argv: Sequence[str], kept: str) -> None:
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language", choices=LANGUAGES, default=kept)
    try:
        set_language(first.parse_known_args(argv)[0].language)
    except argparse.ArgumentError:
        set_language(kept)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Ends with code 2."""
        told_ = _("{program}: {message}. See --help.").format(program=self.prog, message=message)
        self.exit(WRONG_USAGE, told_ + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cef-desk", description=_("People accompanied to a job, and the companies that hire them."))
    parser.add_argument("--version", action="version", version=f"CEF Desk {__version__}", help=_("shows the version"))
    parser.add_argument("--database", metavar=_("FILE"), help=_("the file to work on"))
    parser.add_argument("--password-file", metavar=_("FILE"), help=_("a file whose first line is the password"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language of messages"))
    parser.add_argument("--today", type=_day, metavar="AAAA-MM-JJ", help=_("the day to take for today"))
    parser.add_argument("--screenshots", type=Path, metavar=_("FOLDER"), help=_("saves a picture of every screen"))
    parser.add_argument("--quit", action="store_true", help=_("closes the window when it has been shown"))
    commands = parser.add_subparsers(title=_("commands"), metavar="", parser_class=_Parser)

    new = _command(commands, "new", _new, _("an empty encrypted file, its key file beside it"))
    new.add_argument("file", type=Path, metavar=_("FILE"))
    new.add_argument("--unit", required=True, metavar=_("NAME"), help=_("the name of the unit"))
    new.add_argument("--counsellor", required=True, metavar="CODE", help=_("who this installation belongs to"))
    new.add_argument("--opening", type=_day, metavar="AAAA-MM-JJ", help=_("the day the unit opened"))

    demo = _command(commands, "demo", _demo, _("a demonstration file, fictitious and not encrypted"))
    demo.add_argument("file", type=Path, metavar=_("FILE"))

    info = _command(commands, "info", _info, _("what the file is and what it holds"))
    info.add_argument("--json", action="store_true", help=_("prints one JSON object"))

    sheet = _command(commands, "sheet", _sheet, _("the monthly sheet"))
    sheet.add_argument("--month", required=True, type=_month, metavar="AAAA-MM")
    sheet.add_argument("--output", required=True, type=Path, metavar=_("FILE.pdf"))

    take_in = _command(commands, "import", _import, _("takes in a spreadsheet"))
    take_in.add_argument("file", type=Path, metavar=_("FILE"))
    take_in.add_argument("--dry-run", action="store_true", help=_("tells what would be done and writes nothing"))
    take_in.add_argument("--report", type=Path, metavar=_("FILE.csv"), help=_("the remarks, line by line"))
    take_in.add_argument("--json", action="store_true", help=_("prints one JSON object"))

    back = _command(commands, "undo-import", _undo_import, _("takes one import back whole"))
    back.add_argument("batch", type=int, metavar=_("BATCH"))

    export = _command(commands, "export", _export, _("everything, one CSV per table, with a manifest"))
    export.add_argument("folder", type=Path, metavar=_("FOLDER"))
    export.add_argument("--with-journal", action="store_true", help=_("the journal too"))
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, action: Callable[[Arguments], int], help_text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=action)
    return parser


def _day(text: str) -> date:
    try:
        day = within_lives(date.fromisoformat(text))
    except ValueError:
        day = None
    if day is None:
        raise argparse.ArgumentTypeError(_("“{v}” is not a day, as 2006-11-30").format(v=text))
    return day


def _month(text: str) -> Period:
    year, _dash, month = text.partition("-")
    if len(year) == len("2006") and len(month) == len("11") and (year + month).isascii() and (year + month).isdigit():
        with suppress(ValueError):
            period = Period.month(int(year), int(month))
            if within_lives(period.first):
                return period
    raise argparse.ArgumentTypeError(_("“{v}” is not a month, as 2006-11").format(v=text))


@contextmanager
def _desk(arguments: Arguments) -> Iterator["Desk"]:
    from cef_desk.queries.sitting import sitting
    from cef_desk.store.desk import Desk

    path = arguments.database
    if path is None:
        raise Usage(N_("Which file? Name it with --database."))
    desk = Desk.open(path, arguments.password)
    try:
        desk.counsellor_id = desk.see(sitting).counsellor_id
        yield desk
    finally:
        desk.close()


def _new(arguments: Arguments) -> int:
    from cef_desk.actions.unit import UnitDraft
    from cef_desk.exchange.new_file import new_file
    from cef_desk.paths import key_file
    from cef_desk.store.database import refuse_taken

    options = arguments.options
    refuse_taken(options.file)
    draft = UnitDraft(name=options.unit, counsellor_code=options.counsellor, opened_on=options.opening)
    new_file(options.file, arguments.new_password(), draft).close()
    print(_("{name} is ready, encrypted; keep its key file {key} beside it.").format(
        name=options.file, key=key_file(options.file).name
    ))  # fmt: skip
    return DONE


def _demo(arguments: Arguments) -> int:
    from cef_desk.exchange.demo import write_demo

    write_demo(arguments.options.file).close()
    print(_("{name} is ready: fictitious data, not encrypted.").format(name=arguments.options.file))
    return DONE


def _info(arguments: Arguments) -> int:
    from cef_desk.queries.tables import schema_version, table_counts
    from cef_desk.store.database import is_encrypted

    with _desk(arguments) as desk:
        tables, schema = desk.see(table_counts), desk.see(schema_version)
    encrypted = is_encrypted(desk.path)
    if arguments.options.json:
        _print_json({"engine": "sqlcipher", "schema": schema, "encrypted": encrypted, "tables": tables})
        return DONE
    protection = _("encrypted") if encrypted else _("not encrypted")
    print(_("{name}: {protection}, {n} people").format(
        name=desk.path, protection=protection, n=number(tables["beneficiary"])
    ))  # fmt: skip
    return DONE


def _sheet(arguments: Arguments) -> int:
    from cef_desk.exchange.whole_files import write_bytes
    from cef_desk.queries.month import month_sheet
    from cef_desk.queries.sitting import sitting
    from cef_desk.reports.month_sheet import month_sheet_pdf

    output: Path = arguments.options.output
    if output.suffix.lower() != ".pdf":
        raise Usage(N_("The sheet is written as PDF: give a name that ends in .pdf."))
    with _desk(arguments) as desk:
        today = arguments.today(desk.see(sitting).frozen_today)
        sheet = desk.see(month_sheet, arguments.options.month, today)
    write_bytes(output, month_sheet_pdf(sheet))
    print(_("{name} is written.").format(name=output))
    return DONE


def _import(arguments: Arguments) -> int:
    from cef_desk.exchange.import_people import read_people
    from cef_desk.exchange.imports import preview_import, run_import, summary
    from cef_desk.queries.sitting import sitting

    options = arguments.options
    with _desk(arguments) as desk:
        today = arguments.today(desk.see(sitting).frozen_today)
        if options.dry_run:
            report, _none = preview_import(desk, options.file, today)
        else:
            report, _changes = run_import(desk, read_people(options.file, today), today)
    remarks = report.remarks()
    if options.report:
        _write_report(
            options.report, [(item.line, item.column, item.code, filled(item.pattern, item.values)) for item in remarks]
        )
    if options.json:
        _print_json(report.as_json())
    else:
        for item in remarks:
            print(f"{item.code}  {filled(item.pattern, item.values)}")
        print(_("Into {name}:").format(name=desk.path))
        for sentence in summary(report):
            print(sentence)
    for item in report.read.rejected:
        print(filled(item.pattern, item.values), file=sys.stderr)
    return REFUSED if report.nothing_left else DONE


def _write_report(path: Path, rows: list[tuple[int, str, str, str]]) -> None:
    from cef_desk.exchange.table_out import cell_text
    from cef_desk.exchange.whole_files import written_whole

    with written_whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow([_("line"), _("column"), _("code"), _("message")])
        out.writerows([cell_text(value) for value in row] for row in rows)


def _undo_import(arguments: Arguments) -> int:
    from cef_desk.exchange.imports import take_back_import

    with _desk(arguments) as desk:
        removed, _changes = take_back_import(desk, arguments.options.batch)
    print(_("Import number {batch} is undone: {n} rows taken back.").format(
        batch=arguments.options.batch, n=number(removed)
    ))  # fmt: skip
    return DONE


def _export(arguments: Arguments) -> int:
    from cef_desk.exchange.table_out import export_tables

    with _desk(arguments) as desk:
        counts = export_tables(desk, arguments.options.folder, with_journal=arguments.options.with_journal)
    print(_("{tables} tables and {rows} rows are written in {name}, not encrypted.").format(
        tables=number(len(counts)), rows=number(sum(counts.values())), name=arguments.options.folder
    ))  # fmt: skip
    return DONE


def _print_json(found: object) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))
