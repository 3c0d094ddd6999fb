"""A new file for a unit: encrypted, with its counsellor and its lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cef_desk.actions.unit import UnitDraft, begin
from cef_desk.exchange.starting_lists import starting_lists
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.rules.passwords import check_password
from cef_desk.store.desk import Clock, Desk, utc_now

_BEGIN = N_("Begin a file")


def new_file(path: Path, password: str, unit: UnitDraft) -> Desk:
    """Makes an encrypted file with its key file and leaves it open; refuses a short password or an empty name."""
    check_password(password)
    with begun_file(path, password, unit) as desk:
        return desk


@contextmanager
def begun_file(path: Path, password: str | None, unit: UnitDraft, clock: Clock = utc_now) -> Iterator[Desk]:
    """A file begun for a unit, left open; when what follows fails, nothing is left of it."""
    desk = Desk.create(path, password, clock)
    try:
        desk.counsellor_id, _changes = desk.do_for_good(_BEGIN, begin, replace(unit, lists=starting_lists()))
        yield desk
    except BaseException:
        desk.close()
        for made in (path, key_file(path)):
            made.unlink(missing_ok=True)
        raise
