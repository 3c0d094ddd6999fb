"""What every command stands on: its exit codes, a day typed, the open file, one JSON object."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cef_desk.arguments import Arguments
from cef_desk.errors import Trouble, Usage
from cef_desk.i18n import N_, _, moment, told

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the whole window
    from cef_desk.store.desk import Desk

DONE, REFUSED, WRONG_USAGE, TROUBLE, INTERRUPTED = 0, 1, 2, 3, 130


def day(text: str) -> date:
    """A day of the command line, as argparse asks for it."""
    from cef_desk.rules.typed_dates import within_lives

    try:
        found = within_lives(date.fromisoformat(text))
    except ValueError:
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(_("“{v}” is not a day, as 2006-11-30").format(v=text))
    return found


@contextmanager
def opened(arguments: Arguments, *, alone: bool = False) -> Iterator["Desk"]:
    """The file asked for, open, closed at the end; `alone` for what writes, else beside whoever holds it."""
    from cef_desk.queries.sitting import sitting
    from cef_desk.store.desk import Desk

    path = arguments.database
    if path is None:
        raise Usage(N_("Which file? Name it with --database."))
    try:
        desk = Desk.open(path, arguments.password, alone=alone)
    except Trouble as error:
        _tell_backups(path.resolve(), error, arguments.settings.second_place)
        raise
    try:
        desk.counsellor_id = desk.see(sitting).counsellor_id
        for remark in desk.remarks():
            print(told(remark), file=sys.stderr)
        yield desk
    finally:
        desk.close()


def _tell_backups(path: Path, error: Trouble, second: Path | None) -> None:
    """What could take the place of a file at fault, before the fault itself is told."""
    from cef_desk.exchange.safekeeping import backups_of
    from cef_desk.store.trouble import OfThePlace

    rows = [] if error.field == "password" or isinstance(error, OfThePlace) else backups_of(path, second)
    for row in rows:
        print(_("Backup of {when}: restore {path}").format(when=moment(row.at), path=row.path), file=sys.stderr)


def print_json(found: object) -> None:
    """Prints one JSON object and nothing else."""
    print(json.dumps(found, ensure_ascii=False, indent=1))
