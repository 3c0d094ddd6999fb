"""A new file for a unit: encrypted, with its counsellor and its lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cef_desk.actions.unit import UnitDraft, begin
from cef_desk.errors import Refusal
from cef_desk.exchange.starting_lists import starting_lists
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.queries.sitting import sitting
from cef_desk.rules.passwords import refuse_no_password
from cef_desk.store.database import files_of, refuse_taken
from cef_desk.store.desk import Clock, Desk, utc_now

_BEGIN = N_("Begin a file")
_LONGEST_NAME = 180
"""In bytes."""


def new_file(path: Path, password: str, unit: UnitDraft, recovery: str | None = None) -> Desk:
    """Makes an encrypted file with its key file and leaves it open; refuses no password and empty names.

    `recovery` is the recovery key that opens it as the password does.
    """
    refuse_no_password(password)
    with begun_file(path, password, unit, recovery=recovery):
        pass
    return reopened(path, password)


def reopened(path: Path, password: str = "") -> Desk:
    """A file just begun, with its first counsellor at the desk."""
    desk = Desk.open(path, lambda: password)
    desk.counsellor_id = desk.see(sitting).counsellor_id
    return desk


@contextmanager
def begun_file(
    path: Path, password: str | None, unit: UnitDraft, clock: Clock = utc_now, recovery: str | None = None
) -> Iterator[Desk]:
    """A file begun for a unit, written beside its place: a file that bears its name is whole, even after a kill."""
    path = path.resolve()
    _refuse_long(path)
    _forget_half_named(path)
    refuse_taken(path)
    part = path.with_name(path.name + ".begun")
    _remove(part)
    desk = Desk.create(part, password, clock, recovery)
    try:
        desk.counsellor_id, _changes = desk.do_for_good(_BEGIN, begin, replace(unit, lists=starting_lists()))
        yield desk
        desk.close()
        refuse_taken(path)
        if password is not None:
            key_file(part).rename(key_file(path))
        part.rename(path)
    except BaseException:
        desk.close()
        _remove(part)
        raise


def _refuse_long(path: Path) -> None:
    """A name needs room beside it for those of the backups."""
    if len(path.name.encode()) > _LONGEST_NAME:
        raise Refusal(N_("This name is too long: choose a shorter one."))


def _forget_half_named(path: Path) -> None:
    """A kill between the two names of a new file leaves its key under the last name: nobody was told it is ready."""
    part = path.with_name(path.name + ".begun")
    if part.exists() and not key_file(part).exists() and key_file(path).exists() and not path.exists():
        key_file(path).unlink()


def _remove(part: Path) -> None:
    for made in files_of(part):
        made.unlink(missing_ok=True)
