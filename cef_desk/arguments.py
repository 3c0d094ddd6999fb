"""What was asked on the command line, with the settings of this machine: the same for a command and the window."""

import argparse
import getpass
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cef_desk.errors import Trouble, Usage
from cef_desk.i18n import N_, _
from cef_desk.settings import Settings


@dataclass(frozen=True)
class Arguments:
    """What was asked, with the settings of this machine."""

    options: argparse.Namespace
    settings: Settings
    settings_file: Path

    @property
    def database(self) -> Path | None:
        """The file named, else that of the environment, else the last one opened."""
        named = self.options.database or os.environ.get("CEF_DESK_DATABASE") or self.settings.last_file
        return Path(named) if named else None

    def today(self, frozen: date | None) -> date:
        """The day asked for, else the frozen day of a demonstration, else the system's: read here alone."""
        return self.options.today or frozen or date.today()  # noqa: DTZ011  local wall time

    def given_password(self) -> str | None:
        """The password from its file or the environment, if one is named."""
        if self.options.password_file:
            return _first_line(Path(self.options.password_file))
        return os.environ.get("CEF_DESK_PASSWORD")

    def new_password(self) -> str:
        """The password given for a new file, else asked twice on the terminal."""
        password = self.password()
        if self.given_password() is None and getpass.getpass(_("The same password again: ")) != password:
            raise Usage(N_("The two passwords differ."))
        return password

    def password(self) -> str:
        """The password given, else asked on the terminal."""
        given = self.given_password()
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise Usage(N_("A password is needed: --password-file, or CEF_DESK_PASSWORD."))
        return getpass.getpass(_("Password: "))


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(N_("The password file {name} cannot be read."), name=path.name) from error
    return lines[0] if lines else ""
