"""What a list is asked with: who asks and on which day, what was typed, the conditions chosen."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from cef_desk.model.lists import ListEntry
from cef_desk.rules.kinds import ListName


@dataclass(frozen=True, order=True)
class Condition:
    """One condition of a list; those of one code are alternatives, those of different codes all hold."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Offered:
    """A condition that a list can be narrowed by: `kind` is a message id, `label` a word of the data or none."""

    condition: Condition
    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class ListFilters:
    """`counsellor_id` is who asks; `today` settles what is running or past."""

    today: date
    counsellor_id: int
    typed: str = ""
    conditions: frozenset[Condition] = frozenset()

    def with_condition(self, condition: Condition) -> "ListFilters":
        """The same question with one more condition."""
        return replace(self, conditions=self.conditions | {condition})


Builder = Callable[[str, ListFilters], ColumnElement[bool]]


def clauses(filters: ListFilters, builders: Mapping[str, Builder]) -> list[ColumnElement[bool]]:
    """The conditions as SQL; one that this list does not know is passed over."""
    by_code: defaultdict[str, list[ColumnElement[bool]]] = defaultdict(list)
    for condition in sorted(filters.conditions):
        if condition.code in builders:
            by_code[condition.code].append(builders[condition.code](condition.value, filters))
    return [or_(*alternatives) for alternatives in by_code.values()]


def days_of(value: str) -> int:
    """The number of days of a condition; 0 when it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("10000") else 0


def offered_values(
    session: Session, code: str, kind: str, asked: Select[Any], name: ListName | None = None
) -> list[Offered]:
    """The values that `asked` gives with their number, most frequent first, in the words of their list."""
    entries = select(ListEntry.code, ListEntry.label).where(ListEntry.list_name == name)
    labels = {row.code: row.label for row in session.execute(entries)} if name is not None else {}
    found: list[tuple[str, int]] = [(row[0], row[1]) for row in session.execute(asked) if row[0]]
    found.sort(key=lambda item: (-item[1], item[0]))
    return [Offered(Condition(code, value), kind, labels.get(value, value), number) for value, number in found]
