"""The reference base built with the program, read only: NAF, ROME, communes, postcodes, size bands, diplomas."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from sqlcipher3 import dbapi2

from cef_desk.paths import resources
from cef_desk.rules.folding import fold


class Reference(StrEnum):
    """The lists of the base."""

    NAF_REV1 = "naf_rev1_2003"
    NAF_REV2 = "naf_rev2"
    NAF_2025 = "naf_2025"
    ROME = "rome"
    APPELLATION = "appellation"
    COMMUNE = "commune"
    FORMER_COMMUNE = "former_commune"
    POSTCODE = "postcode"
    FORMER_POSTCODE = "former_postcode"
    SIZE_BAND = "size_band"
    DIPLOMA = "diploma"


@dataclass(frozen=True)
class ReferenceEntry:
    """One entry; `parent` is the code it belongs to: a job's ROME code, a postcode's commune, a band's size."""

    code: str
    label: str
    parent: str
    latitude: float | None
    longitude: float | None


_COLUMNS = "SELECT code, label, parent, latitude, longitude FROM entry"


def search_reference(name: Reference, typed: str, limit: int = 50) -> list[ReferenceEntry]:
    """The entries whose label holds every typed word at the start of one of its own; accents, case and œ do not count.

    A code found whole or by its beginning comes too.
    """
    words = [f"% {word}%" for word in fold(typed).split()]
    if not words:
        return []
    like = " AND ".join("folded LIKE ?" for _word in words)
    code = typed.strip().replace("%", "").replace("_", "")
    return _read(
        f"{_COLUMNS} WHERE list = ? AND (({like}) OR (? <> '' AND code LIKE ? || '%')) "
        "ORDER BY length(label), label, code LIMIT ?",
        (name, *words, code, code, limit),
    )


def reference_entries(name: Reference, code: str) -> list[ReferenceEntry]:
    """The entries of one code: several communes for a postcode, none when it is not known."""
    return _read(f"{_COLUMNS} WHERE list = ? AND code = ? ORDER BY label", (name, code))


def _read(query: str, values: tuple[object, ...]) -> list[ReferenceEntry]:
    path = quote(str((resources() / "reference.db").absolute()))
    connection = dbapi2.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return [ReferenceEntry(*row) for row in connection.execute(query, values)]
    finally:
        connection.close()
