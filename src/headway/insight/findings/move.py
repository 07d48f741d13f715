"""One thing to do first, with what it is worth, its effort and its risk."""

from dataclasses import dataclass

from headway.insight.findings.context import HOURS_A_PERSON


@dataclass(frozen=True, slots=True)
class Move:
    """One of the three findings of the first page. Hours are capacity freed in a month, as a range.

    `assumes` says which part of the time found is taken to be freed: nobody measured it, so it stands beside the hours.
    `share_low` and `share_high` are the same of all working time.
    `tickets` are ten source ids to check by hand; `finding` names the finding it comes from.
    """

    finding: str
    title: str
    says: str
    first: str
    effort: str
    risk: str
    assumes: str
    hours_low: float
    hours_high: float
    tickets: tuple[str, ...]
    share_low: float = 0.0
    share_high: float = 0.0

    @property
    def fte_low(self) -> float:
        """Full-time equivalents, low end."""
        return self.hours_low / HOURS_A_PERSON

    @property
    def fte_high(self) -> float:
        """Full-time equivalents, high end."""
        return self.hours_high / HOURS_A_PERSON
