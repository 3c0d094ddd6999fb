"""What a harness found."""

from dataclasses import dataclass, field


@dataclass
class Found:
    """One row of the table: what was tried how often, and every promise that was broken."""

    name: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    detail: str = ""

    def breach(self, words: str) -> None:
        """A promise was broken."""
        self.broken.append(words)
