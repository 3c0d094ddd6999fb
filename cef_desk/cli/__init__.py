"""The command line: the same actions, queries and messages as the window.

Exit codes: 0 done, 1 refused by a rule, 2 wrong usage, 3 trouble with the environment, 130 interrupted.
"""

import argparse
import codecs
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from cef_desk import settings
from cef_desk.arguments import Arguments
from cef_desk.cli.opened import DONE, INTERRUPTED, REFUSED, TROUBLE, WRONG_USAGE, day
from cef_desk.errors import Told, Trouble, Usage
from cef_desk.i18n import LANGUAGES, N_, _, set_language, told
from cef_desk.log import start_log
from cef_desk.paths import config_folder, state_folder

ARGPARSE_WORDS = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"), N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"), N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"), N_("expected one argument"), N_("argument %(argument_name)s: %(message)s"),
)  # fmt: skip
"""What argparse says, for the catalogue."""


def run(argv: Sequence[str], window: Callable[[Arguments], int]) -> int:
    """Runs one command and gives its exit code; errors foreseen are one sentence on standard error."""
    settings_file = config_folder() / "settings.json"
    kept = settings.read(settings_file)
    _choose_language(argv, kept.language)
    start_log(state_folder())
    _speak_any_encoding()
    try:
        if any("\ud800" <= mark <= "\udfff" for word in argv for mark in word):
            raise Usage(N_("The command line holds a sign that is no text."))
        return _run(argv, window, kept, settings_file)
    except BrokenPipeError:  # who read us has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print(_("Interrupted: nothing half done is left."), file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else _("the output")
        print(_("The system refuses {name}: check its name, the folder and your rights.").format(name=name),
              file=sys.stderr)  # fmt: skip
        return TROUBLE
    except Told as error:
        print(told(error), file=sys.stderr)
        return WRONG_USAGE if isinstance(error, Usage) else TROUBLE if isinstance(error, Trouble) else REFUSED


def _run(argv: Sequence[str], window: Callable[[Arguments], int], kept: settings.Settings, settings_file: Path) -> int:
    try:
        options = _parsed(argv)
        command: Callable[[Arguments], int] | None = getattr(options, "run", None)
        code = (command or window)(Arguments(options, kept, settings_file))
    finally:
        sys.stdout.flush()
    return code


def _speak_any_encoding() -> None:
    """An output in an older encoding gets a plain space for the narrow one, a question mark for the rest."""

    def nearest(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(" " if mark.isspace() else "?" for mark in error.object[error.start : error.end]), error.end

    codecs.register_error("nearest", nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nearest")


def _choose_language(argv: Sequence[str], kept: str) -> None:
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language", choices=LANGUAGES, default=kept)
    try:
        set_language(first.parse_known_args(argv)[0].language)
    except argparse.ArgumentError:
        set_language(kept)


def _parsed(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked; the commands are loaded only when the window alone is not what is wanted."""
    general = _general_parser()
    with suppress(argparse.ArgumentError):
        options, others = general.parse_known_args(argv)
        if not others:
            return options
    from cef_desk.cli.commands import whole_parser

    return whole_parser(general).parse_args(argv)


def _general_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--database", metavar=_("FILE"), help=_("the file to work on"))
    parser.add_argument("--password-file", metavar=_("FILE"), help=_("a file whose first line is the password"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language of messages"))
    parser.add_argument("--today", type=day, metavar="AAAA-MM-JJ", help=_("the day to take for today"))
    parser.add_argument("--screenshots", type=Path, metavar=_("FOLDER"), help=_("saves a picture of every screen"))
    parser.add_argument("--quit", action="store_true", help=_("closes the window when it has been shown"))
    return parser
