"""Settings of this machine: read once at start, passed by constructor, replaced and saved whole."""

import dataclasses
import json
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

from cef_desk.i18n import DEFAULT_LANGUAGE, LANGUAGES

TEXT_SIZES = (100, 125, 150, 175, 200)
"""In percent."""
_LOCK_MINUTES = tuple(range(1, 16))
_log = logging.getLogger(__name__)
_ALLOWED: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": ("system", "light", "dark"),
    "text_size": TEXT_SIZES,
    "lock_minutes": _LOCK_MINUTES,
}


@dataclass(frozen=True)
class Settings:
    """`last_file` is the database opened last, or empty; `text_size` is a percentage.

    `lock_minutes` without a key or the mouse lock the window; `backup_folder` is the second place of backups,
    `letterhead` the .docx that letters begin from, or empty;
    `unknown` is kept as found.
    """

    language: str = DEFAULT_LANGUAGE
    theme: str = "system"
    text_size: int = 100
    last_file: str = ""
    lock_minutes: int = 5
    backup_folder: str = ""
    letterhead: str = ""
    unknown: dict[str, object] = field(default_factory=dict)

    @property
    def second_place(self) -> Path | None:
        """The second place of backups, none when none was chosen."""
        return Path(self.backup_folder) if self.backup_folder else None


def read(path: Path) -> Settings:
    """The settings of a file; a bad value or file falls back on the default, with a line in the log."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        _log.warning("settings unreadable, defaults used")
        return Settings()
    if not isinstance(found, dict):
        _log.warning("settings are not an object, defaults used")
        return Settings()
    known = {item.name: item for item in dataclasses.fields(Settings) if item.name != "unknown"}
    values: dict[str, object] = {}
    for name in known.keys() & found.keys():
        value = found.pop(name)
        default = known[name].default
        if type(value) is not type(default) or value not in _ALLOWED.get(name, (value,)):
            _log.warning("setting %s has a bad value, default used", name)
            continue
        values[name] = value
    return Settings(**values, unknown=found)  # type: ignore[arg-type]  # each value has the type of its default


def write(path: Path, settings: Settings) -> None:
    """Replaces the file whole."""
    values = dataclasses.asdict(settings)
    values |= values.pop("unknown")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
    os.replace(part, path)  # noqa: PTH105  the atomic call by its own name
