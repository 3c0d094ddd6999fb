"""Everything in the file as one CSV per table, with a manifest: no lock-in."""

import csv
import json
from datetime import date
from pathlib import Path

from cef_desk.errors import Trouble
from cef_desk.exchange.whole_files import written_whole
from cef_desk.i18n import N_
from cef_desk.queries.tables import read_tables, schema_version, table_columns, table_names
from cef_desk.store.desk import Desk

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def export_tables(desk: Desk, folder: Path, *, with_journal: bool = False) -> dict[str, int]:
    """Writes every table as of one moment, readable by its owner alone, and gives the rows of each.

    Codes, not labels; days in ISO; not encrypted.

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            N_("{name} cannot be written here: check the folder and your rights."), name=folder.name
        ) from error
    manifest: list[dict[str, object]] = []
    counts: dict[str, int] = {}
    for name, rows in desk.see(read_tables, table_names(with_journal=with_journal)).items():
        columns = table_columns(name)
        with written_whole(folder / f"{name}.csv") as part, part.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, delimiter=";", lineterminator="\r\n")
            out.writerow(column.name for column in columns)
            out.writerows([cell_text(value) for value in row] for row in rows)
        counts[name] = len(rows)
        manifest.append(
            {
                "name": name,
                "rows": len(rows),
                "columns": [{"name": item.name, "type": item.kind, "codes": item.codes} for item in columns],
            }
        )
    with written_whole(folder / "manifest.json") as part:
        told = {"schema": desk.see(schema_version), "tables": manifest}
        part.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return counts


def cell_text(value: object) -> str:
    """One value as a cell: booleans 1 and 0, days in ISO, bytes in hexadecimal, formulas disarmed."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case str() if value.startswith(_FORMULA_SIGNS):
            return "'" + value
    return str(value)
