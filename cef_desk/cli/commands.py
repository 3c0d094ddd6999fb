"""The commands of the command line and what each is given."""

import argparse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from cef_desk import __version__
from cef_desk.arguments import Arguments
from cef_desk.cli import figures, files, keeping
from cef_desk.cli.opened import WRONG_USAGE, day
from cef_desk.i18n import _
from cef_desk.rules.period import Period
from cef_desk.rules.typed_dates import within_lives

_SIZES = {"unit": 0, "departement": 100_000}
_MOST_PEOPLE = 1_000_000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Ends with code 2."""
        told_ = _("{program}: {message}. See --help.").format(program=self.prog, message=message)
        self.exit(WRONG_USAGE, told_ + "\n")


def whole_parser(general: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What is understood with a command, or asked for help."""
    parser = _Parser(
        prog="cef-desk",
        description=_("People accompanied to a job, and the companies that hire them."),
        parents=[general],
    )
    parser.add_argument("--version", action="version", version=f"CEF Desk {__version__}", help=_("shows the version"))
    commands = parser.add_subparsers(title=_("commands"), metavar="", parser_class=_Parser)

    new = _command(commands, "new", files.new, _("an empty encrypted file, its key file beside it"))
    new.add_argument("file", type=Path, metavar=_("FILE"))
    new.add_argument("--unit", required=True, metavar=_("NAME"), help=_("the name of the unit"))
    new.add_argument("--counsellor", required=True, metavar="CODE", help=_("who this installation belongs to"))
    new.add_argument("--opening", type=day, metavar="AAAA-MM-JJ", help=_("the day the unit opened"))

    demo = _command(commands, "demo", files.demo, _("a demonstration file, fictitious and not encrypted"))
    demo.add_argument("file", type=Path, metavar=_("FILE"))
    demo.add_argument(
        "--size", type=_size, default=0, metavar="unit|departement|N", help=_("the unit, a département, or N people")
    )

    info = _command(commands, "info", files.info, _("what the file is and what it holds"))
    info.add_argument("--json", action="store_true", help=_("prints one JSON object"))

    sheet = _command(commands, "sheet", figures.sheet, _("the monthly sheet"))
    sheet.add_argument("--month", required=True, type=_month, metavar="AAAA-MM")
    sheet.add_argument("--counsellor", metavar="CODE", help=_("what is one counsellor's"))
    sheet.add_argument("--output", required=True, type=Path, metavar=_("FILE.pdf"), help=_(".pdf, .xlsx or .json"))

    count = _command(commands, "figures", figures.figures, _("every figure of a period"))
    _add_period(count)
    count.add_argument("--by", metavar=_("DIMENSION"), help=_("slice by slice: month, counsellor, sex, age, kind…"))
    count.add_argument("--json", action="store_true", help=_("prints one JSON object"))

    rows = _command(commands, "cases", figures.cases, _("the rows behind a figure"))
    rows.add_argument("code", metavar="CODE", help=_("the figure, as R1"))
    _add_period(rows)
    rows.add_argument("--part", choices=["numerator", "denominator"], default="numerator")
    rows.add_argument("--by", metavar=_("DIMENSION"))
    rows.add_argument("--slice", metavar="CODE", help=_("the value wanted; null: not known"))
    rows.add_argument("--output", required=True, type=Path, metavar=_("FILE.csv"))

    take_in = _command(commands, "import", files.take_in, _("takes in a spreadsheet"))
    take_in.add_argument("file", type=Path, metavar=_("FILE"))
    take_in.add_argument("--dry-run", action="store_true", help=_("tells what would be done and writes nothing"))
    take_in.add_argument("--report", type=Path, metavar=_("FILE.csv"), help=_("the remarks, line by line"))
    take_in.add_argument("--json", action="store_true", help=_("prints one JSON object"))

    back = _command(commands, "undo-import", files.undo_import, _("takes one import back whole"))
    back.add_argument("batch", type=_batch, metavar=_("BATCH"))

    _command(commands, "check", keeping.check, _("checks the file whole: pages, seals, history, references, search"))

    backup = _command(commands, "backup", keeping.back_up, _("a verified copy, beside the file or in a folder"))
    backup.add_argument("folder", type=Path, nargs="?", metavar=_("FOLDER"))

    restore = _command(
        commands, "restore", keeping.restore, _("puts a backup in the place of the file, which is kept aside")
    )
    restore.add_argument("file", type=Path, metavar=_("FILE"))

    export = _command(commands, "export", files.export, _("everything, one CSV per table, with a manifest"))
    export.add_argument("folder", type=Path, metavar=_("FOLDER"))
    export.add_argument("--with-journal", action="store_true", help=_("the journal too"))
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, action: Callable[[Arguments], int], help_text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=action)
    return parser


def _add_period(command: argparse.ArgumentParser) -> None:
    shape = "AAAA-MM-JJ"
    command.add_argument("--from", dest="first", required=True, type=day, metavar=shape, help=_("first day"))
    command.add_argument("--to", dest="last", required=True, type=day, metavar=shape, help=_("last day"))
    command.add_argument("--at", type=day, metavar=shape, help=_("report date: the last day unless said otherwise"))
    command.add_argument("--counsellor", metavar="CODE", help=_("what is one counsellor's"))


def _size(text: str) -> int:
    """How many people, 0 for the unit."""
    if text in _SIZES:
        return _SIZES[text]
    if text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_PEOPLE:
        return int(text)
    raise argparse.ArgumentTypeError(_("“{v}” is no size: unit, departement or a number of people").format(v=text))


def _batch(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:10]) == int(text):
        return int(text)
    raise argparse.ArgumentTypeError(_("“{v}” is not the number of an import").format(v=text))


def _month(text: str) -> Period:
    year, _dash, month = text.partition("-")
    if len(year) == len("2006") and len(month) == len("11") and (year + month).isascii() and (year + month).isdigit():
        with suppress(ValueError):
            period = Period.month(int(year), int(month))
            if within_lives(period.first):
                return period
    raise argparse.ArgumentTypeError(_("“{v}” is not a month, as 2006-11").format(v=text))
