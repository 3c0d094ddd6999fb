"""What is written is written whole: beside its place first, then put in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.paths import key_file

_OURS = (".cefdesk", ".key", "-wal", "-shm")
_BASE_HEADER = b"SQLite format 3\0"


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives the path to write to, readable by its owner alone; on success it replaces `path`, else nothing is left.

    Refuses the place of a base, of its key or log, of a folder and of a device.
    """
    part: Path | None = None
    try:
        _refuse_taken(path)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        os.close(handle)
        part = Path(name)
        yield part
        os.replace(part, path)  # noqa: PTH105  the atomic call by its own name
    except OSError as error:
        raise Trouble(N_("{name} cannot be written here: check the folder and your rights."), name=path.name) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _refuse_taken(path: Path) -> None:
    if path.name.casefold().endswith(_OURS) or _is_base(path):
        raise Refusal(N_("{name} is the name of a CEF Desk file or of its key: choose another."), name=path.name)
    if not path.name or (path.exists() and not path.is_file()):
        raise Trouble(N_("{name} is not a file that can be replaced: choose another name."), name=str(path))


def _is_base(path: Path) -> bool:
    if not path.name or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_BASE_HEADER)) == _BASE_HEADER or key_file(path).is_file()


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file whole."""
    with written_whole(path) as part:
        part.write_bytes(content)
