"""Which rooms a walk goes through: every function of ours that is called, on any thread, in order."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GROUND = ("errors", "i18n", "paths", "settings", "log", "arguments")


@contextmanager
def rooms_walked() -> Iterator[list[str]]:
    """Gives the list of modules of ours entered, as `store.desk`, each time a function of theirs begins."""
    walked: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("cef_desk."):
            walked.append(name.removeprefix("cef_desk."))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield walked
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def rooms(walked: list[str]) -> set[str]:
    """The rooms of some modules, without the ground that every room stands on."""
    return {name.split(".")[0] for name in walked} - set(GROUND)
