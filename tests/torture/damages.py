"""A thousand damages: each is told before the first edit, and the last good backup is proposed and brings all back."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from cef_desk.errors import Trouble
from cef_desk.exchange.safekeeping import backups_of, restored
from cef_desk.paths import key_file
from cef_desk.store.dialect import PAGE_BYTES
from tests.store.keyed import PASSWORD, opened, people
from tests.torture.told import Found

_RESTORE_EVERY = 25
Harm = Callable[[bytearray, random.Random], None]


def _bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _run_of_bytes(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) - 16)
    content[start : start + 16] = os.urandom(16)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _cut_at_page(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) // PAGE_BYTES) * PAGE_BYTES :]


def _zeroed_header(content: bytearray, chance: random.Random) -> None:
    content[: chance.choice((16, 100, PAGE_BYTES))] = bytes(chance.choice((16, 100, PAGE_BYTES)))


def _zeroed_page(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // PAGE_BYTES) * PAGE_BYTES
    content[start : start + PAGE_BYTES] = bytes(PAGE_BYTES)


def _swapped_pages(content: bytearray, chance: random.Random) -> None:
    one, other = (place * PAGE_BYTES for place in chance.sample(range(len(content) // PAGE_BYTES), 2))
    first = content[one : one + PAGE_BYTES]
    content[one : one + PAGE_BYTES] = content[other : other + PAGE_BYTES]
    content[other : other + PAGE_BYTES] = first


def _grown(content: bytearray, chance: random.Random) -> None:
    content.extend(os.urandom(PAGE_BYTES * chance.randrange(1, 4)))


HARMS: tuple[Harm, ...] = (
    _bit, _bit, _bit, _run_of_bytes, _cut, _cut_at_page, _zeroed_header, _zeroed_page, _swapped_pages,
)  # fmt: skip


def run(path: Path, damages: int, seed: int = 1) -> Found:
    """Damages a file that has a backup, so many times; every now and then the backup is brought back."""
    found, chance = Found("damages"), random.Random(seed)
    desk = opened(path)
    desk.back_up()
    expected = desk.see(people)
    desk.close()
    whole, keys = path.read_bytes(), key_file(path).read_bytes()
    restored_times = 0
    for number in range(damages):
        content = bytearray(whole)
        harm = HARMS[number % len(HARMS)]
        harm(content, chance)
        if content == whole:
            continue
        path.write_bytes(content)
        found.tried += 1
        try:
            opened(path).close()
        except Trouble:
            if not backups_of(path):
                found.breach(f"{harm.__name__}: no backup proposed")
        except Exception as error:  # noqa: BLE001  what is not told is a breach
            found.breach(f"{harm.__name__}: {type(error).__name__}: {error}")
        else:
            found.breach(f"{harm.__name__}: not seen")
        if number % _RESTORE_EVERY == 0:
            restored(backups_of(path)[0].path, path, lambda: PASSWORD)
            back = opened(path)
            if back.see(people) != expected:
                found.breach("the backup lacks people")
            back.close()
            restored_times += 1
        for leftover in path.parent.glob(f"{path.stem}.replaced-*"):
            leftover.unlink()
        path.write_bytes(whole)
        key_file(path).write_bytes(keys)
        for log in path.parent.glob(f"{path.name}-*"):
            log.unlink()
    found.detail = f"{restored_times} brought back from the backup"
    shutil.rmtree(path.with_name(path.name + ".backups"))
    return found
