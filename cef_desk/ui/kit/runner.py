"""Reads and writes of every page go through one object; results come back to a bound method of a QObject.

The runner alone decides whether work runs at once (tests, pictures) or on a thread: one for reads, one for whatever
writes and for long work, so that steps are taken in the order in which they were asked.
"""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from cef_desk.errors import Told, Trouble
from cef_desk.i18n import N_
from cef_desk.progress import Progress
from cef_desk.rules.kinds import AccessAction
from cef_desk.store.changes import Changes
from cef_desk.store.desk import Desk

Work = Callable[..., Any]
Then = Callable[[Any], object]
Outcome = tuple[object, Changes | None]


@dataclass(frozen=True)
class _Ticket:
    then: Then | None
    failed: Then | None
    progress: Progress | None = None


class Runner(QObject):
    """`changed` says what a gesture changed; `told` carries a foreseen error that no form has taken up."""

    changed = Signal(object)
    told = Signal(object)
    work_began = Signal(str)
    work_went_on = Signal(int, int)
    work_ended = Signal()
    _ended = Signal()

    def __init__(self, desk: Desk, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inline = inline
        self._stopped = False
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="write")
        self._long: deque[Progress] = deque()
        # Only numbers and plain results cross the threads: no widget may lose its last reference on the worker's.
        self._tickets: dict[int, _Ticket] = {}
        self._numbers = count(1)
        self._results: SimpleQueue[tuple[int, Outcome | None, Exception | None]] = SimpleQueue()
        self._ended.connect(self._on_worker_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def undo_label(self) -> str | None:
        """The message id of what undo would take back."""
        return self._desk.undo_label

    @property
    def redo_label(self) -> str | None:
        """The message id of what redo would bring back."""
        return self._desk.redo_label

    def see(self, query: Work, *args: object, then: Then, failed: Then | None = None) -> None:
        """Runs a query and hands its result to `then`; `failed` as in `do`."""
        self._start(lambda: (self._desk.see(query, *args), None), _Ticket(then, failed), self._reader)

    def do(self, label: str, action: Work, *args: object, then: Then | None = None, failed: Then | None = None) -> None:
        """Runs an action as one named step; `then` gets its result after `changed` was told.

        `failed` gets a foreseen error, to mark the field it names; without it the window tells it.
        """
        self._write(lambda: self._desk.do(label, action, *args), _Ticket(then, failed))

    def start(self, title: str, job: Work, *args: object, then: Then, failed: Then | None = None) -> None:
        """Runs long work on the desk, as an import, told under its title; it gives its result and its changes.

        `job` takes the desk and a `Progress`; `cancel` stops it with nothing half done.
        """
        progress = Progress(self._on_progress)
        self._long.append(progress)

        def work() -> Outcome:
            self.work_began.emit(title)
            found: Outcome = job(self._desk, progress, *args)
            return found

        self._start(work, _Ticket(then, failed, progress), self._writer)

    def note(self, action: AccessAction, reference: str = "") -> None:
        """Tells the log of looks what was looked at: a table and a key, never a name."""

        def noted() -> Outcome:
            self._desk.note(action, reference)
            return None, None

        self._write(noted, _Ticket(None, None))

    @property
    def is_encrypted(self) -> bool:
        """True for a file with a password."""
        return self._desk.is_encrypted

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._desk.path

    @property
    def is_working(self) -> bool:
        """True while long work is under way, which a lock waits for."""
        return bool(self._long)

    def cancel(self) -> None:
        """Stops the long work under way at its next step."""
        if self._long:
            self._long[0].cancel()

    def undo(self, then: Then) -> None:
        """Takes back the last step of this sitting; `then` gets its label."""
        self._write(lambda: _labelled(self._desk.undo()), _Ticket(then, None))

    def redo(self, then: Then) -> None:
        """Brings back what undo took; `then` gets its label."""
        self._write(lambda: _labelled(self._desk.redo()), _Ticket(then, None))

    def stop(self) -> None:
        """Ends what is under way and takes nothing more: the file is about to be let go. Long work is stopped."""
        for progress in self._long:
            progress.cancel()
        self._writer.shutdown(wait=True)
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._stopped = True

    def _write(self, work: Callable[[], Outcome], ticket: _Ticket) -> None:
        self._start(work, ticket, self._writer)

    def _on_progress(self, done: int, total: int) -> None:
        """Told on the thread of the work: a signal crosses over."""
        self.work_went_on.emit(done, total)

    def _start(self, work: Callable[[], Outcome], ticket: _Ticket, worker: ThreadPoolExecutor) -> None:
        if self._stopped:
            return
        if not self._inline:
            number = next(self._numbers)
            self._tickets[number] = ticket
            worker.submit(self._work, number, work)
            return
        try:
            outcome = work()
        except Told as error:
            self._on_ended(ticket, None, error)
        else:
            self._on_ended(ticket, outcome, None)

    def _work(self, number: int, work: Callable[[], Outcome]) -> None:
        """On the worker's thread."""
        try:
            self._results.put((number, work(), None))
        except Exception as error:  # noqa: BLE001  handed to the window, which tells or reports it
            self._results.put((number, None, error))
        self._ended.emit()

    def _on_worker_ended(self) -> None:
        number, outcome, error = self._results.get_nowait()
        self._on_ended(self._tickets.pop(number), outcome, error)

    def _on_ended(self, ticket: _Ticket, outcome: Outcome | None, error: Exception | None) -> None:
        if ticket.progress is not None:
            self._long.remove(ticket.progress)
            self.work_ended.emit()
        if self._stopped:
            return
        if outcome is not None:
            result, changes = outcome
            if changes is not None and changes.subjects:
                self.changed.emit(changes)
            _call(ticket.then, result)
        elif isinstance(error, Told):
            if ticket.failed is None or not _call(ticket.failed, error):
                self.told.emit(error)
        elif error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
            _call(ticket.failed, Trouble(N_("Nothing was saved: something went wrong in CEF Desk.")))


def _labelled(changes: Changes) -> Outcome:
    return changes.label, changes


def _call(then: Then | None, result: object) -> bool:
    """Calls a bound method unless its object is gone, as a page closed meanwhile; tells whether it did."""
    owner = getattr(then, "__self__", None)
    if then is None or (isinstance(owner, QObject) and not shiboken6.isValid(owner)):
        return False
    then(result)
    return True
