"""Errors of the engine, told as what a person can do about them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from cef_desk.errors import Missing, Trouble
from cef_desk.i18n import N_

DAMAGED = N_("The file is damaged or incomplete. Do not delete it: open your last backup.")
DISK_FULL = N_("The disk is full: nothing was saved. Free some space and try again.")
DISK_SILENT = N_(
    "The disk does not answer: it is not certain that this was saved. Check it, then close the file and open it again: "
    "it is checked whole, and what was not saved is offered again."
)
UNWRITABLE = N_("{name} cannot be written here: check the folder and your rights.")
NOT_OURS = N_("This file is not a CEF Desk file.")

BUSY = N_("The file is busy: another program is writing to it. Try again in a moment.")
_READ_ONLY = N_("The file is read-only: copy it, with its key file, to a folder of yours and open the copy.")
_CLOSED = N_("The file cannot be opened: check the folder and your rights.")

_OF_THE_PLACE = frozenset({BUSY, DISK_FULL, DISK_SILENT, _READ_ONLY, _CLOSED})

_SENTENCES = (
    ("locked", BUSY),
    ("full", DISK_FULL),
    ("readonly", _READ_ONLY),
    ("unable to open", _CLOSED),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("disk I/O", DISK_SILENT),
)


class OfThePlace(Trouble):
    """Something is wrong with where a file is, which says nothing of what is in it."""


def sentence_for(error: BaseException) -> str | None:
    """The message id for an engine error that is the environment's, none for a bug of ours."""
    text = str(getattr(error, "orig", error))
    return next((sentence for sign, sentence in _SENTENCES if sign in text), None)


@contextmanager
def as_trouble(otherwise: str | None = None) -> Iterator[None]:
    """Turns engine errors into `Trouble` and a row changed meanwhile into `Missing`.

    `otherwise` is told of an engine error that has no sentence: while a file is read for the first time it is the file.
    """
    try:
        yield
    except StaleDataError as error:
        raise Missing(N_("Somebody changed or removed this record meanwhile: nothing was saved.")) from error
    except (DatabaseError, dbapi2.DatabaseError) as error:
        sentence = sentence_for(error) or otherwise
        if sentence is None:
            raise
        raise (OfThePlace if sentence in _OF_THE_PLACE else Trouble)(sentence) from error
