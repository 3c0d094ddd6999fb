"""The desk: the only one that opens sessions. One gesture, one session, one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.store import database, journal
from cef_desk.store.changes import Changes
from cef_desk.store.dialect import writing
from cef_desk.store.journal import Step
from cef_desk.store.trouble import as_trouble
from cef_desk.store.undo import replay_backwards

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
UNDO_DEPTH = 50


class _WritingSession(Session):
    """Speaks to the step open on it at every flush."""


journal.listen(_WritingSession)


def utc_now() -> datetime:
    """The time the journal keeps: UTC, without zone, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


class Desk:
    """One open file.

    `see` reads, `do` runs an action with its journal step, `undo` and `redo` replay this sitting's own steps.
    `counsellor_id` is who sits here; none before somebody is chosen.
    """

    def __init__(self, engine: Engine, path: Path, clock: Clock = utc_now) -> None:
        self.path = path
        self.counsellor_id: int | None = None
        self._engine = engine
        self._identity = _identity(path)
        self._clock = clock
        self._reading = sessionmaker(engine, autoflush=False)
        self._writing = sessionmaker(writing(engine), class_=_WritingSession)
        self._done: list[Changes] = []
        self._undone: list[Changes] = []

    @classmethod
    def create(cls, path: Path, password: str | None, clock: Clock = utc_now) -> "Desk":
        """A new empty file; refuses to replace one."""
        return cls(database.create(path, password), path, clock)

    @classmethod
    def open(cls, path: Path, password: database.Password, clock: Clock = utc_now) -> "Desk":
        """An existing file, checked; the password is asked only when it is encrypted."""
        return cls(database.open_file(path, password), path, clock)

    @property
    def sitting_id(self) -> int:
        """The key of who sits here; a bug when nobody does."""
        if self.counsellor_id is None:
            raise RuntimeError("nobody sits at this desk")
        return self.counsellor_id

    def close(self) -> None:
        """Lets the file go."""
        self._engine.dispose()

    def see(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs one query on one state of the file."""
        with as_trouble(), self._reading() as session:
            return query(session, *args, **kwargs)

    def do(
        self, label: str, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, Changes]:
        """Runs one action, whole or not at all, with its journal step in the same transaction; undo can take it back.

        `label` is a message id that names the gesture.
        """
        result, changes = self._run(label, None, lambda session: action(session, *args, **kwargs))
        if changes.sequence is not None:
            self._done = [*self._done, changes][-UNDO_DEPTH:]
            self._undone.clear()
        return result, changes

    def do_for_good(
        self, label: str, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, Changes]:
        """As `do`, for what undo does not offer: an import is taken back by its batch."""
        result, changes = self._run(label, None, lambda session: action(session, *args, **kwargs))
        if changes.sequence is not None:
            self._undone.clear()
        return result, changes

    @property
    def undo_label(self) -> str | None:
        """The label of what undo would take back."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """The label of what redo would bring back."""
        return self._undone[-1].label if self._undone else None

    def undo(self) -> Changes:
        """Takes back the last step of this sitting; refuses when somebody changed the same record since."""
        if not self._done:
            raise Refusal(N_("There is nothing to undo."))
        return self._replay(self._done, self._undone)

    def redo(self) -> Changes:
        """Brings back what undo took: the undo of the undo."""
        if not self._undone:
            raise Refusal(N_("There is nothing to redo."))
        return self._replay(self._undone, self._done)

    def _replay(self, source: list[Changes], target: list[Changes]) -> Changes:
        last = source[-1]
        undone = last.sequence
        assert undone is not None  # noqa: S101  only steps with a number are kept
        try:
            _none, changes = self._run(
                last.label, undone, lambda session: replay_backwards(journal.step_of(session), undone)
            )
        except IntegrityError as error:
            raise Refusal(N_("This cannot be undone: something recorded since refers to it.")) from error
        source.pop()
        target.append(changes)
        return changes

    def _run(self, label: str, undoes: int | None, work: Callable[[Session], T]) -> tuple[T, Changes]:
        if _identity(self.path) != self._identity:
            raise Trouble(
                N_("{name} was moved, removed or replaced while it was open: nothing more is written to it. "
                   "Close the program, put the file back and open it again."),
                name=self.path.name,
            )  # fmt: skip
        with as_trouble(), self._writing.begin() as session:
            step = Step(session, label, self._clock(), self.counsellor_id, undoes=undoes)
            result = work(session)
            changes = step.close()
        return result, changes


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path: another one there would take what SQLite still has in hand and be damaged."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
