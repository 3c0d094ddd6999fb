"""The anchor: how far a file had come when this computer last wrote it, kept outside the file.

A file that comes back shorter, as without its log or taken from an older copy, or with another history, is told before
anything is written. An anchor is tied to a file by its first link and its place, and holds no name.
"""

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from cef_desk.errors import Trouble
from cef_desk.i18n import N_
from cef_desk.model.access_entry import AccessEntry
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import state_folder
from cef_desk.store import access_log
from cef_desk.store.chain import FIRST_CHAIN

_log = logging.getLogger(__name__)
_MOST = 2**62


class NotTheLast(Trouble):
    """The file is not as this computer left it; a person may decide to go on with it."""


@dataclass(frozen=True)
class Head:
    """Number and link of the last step of the journal and of the last entry of the log of looks."""

    sequence: int
    chain: str
    access: int
    access_chain: str


def head_of(connection: Connection) -> Head:
    """How far a file has come."""
    last = connection.execute(
        select(JournalStep.sequence, JournalStep.chain).order_by(JournalStep.sequence.desc()).limit(1)
    ).one_or_none()
    sequence, chain = (last.sequence, last.chain) if last else (0, FIRST_CHAIN)
    return Head(sequence, chain, *access_log.head(connection))


def keep(path: Path, connection: Connection) -> None:
    """Remembers how far a file has come. What cannot be kept is not worth a failure: the file itself is written."""
    first = first_link(connection)
    if first is None:
        return
    place = _place(path, first)
    part = place.with_suffix(".part")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(head_of(connection))), encoding="ascii")
        part.replace(place)
    except OSError:
        _log.warning("anchor not written")


def compare(path: Path, engine: Engine) -> None:
    """Refuses, as `NotTheLast`, a file that has not come as far as its anchor, or by another way."""
    with engine.connect() as connection:
        first = first_link(connection)
    kept = _kept(_place(path, first)) if first is not None else None
    if kept is None:
        return
    with engine.connect() as connection:  # begun after the anchor was read: whoever writes meanwhile is ahead of it
        now = head_of(connection)
        chain = connection.scalar(select(JournalStep.chain).where(JournalStep.sequence == kept.sequence))
        access = connection.scalar(select(AccessEntry.chain).where(AccessEntry.sequence == kept.access))
    lost = kept.sequence - now.sequence
    if lost > 0:
        raise NotTheLast(
            N_("{name} lacks the last {n} records made on this computer: its log was lost, or it is an older copy. "
               "Your last backup may hold them."),
            name=path.name, n=lost,
        )  # fmt: skip
    cut = kept.access > now.access or (access is not None and access != kept.access_chain)
    if (kept.sequence and chain != kept.chain) or cut:
        raise NotTheLast(
            N_("{name} has another history than the one this computer wrote: it is another copy, or it was altered."),
            name=path.name,
        )  # fmt: skip


def first_link(connection: Connection) -> str | None:
    """The link of the first step, by which a file is known; none before any."""
    return connection.scalar(select(JournalStep.chain).where(JournalStep.sequence == 1))


def forget(path: Path, first: str | None) -> None:
    """Takes a file as it is, when it is opened next."""
    if first is not None:
        _place(path, first).unlink(missing_ok=True)


def reached(path: Path, first: str) -> Head | None:
    """How far a file that begins with a link had come when this computer last wrote it; none when it is not known."""
    return _kept(_place(path, first))


def _place(path: Path, first: str) -> Path:
    told = hashlib.sha256(f"{first} ".encode() + os.fsencode(path.absolute())).hexdigest()
    return state_folder() / "anchors" / f"{told[:32]}.json"


def _kept(place: Path) -> Head | None:
    try:
        found = Head(**json.loads(place.read_text(encoding="ascii")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RecursionError):
        _log.warning("anchor unreadable")
        return None
    numbers = all(isinstance(each, int) and 0 <= each < _MOST for each in (found.sequence, found.access))
    links = all(isinstance(each, str) for each in (found.chain, found.access_chain))
    return found if numbers and links else None
