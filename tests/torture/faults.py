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
from cef_desk.paths import key_file
from cef_desk.store.journal import last_sequence
from cef_desk.store.trouble import DISK_SILENT
from tests.store.keyed import copied, opened
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
    arm = ctypes.CDLL(None).cef_arm
    for kind in KINDS:
        for nth in range(1, last + 1):
            path = source.with_name("case.cefdesk")
            for leftover in path.parent.glob("case.cefdesk*"):
                if leftover.is_file():
                    leftover.unlink()
            shutil.copyfile(source, path)
            shutil.copyfile(key_file(source), key_file(path))
            acknowledged, told = _case(path, partial(arm, nth, kind))
            # a commit whose sync failed may be in the log all the same: it is told as not certain
            broken = breaches(path, acknowledged, accept=True, unanswered=int(told == DISK_SILENT))
            if told.startswith("bug"):
                broken.append(told)
            print(json.dumps({"kind": kind, "nth": nth, "told": told, "broken": broken}), flush=True)


def _case(path: Path, arm: Callable[[], object]) -> tuple[int, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        last, told = 0, ""
        try:
            desk = opened(path, accept=True)  # the same file as in the case before, gone back
            last = desk.see(lambda session: last_sequence(session.connection()))
            arm()

            def acknowledge(sequence: int) -> None:
                nonlocal last
                last = sequence

            save_for_ever(desk, acknowledge, _SAVES)
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
