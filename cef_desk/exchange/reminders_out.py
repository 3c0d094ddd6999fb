"""The reminders of a day as a file: the list to call from, or the two columns an SMS portal takes."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from cef_desk.exchange.table_out import cell_text
from cef_desk.exchange.whole_files import write_bytes
from cef_desk.progress import Progress
from cef_desk.queries.reminders import Reminder
from cef_desk.rules.kinds import Channel
from cef_desk.store.desk import Desk


def write_reminder_list(
    desk: Desk, progress: Progress, path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[str, None]:
    """Writes hours, names and how to reach each; gives the name of the file."""
    del desk, progress
    return _written(path, [heads, *rows])


def write_sms_file(
    desk: Desk, progress: Progress, path: Path, found: Sequence[Reminder], text: Callable[[Reminder], str]
) -> tuple[str, None]:
    """Writes number and text for those who are reached by SMS; no name is in it, nor a number that is none."""
    del desk, progress
    rows = [(_number(each.phone), text(each)) for each in found if each.channel is Channel.SMS]
    return _written(path, [("phone", "text"), *(row for row in rows if row[0])])


_FRENCH = re.compile(r"(?:\+33 ?(?:\(0\))?|0033|0) ?([1-9](?:[ .\-]?\d\d){4})(?!\d)", re.ASCII)
_ABROAD = re.compile(r"\+\d(?:[ .\-]?\d){6,13}", re.ASCII)


def _number(phone: str) -> str:
    """The first number that a portal can call, as 0612345678 or with its country; empty when there is none."""
    french = _FRENCH.search(phone)
    if french is not None:
        return "0" + re.sub(r"\D", "", french[1])
    abroad = _ABROAD.search(phone)
    return "" if abroad is None else "+" + re.sub(r"\D", "", abroad[0])


def _written(path: Path, rows: Sequence[Sequence[str]]) -> tuple[str, None]:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if cell.startswith("+") and cell[1:].isdigit() else cell_text(cell) for cell in row])
    write_bytes(path, out.getvalue().encode("utf-8-sig"))
    return path.name, None
