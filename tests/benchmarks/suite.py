"""The benchmarks of shared quality: every baseline beside its workload in the same run, the ratio of medians told.

Run by `dev.py bench [FOLDER]`; the bases are made once in the folder and kept.
"""

import io
import sys
from datetime import date
from functools import partial
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from cef_desk.exchange.demo import write_demo, write_load
from cef_desk.i18n import set_language
from cef_desk.queries.month import MonthSheet, month_sheet
from cef_desk.reports.month_sheet import month_sheet_pdf
from cef_desk.reports.parts import BOLD, REGULAR, register_fonts
from cef_desk.rules.period import Period
from cef_desk.store.desk import Desk
from tests.benchmarks.day import day_results
from tests.benchmarks.hand_sql import month_by_hand
from tests.benchmarks.measuring import TURNS, Result, alternated
from tests.benchmarks.window import list_results, process_results

OPENING, TODAY, MONTH = date(2005, 3, 1), date(2008, 1, 31), Period.month(2006, 11)
SIZES = {"unit": 0, "1 000": 1_000, "département": 100_000}


def base(folder: Path, name: str, people: int) -> Path:
    """A base of one size, made once."""
    path = folder / f"bench-{name.replace(' ', '')}.cefdesk"
    if not path.exists():
        (write_load(path, people) if people else write_demo(path)).close()
    return path


def same_figures(desk: Desk, path: Path) -> None:
    """The baseline counts the same numbers: else it measures something else."""
    by_hand = month_by_hand(path, MONTH, OPENING)
    groups = {name: dict(by_hand["groups", name][0]) for name in ("month", "year", "opening", "last_year")}
    for line in desk.see(month_sheet, MONTH, TODAY).lines:
        for name in ("month", "year", "opening", "last_year"):
            cell = getattr(line, name)
            if cell is not None and (line.code, name) in by_hand:
                assert by_hand[line.code, name] == (cell.numerator, cell.denominator), (line.code, name)
            block, _dot, group = line.code.partition(".")
            if cell is not None and block == "CONTRACTS" and group not in {"", "OTHER"}:
                assert groups[name].get(group, 0) == cell.numerator, (line.code, name)


def drawn_by_hand(sheet: MonthSheet) -> bytes:
    """The same words and as many bars and lines, straight on a canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for row, line in enumerate(sheet.lines):
        y = 780 - row * 12
        for x, font, text in (
            (42, BOLD, line.block), (100, REGULAR, line.label),
            *((240 + 80 * place, REGULAR, f"{cell.numerator} ({cell.denominator})")
              for place, cell in enumerate((line.month, line.year, line.opening, line.last_year)) if cell),
            (520, REGULAR, "+12"),
        ):  # fmt: skip
            canvas.setFont(font, 7.5)
            canvas.drawString(x, y, text)
    for place, point in enumerate(sheet.chart):
        canvas.setFont(REGULAR, 6.6)
        canvas.rect(42 + place * 18, 130, 13, point.contracts, fill=1)
        for word in (str(point.contracts), str(point.month.month), str(point.month.year)):
            canvas.drawString(42 + place * 18, 120, word)
        canvas.line(320 + place * 15, 140, 335 + place * 15, 150)
        canvas.circle(320 + place * 15, 140, 2)
        canvas.rect(320 + place * 15, 160, 3, 3)
    for row in range(10):
        canvas.setFont(REGULAR, 6.2)
        canvas.drawString(42, 90 - row * 8, "mot " * 40)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def results(folder: Path) -> list[Result]:
    """Every benchmark at every size."""
    found = []
    for size, people in SIZES.items():
        path = base(folder, size, people)
        desk = Desk.open(path, str)
        same_figures(desk, path)
        turns = TURNS if people < 10_000 else 3
        counted, by_hand = partial(desk.see, month_sheet, MONTH, TODAY), partial(month_by_hand, path, MONTH, OPENING)
        found.append(Result("month_sheet", size, *alternated(counted, by_hand, turns), 1.3))
        sheet = desk.see(month_sheet, MONTH, TODAY)
        register_fonts()
        printed, drawn = partial(month_sheet_pdf, sheet), partial(drawn_by_hand, sheet)
        found.append(Result("sheet_pdf", size, *alternated(printed, drawn, TURNS), 2.6))
        desk.close()
        if people:
            found += [*day_results(path, size), *list_results(path, size), *process_results(path, size)]
    return found


def main() -> int:
    """Prints the table and ends with 1 when a target is missed."""
    set_language("fr")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "bench-bases")
    folder.mkdir(exist_ok=True)
    found = results(folder)
    print(f"{'name':<16}{'size':<14}{'ours':>10}{'baseline':>10}{'ratio':>8}{'target':>8}  held")
    for item in found:
        ratio = item.ours / item.baseline
        print(f"{item.name:<16}{item.size:<14}{item.ours:>10.1f}{item.baseline:>10.1f}{ratio:>8.2f}"
              f"{item.target:>8.2f}  {'yes' if item.held else 'NO'}")  # fmt: skip
    for name in dict.fromkeys(item.name for item in found):
        small, large = (
            next(i for i in found if i.name == name and i.size == size) for size in ("1 000", "département")
        )
        print(f"{name}: from 1 000 to 100 000 people x{large.ours / small.ours:.1f} (baseline "
              f"x{large.baseline / small.baseline:.1f})")  # fmt: skip
    return 0 if all(item.held for item in found) else 1


if __name__ == "__main__":
    sys.exit(main())
