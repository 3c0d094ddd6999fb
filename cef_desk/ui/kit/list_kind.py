"""What a list page is told of its subject."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cef_desk.queries.listing import Condition, Offered
from cef_desk.queries.selection import Selection
from cef_desk.rules.kinds import Subject
from cef_desk.ui.kit.chips import Chip
from cef_desk.ui.kit.columns import Column


@dataclass(frozen=True)
class View:
    """A view to choose: `base` is what it always asks, `extra` the filters it begins with."""

    code: str
    label: str
    base: frozenset[Condition] = frozenset()
    extra: frozenset[Condition] = frozenset()


@dataclass(frozen=True)
class ListKind:
    """What a list is of.

    `subject` is the table of its keys. `selection` makes the list of filters, order and direction; `offered` and
    `counted` are queries; `words` tells how many there are; `nothing` what to say of an empty base. The last of
    `views` holds everything.
    """

    name: str
    subject: Subject
    title: str
    columns: Sequence[Column]
    orders: type[StrEnum]
    selection: Callable[..., Selection[Any]]
    offered: Callable[..., list[Offered]]
    counted: Callable[..., dict[Condition, int]]
    words: Callable[[int], str]
    nothing: str
    views: Sequence[View]
    chips: Sequence[Chip]
    card_words: str
    late: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class SelectedRows:
    """Rows chosen together: their keys, none when it is all that the selection holds."""

    selection: Selection[Any]
    keys: tuple[int, ...] | None


@dataclass(frozen=True)
class ListToExport:
    """What is shown, to be written: the selection, which of its rows (all when none), and what narrows it in words.

    `masked` when what is private was hidden as it was asked.
    """

    title: str
    selection: Selection[Any]
    keys: tuple[int, ...] | None
    columns: tuple[Column, ...]
    about: tuple[str, ...]
    masked: bool
