"""What every command stands on: its exit codes, the open file, one JSON object."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cef_desk.arguments import Arguments
from cef_desk.errors import Usage
from cef_desk.i18n import N_

if TYPE_CHECKING:  # the store loads SQLAlchemy, which costs more than the whole window
    from cef_desk.store.desk import Desk

DONE, REFUSED, WRONG_USAGE, TROUBLE, INTERRUPTED = 0, 1, 2, 3, 130


@contextmanager
def opened(arguments: Arguments) -> Iterator["Desk"]:
    """The file asked for, open, closed at the end."""
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


def print_json(found: object) -> None:
    """Prints one JSON object and nothing else."""
    print(json.dumps(found, ensure_ascii=False, indent=1))
