"""The program: a command, or the window when no command is given."""

import builtins
import gc
import importlib
import sys
from collections.abc import Sequence

from cef_desk.arguments import Arguments
from cef_desk.cli import run


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    return run(sys.argv[1:] if argv is None else argv, _open_window)


def load_qt() -> None:
    """Loads Qt and puts back Python's own import.

    Qt for Python takes import over to look for `from __feature__`: it reads the source of every module loaded after
    it and keeps its lines, which costs a tenth of the start and twenty megabytes.
    """
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain


def _open_window(arguments: Arguments) -> int:
    gc.disable()  # what loads stays: looking for garbage in it only delays the window
    try:
        load_qt()
        from cef_desk.app import open_window

        return open_window(arguments)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
