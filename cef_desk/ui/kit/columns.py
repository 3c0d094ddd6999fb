"""What a table shows: a tuple of columns, made by a function so that titles are read in the chosen language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A picture before the words of a cell; `tone` danger or warning colours both."""

    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """`text` gives the words of a row; `order` is what clicking the title orders by, none where it cannot.

    `key` names the column where it is remembered; `width` is in pixels at 100 %, 0 for the column that takes what is
    left. `rest` are lighter words after the text, `value` what a spreadsheet gets instead of the words. A `private`
    column is hidden by F12. One that is not `at_first` is added by whoever wants it.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int
    order: StrEnum | None = None
    muted: bool = True
    strong: bool = False
    private: bool = False
    at_first: bool = True
    number: bool = False
    rest: Callable[[Any], str] | None = None
    value: Callable[[Any], date | int | None] | None = None
    mark: Callable[[Any], Mark | None] | None = None

    def whole(self, row: Any) -> str:  # noqa: ANN401  a frozen row of whatever is shown
        """The words with the lighter ones."""
        return f"{self.text(row)} {self.rest(row)}".strip() if self.rest is not None else self.text(row)
