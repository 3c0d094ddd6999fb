"""Builds the data of the program, catalogues and reference base, for the checkout and, as a hook, into the wheel."""

import csv
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
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


def build_reference(root: Path) -> Path:
    """Writes resources/reference.db from the lists of resources/reference when one of them changed, and gives it.

    One row an entry: its list, code, label, folded label, the code it belongs to, and where a commune lies.
    """
    folder, target = root / "resources" / "reference", root / "resources" / "reference.db"
    sources = (*folder.glob("*.csv"), Path(__file__), root / "cef_desk" / "rules" / "folding.py")
    newest = max(path.stat().st_mtime for path in sources)
    if target.exists() and target.stat().st_mtime >= newest:
        return target
    sys.path.insert(0, str(root))
    from cef_desk.rules.folding import fold

    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as base, base:
        base.execute(
            "CREATE TABLE entry "
            "(list TEXT, code TEXT, label TEXT, folded TEXT, parent TEXT, latitude REAL, longitude REAL)"
        )
        base.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (name, code, label, f" {fold(label)} ", parent, *place)
                for name, code, label, parent, place in _entries(folder)
            ),
        )
        base.execute("CREATE INDEX ix_entry_code ON entry (list, code)")
    part.replace(target)
    return target


def _entries(folder: Path) -> Iterator[tuple[str, str, str, str, tuple[str | None, str | None]]]:  # noqa: C901  one loop a list
    nowhere = (None, None)
    points = {row["code_insee"]: (row["latitude"], row["longitude"]) for row in _rows(folder, "communes_coordonnees")}
    for edition in ("naf_rev1_2003", "naf_rev2", "naf_2025"):
        for row in _rows(folder, edition):
            yield edition, row["code"], row["libelle"], row.get("parent") or row.get("division") or "", nowhere
    for row in _rows(folder, "rome_metiers"):
        yield "rome", row["code_rome"], row["libelle"], "", nowhere
    for row in _rows(folder, "rome_appellations"):
        yield "appellation", row["code_ogr"], row["libelle"], row["code_rome"], nowhere
    for row in _rows(folder, "communes_france"):
        code = row["code_insee"]
        yield "commune", code, row["nom"], row["departement"], points.get(code, nowhere)
        for postcode in row["codes_postaux"].replace("|", " ").replace(",", " ").split():
            yield "postcode", postcode, row["nom"], code, points.get(code, nowhere)
    for row in _rows(folder, "communes_deleguees_associees"):
        yield "former_commune", row["code_insee"], row["nom"], row["chef_lieu"], points.get(row["code_insee"], nowhere)
    for row in _rows(folder, "codes_postaux_49"):
        yield "former_postcode", row["code_postal"], row["nom_commune"], row["code_insee"], nowhere
    for row in _rows(folder, "tranche_effectif_sirene"):
        yield "size_band", row["code"], row["libelle"], row["groupe_cef"], nowhere
    for row in _rows(folder, "niveaux_diplome"):
        yield "diploma", row["code_1969"], row["libelle_1969"], row["code_2019"], nowhere


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


class DataHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter is internal
    """Puts the compiled catalogues into the wheel, and the reference base among its resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        del version
        root = Path(self.root)
        build_reference(root)
        for made in compile_all(root / "i18n"):
            build_data["force_include"][str(made)] = f"cef_desk/_data/{made.relative_to(root).as_posix()}"


if __name__ == "__main__":
    checkout = Path(__file__).resolve().parent.parent
    compile_all(checkout / "i18n")
    build_reference(checkout)
