"""What is written is written whole: beside its place first, then put in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_

_OURS = frozenset({".cefdesk", ".key"})


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives the path to write to, readable by its owner alone; on success it replaces `path`, else nothing is left."""
    if path.suffix in _OURS:
        raise Refusal(N_("{name} is the name of a CEF Desk file or of its key: choose another."), name=path.name)
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        yield part
        os.replace(part, path)  # noqa: PTH105  the atomic call by its own name
    except OSError as error:
        raise Trouble(N_("{name} cannot be written here: check the folder and your rights."), name=path.name) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file whole."""
    with written_whole(path) as part:
        part.write_bytes(content)
