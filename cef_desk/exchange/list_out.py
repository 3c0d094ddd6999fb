"""A list as it is shown, what narrows it told above; XLSX or CSV by the ending of the name."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cef_desk.exchange.table_out import cell_text
from cef_desk.exchange.whole_files import written_whole
from cef_desk.i18n import field_day
from cef_desk.progress import Progress
from cef_desk.queries.selection import Selection, all_ids
from cef_desk.store.desk import Desk

_AT_ONCE = 500
Cell = str | int | date | None


@dataclass(frozen=True)
class ListOut:
    """`cells` gives the cells of a frozen row; `keys` the rows wanted, all of them when none; `about` stands above."""

    title: str
    about: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    cells: Callable[[Any], Sequence[Cell]]
    selection: Selection[Any]
    keys: tuple[int, ...] | None


def write_list(desk: Desk, progress: Progress, path: Path, wanted: ListOut) -> tuple[str, None]:
    """Writes the rows in their order, some at a time, and gives the name of the file."""
    ids = desk.see(all_ids, wanted.selection)
    if wanted.keys is not None:
        chosen = set(wanted.keys)
        ids = [key for key in ids if key in chosen]
    rows = _rows(desk, progress, wanted, ids)
    with written_whole(path) as part:
        if path.suffix.lower() == ".csv":
            _write_csv(part, wanted, rows)
        else:
            _write_workbook(part, wanted, rows)
    return path.name, None


def _rows(desk: Desk, progress: Progress, wanted: ListOut, ids: Sequence[int]) -> Iterator[Sequence[Cell]]:
    for first in range(0, len(ids), _AT_ONCE):
        progress.at(first, len(ids))
        some = ids[first : first + _AT_ONCE]
        read = {row.id: row for row in desk.see(wanted.selection.rows, some)}
        yield from (wanted.cells(read[key]) for key in some if key in read)


def _write_csv(part: Path, wanted: ListOut, rows: Iterator[Sequence[Cell]]) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow([wanted.title])
        out.writerows([cell_text(line)] for line in wanted.about)
        out.writerow([])
        out.writerow(wanted.heads)
        for row in rows:
            out.writerow([field_day(cell) if isinstance(cell, date) else cell_text(cell) for cell in row])


def _write_workbook(part: Path, wanted: ListOut, rows: Iterator[Sequence[Cell]]) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(part), {"constant_memory": True})
    try:
        _fill(book, wanted, rows)
    finally:
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error


def _fill(book: Any, wanted: ListOut, rows: Iterator[Sequence[Cell]]) -> None:  # noqa: ANN401  xlsxwriter has no types
    page = book.add_worksheet(wanted.title[:31].translate(_NOT_IN_NAMES))
    title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for column, width in enumerate(wanted.widths):
        page.set_column(column, column, width)
    page.write_string(0, 0, wanted.title, title)
    for row, line in enumerate(wanted.about, 1):
        page.write_string(row, 0, line)
    top = len(wanted.about) + 2
    for column, words in enumerate(wanted.heads):
        page.write_string(top, column, words, head)
    for number, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(number, column, datetime.combine(cell, datetime.min.time()), day)
            elif isinstance(cell, int):
                page.write_number(number, column, cell)
            elif cell:
                page.write_string(number, column, cell)
    page.freeze_panes(top + 1, 1)


_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""Signs that a sheet's name cannot hold."""
