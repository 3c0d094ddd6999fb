"""Reads and writes of every page go through one object; results come back to a bound method of a QObject.

The runner alone decides whether work runs at once (tests, pictures) or on its one worker thread.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from queue import SimpleQueue
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from cef_desk.errors import Told
from cef_desk.store.changes import Changes
from cef_desk.store.desk import Desk
from cef_desk.ui.kit.collector import WindowThreadCollector

Work = Callable[..., Any]
Then = Callable[[Any], object]
Outcome = tuple[object, Changes | None]


@dataclass(frozen=True)
class _Ticket:
    then: Then | None
    failed: Then | None


class Runner(QObject):
    """`changed` says what a gesture changed; `told` carries a foreseen error that no form has taken up."""

    changed = Signal(object)
    told = Signal(object)
    _ended = Signal()

    def __init__(self, desk: Desk, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inline = inline
        self._stopped = False
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._collector = None if inline else WindowThreadCollector(self)
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
        self._start(lambda: (self._desk.see(query, *args), None), _Ticket(then, failed))

    def do(self, label: str, action: Work, *args: object, then: Then | None = None, failed: Then | None = None) -> None:
        """Runs an action as one named step; `then` gets its result after `changed` was told.

        `failed` gets a foreseen error, to mark the field it names; without it the window tells it.
        """
        self._start(lambda: self._desk.do(label, action, *args), _Ticket(then, failed))

    def start(self, job: Work, *args: object, then: Then, failed: Then | None = None) -> None:
        """Runs a longer job on the desk, as an import; it gives its result and its changes."""
        self._start(lambda: job(self._desk, *args), _Ticket(then, failed))

    def undo(self, then: Then) -> None:
        """Takes back the last step of this sitting; `then` gets its label."""
        self._start(lambda: _labelled(self._desk.undo()), _Ticket(then, None))

    def redo(self, then: Then) -> None:
        """Brings back what undo took; `then` gets its label."""
        self._start(lambda: _labelled(self._desk.redo()), _Ticket(then, None))

    def stop(self) -> None:
        """Ends what is under way and takes nothing more: the file is about to be let go."""
        self._worker.shutdown(wait=True)
        if self._collector is not None and not self._stopped:
            self._collector.stop()
        self._stopped = True

    def _start(self, work: Callable[[], Outcome], ticket: _Ticket) -> None:
        if self._stopped:
            return
        if not self._inline:
            number = next(self._numbers)
            self._tickets[number] = ticket
            self._worker.submit(self._work, number, work)
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


def _labelled(changes: Changes) -> Outcome:
    return changes.label, changes


def _call(then: Then | None, result: object) -> bool:
    """Calls a bound method unless its object is gone, as a page closed meanwhile; tells whether it did."""
    owner = getattr(then, "__self__", None)
    if then is None or (isinstance(owner, QObject) and not shiboken6.isValid(owner)):
        return False
    then(result)
    return True
