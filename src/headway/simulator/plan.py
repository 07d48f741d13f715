"""What a history shall be: how long, how busy, by how many answered, in which languages, by which seed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from headway.simulator import company, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Parameters of a history. The same parameters tell the same history, to the letter."""

    end: datetime
    days: int = 90
    tickets_per_day: float = 24.0
    agents: int = 9
    seed: int = 1
    languages: tuple[str, ...] = tuple(company.LANGUAGES)
    # customers who write for the first time, among all who write
    newcomers: float = 0.34
    # how often each topic comes, of all tickets
    topics: Mapping[str, float] = field(default_factory=lambda: texts.shares(), init=False, compare=False)

    def __post_init__(self) -> None:
        if self.end.tzinfo is None:
            raise ValueError("the end of a history must carry its zone")
        if self.days < 1 or self.tickets_per_day <= 0 or self.agents < 1:
            raise ValueError("a history needs a day, a ticket and somebody who answers")
        unknown = set(self.languages) - set(company.LANGUAGES)
        if unknown or not self.languages:
            raise ValueError(f"no texts are written in {', '.join(sorted(unknown)) or 'no language'}")

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return self.end - timedelta(days=self.days)
