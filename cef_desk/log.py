"""The log of this machine: message patterns and frames, never a value, a name or a parameter."""

import logging
import traceback
from pathlib import Path
from types import TracebackType


class FramesOnly(logging.Formatter):
    """Writes an exception as its type and its frames: its message may hold a name."""

    def formatException(  # noqa: N802  logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The type and the frames, without message or source line."""
        kind, _error, trace = ei
        return f"{kind.__name__ if kind else 'error'}\n{frames(trace)}"


def frames(trace: TracebackType | None) -> str:
    """One line a frame: file, line, function."""
    return "\n".join(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    )


class _RotatingLog(logging.Handler):
    """A small rotating file, opened when there is a first line for it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._rotating: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line."""
        if self._rotating is None:
            from logging.handlers import RotatingFileHandler  # loads sockets, which most days need not

            self._rotating = RotatingFileHandler(
                self._file, maxBytes=200_000, backupCount=2, encoding="utf-8", delay=True
            )
            self._rotating.setFormatter(self.formatter)
        self._rotating.emit(record)

    def close(self) -> None:
        """Closes the file."""
        if self._rotating is not None:
            self._rotating.close()
        super().close()


def start_log(folder: Path) -> None:
    """Sends warnings and errors of the program to a small rotating file; without a place to write, to nowhere."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    handler = _RotatingLog(folder / "cef-desk.log")
    handler.setFormatter(FramesOnly("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("cef_desk")
    root.setLevel(logging.INFO)
    for old in [item for item in root.handlers if isinstance(item, _RotatingLog)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
