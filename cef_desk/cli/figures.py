"""Commands that count: the monthly sheet, every figure, the rows behind one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cef_desk.arguments import Arguments
from cef_desk.cli.opened import DONE, opened, print_json
from cef_desk.errors import Usage
from cef_desk.i18n import N_, _, number
from cef_desk.rules.kinds import AccessAction

if TYPE_CHECKING:
    from cef_desk.queries.month import MonthSheet
    from cef_desk.rules.period import Period
    from cef_desk.store.desk import Desk


def sheet(arguments: Arguments) -> int:
    """The monthly sheet of the unit or of one counsellor, as PDF, XLSX or JSON by the ending of its name."""
    from cef_desk.exchange.whole_files import write_bytes
    from cef_desk.queries.month import month_sheet
    from cef_desk.queries.sitting import sitting

    options = arguments.options
    output: Path = options.output
    write = _writers().get(output.suffix.lower())
    if write is None:
        raise Usage(N_("Give a name that ends in .pdf, .xlsx or .json."))
    with opened(arguments) as desk:
        today = arguments.today(desk.see(sitting).frozen_today)
        found = desk.see(month_sheet, options.month, today, options.counsellor)
        desk.note(AccessAction.EXPORTED, f"sheet:{options.month.first:%Y-%m}")
    write_bytes(output, write(found))
    print(_("{name} is written.").format(name=output))
    return DONE


def _writers() -> "dict[str, Callable[[MonthSheet], bytes]]":
    def pdf(found: "MonthSheet") -> bytes:
        from cef_desk.reports.month_sheet import month_sheet_pdf

        return month_sheet_pdf(found)

    def xlsx(found: "MonthSheet") -> bytes:
        from cef_desk.exchange.sheet_out import sheet_workbook

        return sheet_workbook(found)

    def as_json(found: "MonthSheet") -> bytes:
        from cef_desk.exchange.sheet_out import sheet_json

        return sheet_json(found)

    return {".pdf": pdf, ".xlsx": xlsx, ".json": as_json}


def figures(arguments: Arguments) -> int:
    """Every figure of a period, or those that a dimension reaches, slice by slice."""
    from cef_desk.exchange.figures_out import figures_as_json, told_figures
    from cef_desk.queries.dimensions import dimension
    from cef_desk.queries.figures import scope_of
    from cef_desk.queries.indicators import all_figures

    options = arguments.options
    by = dimension(options.by) if options.by is not None else None
    with opened(arguments) as desk:
        period = _period(desk, arguments)
        scope = desk.see(scope_of, options.counsellor)
        found = desk.see(all_figures, period, scope, by)
    if options.json:
        print_json(figures_as_json(period, scope, found))
        return DONE
    for line in told_figures(found):
        print(line)
    return DONE


def cases(arguments: Arguments) -> int:
    """The rows behind a figure, as CSV."""
    from cef_desk.exchange.figures_out import write_cases
    from cef_desk.queries.cases import Question
    from cef_desk.queries.cases import cases as rows_of
    from cef_desk.queries.dimensions import dimension
    from cef_desk.queries.figures import scope_of
    from cef_desk.queries.indicators import indicator

    options = arguments.options
    if (options.by is None) is not (options.slice is None):
        raise Usage(N_("--by and --slice go together: the dimension and the value wanted."))
    by = dimension(options.by) if options.by is not None else None
    code = None if options.slice in {None, NOT_KNOWN_CODE} else options.slice
    question = Question(indicator(options.code), options.part, by, code)
    with opened(arguments) as desk:
        period = _period(desk, arguments)
        found = desk.see(rows_of, question, period, desk.see(scope_of, options.counsellor))
        desk.note(AccessAction.EXPORTED, f"cases:{options.code}")
    write_cases(options.output, question, found)
    print(_("{n} rows are written in {name}.").format(n=number(len(found)), name=options.output))
    return DONE


NOT_KNOWN_CODE = "null"
"""What --slice takes for a value that is not known, as the JSON writes it."""


def _period(desk: "Desk", arguments: Arguments) -> "Period":
    """The period asked for; refuses one that ends before the unit opened."""
    from cef_desk.queries.month import opening
    from cef_desk.rules.period import Period

    options = arguments.options
    period = Period.of(options.first, options.last, options.at)
    opened_on = desk.see(opening)
    if opened_on is not None:
        period.refuse_before(opened_on)
    return period
