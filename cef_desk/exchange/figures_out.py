"""Figures and their rows as others read them: JSON with stable codes, lines of text, CSV."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from cef_desk.exchange.table_out import cell_text
from cef_desk.exchange.whole_files import written_whole
from cef_desk.i18n import _, number, percent
from cef_desk.queries.cases import Case, Question
from cef_desk.queries.dimensions import DIMENSIONS, Slice
from cef_desk.queries.figures import Figure, Indicator, Scope
from cef_desk.rules.period import Period

_CASE_COLUMNS = (
    "code", "part", "dimension", "slice", "subject", "id", "uid", "day", "counsellor", "pathway_id", "beneficiary_id",
    "company_id", "company",
)  # fmt: skip

Found = Sequence[tuple[Indicator, Figure]]


def figures_as_json(period: Period, scope: Scope, found: Found) -> dict[str, object]:
    """The object of `figures --json`: codes in English, values unrounded."""
    return {
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat(), "at": period.at.isoformat()},
        "scope": scope_as_json(scope),
        "figures": [
            {
                "code": item.code, "subject": indicator.subject, "slice": _slice_as_json(item.slice),
                "definition": _(indicator.definition), "numerator": item.numerator, "denominator": item.denominator,
                "value": item.value, "low_base": item.low_base,
            }
            for indicator, item in found
        ],
    }  # fmt: skip


def scope_as_json(scope: Scope) -> dict[str, object]:
    """The unit, and the counsellor's code or none."""
    return {"unit": scope.unit, "counsellor": scope.counsellor}


def _slice_as_json(part: Slice | None) -> dict[str, object] | None:
    return None if part is None else {"dimension": part.dimension, "code": part.code, "label": label_of(part)}


def label_of(part: Slice) -> str:
    """The words of a slice: its list's, else translated."""
    return _(part.label) if part.code is None or part.dimension == "sex" else part.label


def told_figures(found: Found) -> Iterator[str]:
    """One line a figure, in the user's language."""
    for indicator, item in found:
        words = [f"{item.code:<18}", _(indicator.label)]
        if item.slice is not None:
            words.append(f"[{_(DIMENSIONS[item.slice.dimension].label)} {label_of(item.slice)}]")
        yield " ".join(words) + _("{nbsp}: {value}").format(nbsp="\u00a0", value=told_value(indicator, item))


def told_value(indicator: Indicator, item: Figure) -> str:
    """A count, a number of days, or a rate with its fraction; a dash without base."""
    if item.denominator is None:
        return number(item.numerator or 0)
    whole = number(item.denominator)
    if item.value is None:
        shown = "—"
    elif indicator.measure is not None:
        return _("{days} days (over {whole})").format(days=number(item.value, 1), whole=whole)
    else:
        shown = number(item.value, 2) if indicator.quotient else percent(item.value)
    return _("{value} ({part} of {whole})").format(value=shown, part=number(item.numerator or 0), whole=whole)


def write_cases(path: Path, question: Question, found: Sequence[Case]) -> None:
    """The rows as CSV: references, no name of a person."""
    told = [question.indicator.code, question.part, question.by.code if question.by else "", question.code or ""]
    with written_whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow(_CASE_COLUMNS)
        for case in found:
            about = (
                case.subject, case.id, case.uid, case.day, case.counsellor, case.pathway_id, case.beneficiary_id,
                case.company_id, case.company,
            )  # fmt: skip
            out.writerow([cell_text(value) for value in (*told, *about)])
