"""A new file for a unit: encrypted, with its counsellor and its lists."""

from dataclasses import replace
from pathlib import Path

from cef_desk.actions.unit import UnitDraft, begin
from cef_desk.errors import Refusal
from cef_desk.exchange.starting_lists import starting_lists
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.store.desk import Desk

BEGIN_LABEL = N_("Begin a file")


def new_file(path: Path, password: str, unit: UnitDraft) -> Desk:
    """Makes an encrypted file with its key file and leaves it open; refuses an empty password or name.

    When it is refused, nothing is left.
    """
    if not password:
        raise Refusal(N_("The password is empty."), field="password")
    desk = Desk.create(path, password)
    try:
        desk.counsellor_id, _changes = desk.do_for_good(BEGIN_LABEL, begin, replace(unit, lists=starting_lists()))
    except BaseException:
        desk.close()
        for made in (path, key_file(path)):
            made.unlink(missing_ok=True)
        raise
    return desk
