"""Where things lie: data outside the package, and the folders of this machine."""

import os
from pathlib import Path

from platformdirs import user_config_path, user_state_path

_PACKAGE = Path(__file__).resolve().parent
_DATA = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent


def resources() -> Path:
    """Fonts, icons and lists, from the checkout or from the installed wheel."""
    return _DATA / "resources"


def catalogues() -> Path:
    """The folder that holds <language>/LC_MESSAGES/cef_desk.mo."""
    return _DATA / "i18n"


def config_folder() -> Path:
    """Settings of this machine; CEF_DESK_HOME moves it, for tests and portable use."""
    return _home() or user_config_path("cef-desk", appauthor=False)


def state_folder() -> Path:
    """Log and window memory of this machine."""
    return _home() or user_state_path("cef-desk", appauthor=False)


def key_file(database: Path) -> Path:
    """The key file that stands beside an encrypted file."""
    return database.with_name(database.name + ".key")


def _home() -> Path | None:
    home = os.environ.get("CEF_DESK_HOME")
    return Path(home) if home else None
