"""How far long work is, and whether somebody asked it to stop."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cef_desk.errors import Told
from cef_desk.i18n import N_

T = TypeVar("T")
_EVERY = 50


class Cancelled(Told):
    """Somebody stopped the work; nothing of it is kept."""


class Progress:
    """Told by the work at each step; `cancel` may be called from another thread."""

    def __init__(self, tell: Callable[[int, int], None] | None = None) -> None:
        self._tell = tell
        self._stopped = threading.Event()

    def at(self, done: int, total: int) -> None:
        """So much is done; ends the work when it was asked to stop. A total of 0 is not known."""
        if self._stopped.is_set():
            raise Cancelled(N_("Stopped: nothing was changed."))
        if self._tell is not None:
            self._tell(done, total)

    def among(self, items: Sequence[T]) -> Iterator[T]:
        """The items one by one, telling how far it is."""
        for done, item in enumerate(items):
            if done % _EVERY == 0:
                self.at(done, len(items))
            yield item

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self._stopped.set()


UNWATCHED = Progress()
"""For work that nobody watches and nobody can stop."""
