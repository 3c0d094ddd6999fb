"""Files that are there whole after a power cut, or as they were before."""

import os
import sys
from pathlib import Path


def replaced(path: Path, content: bytes) -> None:
    """Puts `content` in the place of a file, readable by its owner alone, on the disk before this returns."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
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
