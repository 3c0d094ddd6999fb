"""A workload and its baseline, in turn in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

TURNS = 7


@dataclass(frozen=True)
class Result:
    """One line of the table; medians, of milliseconds or of kilobytes."""

    name: str
    size: str
    ours: float
    baseline: float
    target: float

    @property
    def held(self) -> bool:
        """True when the ratio is within its target."""
        return self.ours / self.baseline <= self.target


def alternated(ours: Callable[[], object], baseline: Callable[[], object], turns: int) -> tuple[float, float]:
    """Medians of both, in turn, after one of each to warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for place, call in enumerate((ours, baseline)):
            started = time.perf_counter()
            call()
            if turn:
                times[place].append(1_000 * (time.perf_counter() - started))
    return median(times[0]), median(times[1])
