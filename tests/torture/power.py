"""Power cut: what was not synced is kept, lost or torn by chance, at any moment of a recorded storm of saves."""

import random
import shutil
from collections import defaultdict
from pathlib import Path

from tests.store.keyed import copied
from tests.torture import shim
from tests.torture.after import breaches, look
from tests.torture.told import Found

_SECTOR = 512
_ACKS = "acks"


def run(source: Path, folder: Path, cuts: int, *, synchronous: str = "FULL", saves: int = 120, seed: int = 1) -> Found:
    """Records one storm, then cuts the power so many times along it."""
    found = Found(f"power cut, synchronous={synchronous}")
    storm = folder / f"storm-{synchronous}"
    storm.mkdir()
    library, path = shim.built_in(folder), copied(source, storm)
    before = {path.name: path.read_bytes()}
    record = folder / f"record-{synchronous}"
    words = (str(path), str(storm / _ACKS), str(saves), synchronous)
    shim.run(library, "tests.torture.storm", *words, watch=str(storm), record=record)
    told = list(shim.entries(record))
    began = int(look(copied(source, folder))["sequence"])
    chance = random.Random(seed)
    for cut in range(cuts):
        files, acknowledged = _after_cut(told, before, chance.randrange(1, len(told)), chance)
        place = folder / "cut"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        copied(source, place)
        for name, content in files.items():
            (place / name).write_bytes(content)
        found.tried += 1
        for words_ in breaches(place / path.name, max(began, acknowledged), accept=True):
            found.breach(f"cut {cut}: {words_}")
    found.detail = f"{len(told)} writes and syncs recorded"
    return found


def _after_cut(
    told: list[shim.Entry], before: dict[str, bytes], at: int, chance: random.Random
) -> tuple[dict[str, bytes], int]:
    """The files as the disk may hold them after a cut, and the last step acknowledged before it."""
    disk = {name: bytearray(content) for name, content in before.items()}
    waiting: dict[str, list[shim.Entry]] = defaultdict(list)
    acknowledged = 0
    for entry in told[:at]:
        name = Path(entry.path).name
        if name == _ACKS:
            acknowledged = max(acknowledged, int.from_bytes(entry.content[-8:], "little"))
        elif entry.kind == "s":
            for each in waiting.pop(name, []):
                _write(disk.setdefault(name, bytearray()), each)
        else:
            waiting[name].append(entry)
    for name, some in waiting.items():
        if name.endswith((".open", ".lock", ".ballast")):
            continue
        content = disk.setdefault(name, bytearray())
        for each in some:
            _perhaps(content, each, chance)
    wanted = {name: bytes(content) for name, content in disk.items() if name.endswith((".cefdesk", "-wal"))}
    return wanted, acknowledged


def _write(content: bytearray, entry: shim.Entry) -> None:
    if entry.kind == "t":
        del content[entry.offset :]
        content.extend(bytes(entry.offset - len(content)))
        return
    end = entry.offset + len(entry.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[entry.offset : end] = entry.content


def _perhaps(content: bytearray, entry: shim.Entry, chance: random.Random) -> None:
    """What was not synced: whole, not at all, or sector by sector."""
    fate = chance.random()
    if fate < 1 / 3:
        return
    if fate < 2 / 3 or entry.kind == "t":
        _write(content, entry)
        return
    for start in range(0, len(entry.content), _SECTOR):
        if chance.random() < 1 / 2:
            _write(content, shim.Entry("w", entry.path, entry.offset + start, entry.content[start : start + _SECTOR]))
