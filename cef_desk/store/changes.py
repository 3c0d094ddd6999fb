"""What one gesture changed, as it goes up to the pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """`sequence` is the journal step, none when nothing journalled was written; `subjects` are names of tables.

    `about` is the table and key of the first row that changed: `interaction:12`.
    """

    label: str
    subjects: frozenset[str]
    sequence: int | None = None
    about: str = ""
