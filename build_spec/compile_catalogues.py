"""Compiles the catalogues: for the checkout by dev.py, and into the wheel as its build hook."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_all(folder: Path) -> list[Path]:
    """Writes a .mo beside every .po that changed and gives the .mo files."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
            with target.open("wb") as file:
                write_mo(file, catalogue)
        made.append(target)
    return made


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter is internal
    """Puts the compiled catalogues into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        del version
        root = Path(self.root)
        for made in compile_all(root / "i18n"):
            build_data["force_include"][str(made)] = f"cef_desk/_data/{made.relative_to(root).as_posix()}"


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parent.parent / "i18n")
