"""`kill -9` in a storm of saves, at any moment of any statement."""

import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.store.keyed import copied, opened
from tests.torture.after import breaches, look
from tests.torture.storm import save_for_ever
from tests.torture.told import Found

_LONGEST = 0.35
_KILLS_A_FILE = 25


def run(source: Path, folder: Path, kills: int, seed: int = 1) -> Found:
    """Kills a child that saves, so many times; the file is opened again after each, a fresh one taken at times."""
    found, chance, acknowledged, saves, path = Found("kill -9 in a storm of saves"), random.Random(seed), 0, 0, source
    for number in range(kills):
        if number % _KILLS_A_FILE == 0:
            (folder / str(number)).mkdir()
            path = copied(source, folder / str(number))
            acknowledged = _reached(path)
        last = _storm(path, chance.uniform(0, _LONGEST))
        found.tried += 1
        saves += max(0, last - acknowledged)
        acknowledged = max(acknowledged, last)
        for words in breaches(path, acknowledged):
            found.breach(words)
        acknowledged = _reached(path)
    found.detail = f"{saves} acknowledged saves"
    return found


def _storm(path: Path, seconds: float) -> int:
    """One child, killed; gives the last step it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            save_for_ever(opened(path), lambda sequence: _tell(writing, sequence))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = told.read(8)  # the storm has begun
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        rest = told.read()
    os.waitpid(child, 0)
    acks = first + rest[: len(rest) // 8 * 8]
    return int.from_bytes(acks[-8:], sys.byteorder) if acks else 0


def _tell(pipe: int, sequence: int) -> None:
    os.write(pipe, sequence.to_bytes(8, sys.byteorder))


def _reached(path: Path) -> int:
    return int(look(path)["sequence"])
