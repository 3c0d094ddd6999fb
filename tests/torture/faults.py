"""The disk fails at the N-th write or sync, once or for good, under the program's own actions."""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cef_desk.errors import Told
from cef_desk.store import key
from cef_desk.store.database import files_of
from cef_desk.store.journal import last_sequence
from cef_desk.store.trouble import DISK_SILENT
from tests.store.keyed import PASSWORD, copied, opened
from tests.torture import shim
from tests.torture.after import breaches
from tests.torture.storm import save_for_ever
from tests.torture.told import Found

KINDS = {1: "EIO at a write", 2: "ENOSPC at a write", 3: "EIO at a sync"}
_SAVES = 25


def run(source: Path, folder: Path, last: int) -> Found:
    """The N-th call fails, N = 1 to `last`, for each kind of fault."""
    found = Found("disk errors at the N-th call")
    place = folder / "faults"
    place.mkdir()
    path = copied(source, place)
    library = shim.built_in(folder)
    told = shim.run(library, "tests.torture.faults", str(path), str(last), watch=str(place))
    refused = 0
    for line in told.splitlines():
        case = json.loads(line)
        found.tried += 1
        refused += bool(case["told"])
        for words in case["broken"]:
            found.breach(f"{KINDS[case['kind']]}, N = {case['nth']}: {words}")
    found.detail = f"{refused} told in a sentence, the rest came after the last save"
    return found


def main(source: Path, last: int) -> None:
    """In the process over the shim: a child a case, then the file is opened again without faults."""
    key.calibrated = lambda: key.Cost(memory_kib=64, passes=1, lanes=1)
    arm = ctypes.CDLL(None).cef_arm
    hot, sequence = _crashed(source)
    for kind in KINDS:
        for nth in range(1, last + 1):
            path = _laid(source, source.with_name("case.cefdesk"))
            acknowledged, told = _case(partial(_save, path, partial(arm, nth, kind)))
            # a commit whose sync failed may be in the log all the same: it is told as not certain
            _tell(kind, nth, told, breaches(path, acknowledged, accept=True, unanswered=int(told == DISK_SILENT)))
            path = _laid(hot, source.with_name("kept.cefdesk"))
            _nothing, told = _case(partial(_keep, path, partial(arm, nth, kind)))
            _tell(kind, nth, told, breaches(path, sequence, accept=True, unanswered=0))


def _tell(kind: int, nth: int, told: str, broken: list[str]) -> None:
    broken = [*broken, told] if told.startswith("bug") else broken
    print(json.dumps({"kind": kind, "nth": nth, "told": told, "broken": broken}), flush=True)


def _laid(source: Path, path: Path) -> Path:
    """A copy of a file, its key and its log in a place where the case before is taken away."""
    for leftover in path.parent.glob(f"{path.name}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    for each, target in zip(files_of(source), files_of(path), strict=True):
        if each.exists() and not each.name.endswith("-shm"):
            shutil.copyfile(each, target)
    return path


def _crashed(source: Path) -> tuple[Path, int]:
    """A file whose last saves are in its log alone, and the number of the last one."""
    path = _laid(source, source.with_name("hot.cefdesk"))
    last, _told = _case(partial(_save, path, lambda: None))
    return path, last


def _save(path: Path, arm: Callable[[], object], acknowledge: Callable[[int], None]) -> None:
    desk = opened(path, accept=True)  # the same file as in the case before, gone back
    acknowledge(desk.see(lambda session: last_sequence(session.connection())))
    arm()
    save_for_ever(desk, acknowledge, _SAVES)


def _keep(path: Path, arm: Callable[[], object], _acknowledge: Callable[[int], None]) -> None:
    """Opens a file with its log, backs it up, wraps its key anew."""
    arm()
    desk = opened(path, accept=True)
    desk.back_up()
    desk.change_password(PASSWORD, PASSWORD)


def _case(work: Callable[[Callable[[int], None]], None]) -> tuple[int, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        last, told = 0, ""

        def acknowledge(sequence: int) -> None:
            nonlocal last
            last = sequence

        try:
            work(acknowledge)
        except Told as error:
            told = error.pattern
        except BaseException as error:  # noqa: BLE001  what is not told is a breach
            told = f"bug: {type(error).__name__}: {error}"
        os.write(writing, json.dumps([last, told]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found = json.loads(pipe.read())
    os.waitpid(child, 0)
    return int(found[0]), str(found[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
