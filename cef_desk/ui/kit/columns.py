"""What a table shows: a tuple of columns, made by a function so that titles are read in the chosen language."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Column:
    """`text` gives the words of a row; `order` is what clicking the title orders by, none where it cannot.

    `width` is in pixels at 100 %, 0 for the column that takes what is left.
    """

    title: str
    text: Callable[[Any], str]
    width: int
    order: StrEnum | None = None
    muted: bool = True
    strong: bool = False
