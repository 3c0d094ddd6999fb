"""Bytes of a spreadsheet -> rows of texts with their line numbers; nothing is understood yet."""

import csv
import io
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.rules.folding import one_line

_LARGEST = 50 * 1024 * 1024
_SAMPLE_LINES = 20
_DAMAGED = N_("The file is protected by a password or damaged.")


@dataclass(frozen=True)
class RawRow:
    """One record; `line` is where it begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """True when no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class RawSheet:
    """A spreadsheet as read, with what was detected."""

    encoding: str
    separator: str
    rows: tuple[RawRow, ...]


def read_sheet(path: Path) -> RawSheet:
    """Reads a CSV as Excel France saves it; refuses what is no text, too large or cut inside quotes."""
    if path.suffix.lower() in {".xls", ".xlsx", ".ods"}:
        raise Refusal(N_("Spreadsheets of this kind are not read yet: save {name} as CSV first."), name=path.name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refusal(N_("{name} is not a file that can be read."), name=path.name)
        if path.stat().st_size > _LARGEST:
            raise Refusal(N_("{name} is larger than {most} MB: divide it."), name=path.name, most=_LARGEST // 1024**2)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble(N_("{name} is not there. Was it moved or renamed?"), name=path.name) from error
    except OSError as error:
        raise Trouble(N_("{name} cannot be read: check the folder and your rights."), name=path.name) from error
    text, encoding = _decoded(content)
    if not text.strip():
        raise Refusal(N_("{name} is empty: there is nothing to import."), name=path.name)
    separator = _separator(text)
    return RawSheet(encoding, separator, _rows(text, separator))


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Refusal(_DAMAGED) from error
    if b"\0" in content:
        raise Refusal(_DAMAGED)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # cp1252 has five bytes without a letter; Excel never writes them
        return content.decode("cp1252", errors="replace"), "cp1252"


def _separator(text: str) -> str:
    """The mark that most lines hold the same number of times, among `;`, tab and `,`."""
    sample = [line for line in text.splitlines() if line.strip()][:_SAMPLE_LINES]

    def consistency(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in sample if mark in line)
        many, lines = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return lines, many

    return max(";\t,", key=consistency)


def _rows(text: str, separator: str) -> tuple[RawRow, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True)
    rows: list[RawRow] = []
    line = 1
    try:
        for cells in reader:
            rows.append(RawRow(line, tuple(one_line(cell) for cell in cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        if "larger" in str(error):
            raise Refusal(N_("Line {n}: a cell is longer than any text of a list."), n=str(line)) from error
        raise Refusal(N_("Line {n}: a quotation mark is opened and not closed."), n=str(line)) from error
    return tuple(rows)
