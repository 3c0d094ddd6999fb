"""Builds the shim that stands between the engine and the disk, and reads what it recorded."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
ROOT = Path(__file__).resolve().parents[2]
_HEAD = struct.Struct("<cIqQ")


def is_possible() -> bool:
    """True on Linux with a C compiler."""
    return sys.platform == "linux" and shutil.which("gcc") is not None


def built_in(folder: Path) -> Path:
    """The shim, compiled."""
    made = folder / "shim.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl"], check=True)
    return made


def run(shim: Path, module: str, *words: str, watch: str, record: Path | None = None) -> str:
    """Runs a module of the torture room in a process over the shim, and gives what it says."""
    environment = {**os.environ, "LD_PRELOAD": str(shim), "CEF_WATCH": watch, "PYTHONPATH": str(ROOT)}
    if record is not None:
        environment["CEF_RECORD"] = str(record)
    told = subprocess.run(
        [sys.executable, "-m", module, *words], env=environment, capture_output=True, text=True, check=False
    )
    if told.returncode:
        raise RuntimeError(told.stderr)
    return told.stdout


@dataclass(frozen=True)
class Entry:
    """One thing done to a file: `w` bytes written at an offset, `s` synced, `t` cut or grown to a size."""

    kind: str
    path: str
    offset: int
    content: bytes


def entries(record: Path) -> Iterator[Entry]:
    """What a record tells, in order."""
    content = record.read_bytes()
    at = 0
    while at < len(content):
        kind, named, offset, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        path = content[at : at + named].decode()
        at += named
        yield Entry(kind.decode(), path, offset, content[at : at + length])
        at += length
