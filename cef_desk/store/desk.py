"""The desk: the only one that opens sessions. One gesture, one session, one transaction."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from cef_desk.errors import Refusal, Told, Trouble
from cef_desk.i18n import N_
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.rules.kinds import AccessAction
from cef_desk.store import access_log, anchor, backup, ballast, checks, database, journal, key
from cef_desk.store.anchor import Head
from cef_desk.store.backup import Backup
from cef_desk.store.changes import Changes
from cef_desk.store.database import OpenFile
from cef_desk.store.dialect import writing
from cef_desk.store.journal import Step
from cef_desk.store.shared_folders import refuse_shared
from cef_desk.store.trouble import DISK_FULL, DISK_SILENT, as_trouble
from cef_desk.store.undo import replay_backwards

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
UNDO_DEPTH = 50
_log = logging.getLogger(__name__)
_CLOCK_SLACK = timedelta(hours=1)


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

    def __init__(self, file: OpenFile, clock: Clock = utc_now) -> None:
        self.path = file.path
        self.counsellor_id: int | None = None
        self._file = file
        self._engine = engine = file.engine
        self._identity = _identity(file.path)
        self._clock = clock
        self._silent_disk = False
        self._reading = sessionmaker(engine, autoflush=False)
        self._writing = sessionmaker(writing(engine), class_=_WritingSession)
        self._done: list[Changes] = []
        self._undone: list[Changes] = []

    @classmethod
    def create(cls, path: Path, password: str | None, clock: Clock = utc_now, recovery: str | None = None) -> "Desk":
        """A new empty file; refuses to replace one."""
        return cls(database.create(path.resolve(), password, recovery), clock)

    @staticmethod
    def _opened(path: Path, password: database.Password, *, alone: bool, accept: bool) -> OpenFile:
        """On a disk so full that the engine has no room for its log, the ballast is given back first."""
        try:
            return database.open_file(path, password, alone=alone, accept=accept)
        except Trouble as error:
            if error.pattern not in {DISK_FULL, DISK_SILENT} or not (alone and ballast.release(path)):
                raise
            return database.open_file(path, password, alone=alone, accept=accept)

    @classmethod
    def open(
        cls,
        path: Path,
        password: database.Password,
        clock: Clock = utc_now,
        *,
        alone: bool = True,
        accept: bool = False,
    ) -> "Desk":
        """An existing file, checked, as `open_file` says; what is forgotten with time is forgotten now."""
        path = path.resolve()
        if not path.name:
            raise Refusal(N_("Which file? Name it with --database."))
        if alone and backup.as_backup(path) is not None:
            raise Refusal(N_("{name} is a backup: it is restored, not written."), name=path.name)
        desk = cls(cls._opened(path, password, alone=alone, accept=accept), clock)
        try:
            if alone:
                desk._begin_sitting()
        except BaseException:
            desk.close()
            raise
        return desk

    @property
    def sitting_id(self) -> int:
        """The key of who sits here; a bug when nobody does."""
        if self.counsellor_id is None:
            raise RuntimeError("nobody sits at this desk")
        return self.counsellor_id

    @property
    def is_encrypted(self) -> bool:
        """True for a file with a password."""
        return self._file.raw is not None

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()

    def remarks(self) -> list[Told]:
        """What its user should know on opening it."""
        found: list[Told] = []
        if self._file.log_aside is not None:
            found.append(Trouble(
                N_("Beside {name} was a log of another time or of another file: it was put in {folder}, and what the "
                   "file holds is as it was without it."),
                name=self.path.name, folder=self._file.log_aside.name,
            ))  # fmt: skip
        with as_trouble(), self._engine.connect() as connection:
            last = connection.scalar(select(JournalStep.at).order_by(JournalStep.sequence.desc()).limit(1))
        if last is not None and last > self._clock() + _CLOCK_SLACK:
            found.append(Trouble(
                N_("The clock of this computer has gone back: the last record is of {last}. Check its date."), last=last
            ))  # fmt: skip
        if _names_of(self.path) > 1:
            found.append(Trouble(
                N_("{name} has a second name on this disk: if it is opened by the other one at the same time, both are "
                   "damaged. Remove the other name."),
                name=self.path.name,
            ))  # fmt: skip
        if ballast.is_low(self.path):
            found.append(Trouble(N_("There is little room left on this disk: make some, so that nothing is refused.")))
        return found

    def back_up(self, folder: Path | None = None, second: Path | None = None) -> Backup | None:
        """Writes a verified backup, beside the file unless a folder is named, and in a second place; none without news.

        News are records: looks alone make no backup.
        `Trouble` when one of them cannot be written; the first is kept when the second fails.
        """
        place, now = folder or backup.folder_of(self.path), self._clock()
        with as_trouble(), self._engine.connect() as connection:
            reached = anchor.head_of(connection)
            backup.mark(backup.folder_of(self.path), self.path, connection)
        made = self._backup_in(place, reached.chain)
        fresh = made is None
        if made is None:
            made = backup.make(self._file, place, now)
        if second is not None and self._backup_in(second, reached.chain) is None:
            backup.copy_to(made, self._file, second, now)
            fresh = True
        return made if fresh else None

    def oldest_without_copy(self, elsewhere: Path | None) -> datetime | None:
        """When (UTC) the oldest record was made that no backup in another place holds; none when one holds all.

        A folder on the same disk is no other place: the two would be lost together.
        """
        reached, here, there = 0, _identity(self.path), _identity(elsewhere) if elsewhere is not None else None
        if elsewhere is not None and here is not None and there is not None and here[0] != there[0]:
            with as_trouble(), self._engine.connect() as connection:
                reached = max((each.sequence for each in backup.line_of(elsewhere, self.path, connection)), default=0)
        following = select(JournalStep.at).where(JournalStep.sequence > reached).order_by(JournalStep.sequence).limit(1)
        with as_trouble(), self._engine.connect() as connection:
            return connection.scalar(following)

    def reached(self) -> Head:
        """How far the file has come."""
        with as_trouble(), self._engine.connect() as connection:
            return anchor.head_of(connection)

    def _backup_in(self, folder: Path, chain: str) -> Backup | None:
        """A backup in a folder that holds everything up to a link and opens with the key file of now."""
        found = (each for each in backup.backups_in(folder, self.path) if each.chain == chain)
        return next((each for each in found if backup.holds_all(each, self.path)), None)

    def refuse_wrong(self, secret: str) -> None:
        """Refuses what is neither the password nor the recovery key."""
        key.raw_key(key_file(self.path), secret)

    def change_password(self, secret: str, password: str, second: Path | None = None) -> int:
        """Another password for the file, which is not written anew, and its backups; `secret` is the one before.

        Gives how many copies of the key could not follow.
        """
        stayed = key.change_password(key_file(self.path), secret, password, backup.places_of_keys(self.path, second))
        self._note_keys()
        return stayed

    def renew_recovery_key(self, secret: str, recovery: str, second: Path | None = None) -> int:
        """Another recovery key for the file and its backups, as `change_password`; `secret` is the password."""
        places = backup.places_of_keys(self.path, second)
        stayed = key.renew_recovery_key(key_file(self.path), secret, recovery, places)
        self._note_keys()
        return stayed

    def _note_keys(self) -> None:
        """The keys are changed by now: that it cannot be noted must not hide it."""
        try:
            self.note(AccessAction.KEYS_CHANGED)
        except Trouble:
            _log.warning("a change of keys could not be noted")

    def check(self) -> list[tuple[str, bool]]:
        """Checks everything that can be checked: each point's message id, and whether it holds."""
        with as_trouble(), self._engine.connect() as connection:
            return checks.points(connection, encrypted=self.is_encrypted)

    def note(self, action: AccessAction, reference: str = "") -> None:
        """Tells the log of looks what was looked at; `reference` is a table and a key, never a name.

        A demonstration has none: nobody lives there. A backup stays as it is.
        """
        if not self.is_encrypted or backup.as_backup(self.path) is not None:
            return
        if self._file.holding is None:
            refuse_shared(self.path)
        with self._written(), writing(self._engine).begin() as connection:
            access_log.note(connection, self._clock(), self.counsellor_id, action, reference)
        self._keep_anchor()

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
        with self._written(), self._writing.begin() as session:
            step = Step(session, label, self._clock(), self.counsellor_id, undoes=undoes)
            result = work(session)
            changes = step.close()
        if changes.sequence is not None:
            self._keep_anchor()
        return result, changes

    def _refuse_moved(self) -> None:
        if self._silent_disk:
            raise Trouble(DISK_SILENT)
        if _identity(self.path) != self._identity:
            raise Trouble(
                N_("{name} was moved, removed or replaced while it was open: nothing more is written to it. "
                   "Close the program, put the file back and open it again."),
                name=self.path.name,
            )  # fmt: skip

    def _begin_sitting(self) -> None:
        if self.is_encrypted:
            ballast.keep(self.path)
        with as_trouble(), self._engine.connect() as connection:
            over = access_log.last_forgotten(connection, self._clock().date())
            backup.mark(backup.folder_of(self.path), self.path, connection)
        if over is not None:
            with as_trouble(), writing(self._engine).begin() as connection:
                access_log.forget(connection, over)
        self._keep_anchor()

    def _keep_anchor(self) -> None:
        """What was just written is in the file: that the anchor cannot follow must not hide it."""
        try:
            with as_trouble(), self._engine.connect() as connection:
                anchor.keep(self.path, connection)
        except Trouble:
            _log.warning("the anchor could not follow")

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Around every write: never into another file, and on a full disk the room kept for it is given back."""
        self._refuse_moved()
        try:
            with as_trouble():
                yield
        except Trouble as error:
            self._silent_disk = error.pattern == DISK_SILENT
            freed = ballast.release(self.path) if error.pattern == DISK_FULL else 0
            if freed:
                raise Trouble(
                    N_("The disk is full: nothing was saved. CEF Desk gave back {n} MB it had kept for this: try "
                       "again, then make room."),
                    n=max(1, freed // 1_000_000),
                ) from error  # fmt: skip
            raise


def _names_of(path: Path) -> int:
    try:
        return path.stat().st_nlink
    except OSError:
        return 1


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path: another one there would take what SQLite still has in hand and be damaged."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
