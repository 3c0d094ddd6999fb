"""What one gesture changed, as it goes up to the pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """`sequence` is the journal step, none when nothing journalled was written; `subjects` are names of tables.

    `about` holds table and key of the rows that changed, as `interaction:12`, when they are few.
    """

    label: str
    subjects: frozenset[str]
    sequence: int | None = None
    about: tuple[str, ...] = ()
