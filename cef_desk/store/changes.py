"""What one gesture changed, as it goes up to the pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """`sequence` is the journal step, none when nothing journalled was written; `subjects` are names of tables."""

    label: str
    subjects: frozenset[str]
    sequence: int | None = None
