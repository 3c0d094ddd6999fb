"""Files that are there whole after a power cut, or as they were before; readable by their owner alone."""

import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO, cast


def new_file(path: Path) -> BinaryIO:
    """A file that was not there, open for writing, readable by its owner alone."""
    return cast("BinaryIO", open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)))


def copied(source: Path, target: Path) -> None:
    """Copies a file over another, on the disk before this returns; nothing stays of half a copy."""
    target.unlink(missing_ok=True)
    try:
        with source.open("rb") as reading, new_file(target) as writing:
            shutil.copyfileobj(reading, writing, 1024 * 1024)
            writing.flush()
            os.fsync(writing.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def replaced(path: Path, content: bytes) -> None:
    """Puts `content` in the place of a file, on the disk before this returns."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with new_file(part) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        moved(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def moved(source: Path, target: Path) -> None:
    """Moves a file over another, with the name on the disk before this returns."""
    os.replace(source, target)  # noqa: PTH105  the atomic call by its own name
    settle_folder(target.parent)


def settle_file(path: Path) -> None:
    """Waits until a file written by another hand is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Waits until the names of a folder are on the disk; Windows keeps them by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
