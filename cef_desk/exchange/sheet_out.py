"""The monthly sheet for a spreadsheet or a script: real numbers and days, no formula."""

import io
import json
from datetime import date, datetime

from cef_desk.exchange.figures_out import scope_as_json
from cef_desk.i18n import _, month_name
from cef_desk.queries.figures import Figure
from cef_desk.queries.month import MonthSheet

COLUMNS = ("month", "year", "opening", "last_year")


def sheet_json(sheet: MonthSheet) -> bytes:
    """The object of design/command-line.md, values unrounded."""
    told = {
        "month": f"{sheet.month.first:%Y-%m}",
        "scope": scope_as_json(sheet.scope),
        "today": sheet.today.isoformat(),
        "lines": [
            {"code": line.code, "block": _(line.block), "label": _(line.label)}
            | {name: _cell_as_json(getattr(line, name)) for name in COLUMNS}
            for line in sheet.lines
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _cell_as_json(cell: Figure | None) -> dict[str, object] | None:
    if cell is None:
        return None
    return {"value": cell.value, "numerator": cell.numerator, "denominator": cell.denominator}


def sheet_workbook(sheet: MonthSheet) -> bytes:
    """One page: for each column the value with its numerator and denominator; rates with two decimals."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    midnight = datetime.combine(sheet.today, datetime.min.time())
    book.set_properties({"title": _("Monthly results sheet"), "author": "CEF Desk", "created": midnight})
    page = book.add_worksheet(f"{sheet.month.first:%Y-%m}")
    count, ratio, rate = (book.add_format({"num_format": shape}) for shape in ("#,##0", "#,##0.00", "0.00%"))
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    page.write_string(0, 0, _("Monthly results sheet"), book.add_format({"bold": True, "font_size": 14}))
    about: tuple[tuple[str, str | date], ...] = (
        (_("Unit"), sheet.scope.unit), (_("Counsellor"), sheet.scope.counsellor or _("whole unit")),
        (_("Counted at"), sheet.counted_at), (_("Edited on"), sheet.today),
    )  # fmt: skip
    for row, (name, told) in enumerate(about, 1):
        page.write_string(row, 0, name, bold)
        if isinstance(told, date):
            page.write_datetime(row, 1, datetime.combine(told, datetime.min.time()), day)
        else:
            page.write_string(row, 1, told)
    top = len(about) + 2
    for column, title in enumerate(_heads(sheet)):
        page.write_string(top, column, title, head)
    for row, line in enumerate(sheet.lines, top + 1):
        for column, word in enumerate((line.code, _(line.block), _(line.label))):
            page.write_string(row, column, word)
        for place, name in enumerate(COLUMNS):
            cell: Figure | None = getattr(line, name)
            if cell is None:
                continue
            shape = count if cell.denominator is None else ratio if line.quotient else rate
            for offset, number in enumerate((cell.value, cell.numerator, cell.denominator)):
                if number is not None and (offset == 0 or cell.denominator is not None):
                    page.write_number(row, 3 + 3 * place + offset, number, count if offset else shape)
    page.set_column(0, 0, 24)
    page.set_column(1, 2, 34)
    page.set_column(3, 2 + 3 * len(COLUMNS), 13)
    page.freeze_panes(top + 1, 3)
    page.set_landscape()
    page.fit_to_pages(1, 1)
    book.close()
    return buffer.getvalue()


def _heads(sheet: MonthSheet) -> list[str]:
    month = month_name(sheet.month.first)
    titles = (month, _("Year to date"), _("Since opening"), _("Same month last year"))
    parts = (_("value"), _("numerator"), _("denominator"))
    columns = [_("{column}, {part}").format(column=title, part=part) for title in titles for part in parts]
    return [_("Code"), _("Block"), _("Line"), *columns]
