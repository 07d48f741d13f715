"""What was measured many times, and how it is told."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Measure:
    """One line of the result: `values` in `unit`, and what is aimed at."""

    name: str
    aim: float
    unit: str = "ms"
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def slowest(self) -> float:
        """The 95th percentile."""
        return sorted(self.values)[max(0, round(len(self.values) * 0.95) - 1)]
