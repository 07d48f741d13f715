"""Whether a team is understaffed or absorbs work that need not exist. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What the evidence allows to say."""

    UNDERSTAFFED = "understaffed"
    PREVENTABLE = "preventable"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known. Shares of working time are 0 to 1; `occupancy` is None where paid hours were not entered.

    `growth_share` is what the unresolved grow by in a week, of what a week brings in. `traced`: what people do leaves
    more than a trace in the source.
    """

    preventable_low: float | None
    preventable_high: float | None
    growth_share: float | None
    occupancy: float | None
    traced: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and which of the reasons below decided it."""

    verdict: Verdict
    reason: str


BUSY: Final = 0.85  # above it, waiting grows out of proportion
GROWING: Final = 0.03
MUCH: Final = 0.20
LITTLE: Final = 0.10


def judge(evidence: Evidence) -> Judgement:
    """More preventable work than the shortage is not a shortage; too little evidence is said to be that."""
    low, high = evidence.preventable_low, evidence.preventable_high
    if low is None or high is None:
        return Judgement(Verdict.CANNOT_TELL, "no_work")
    if not evidence.traced:
        return Judgement(Verdict.CANNOT_TELL, "thin")
    strained = _strained(evidence)
    if low >= MUCH:
        return Judgement(Verdict.PREVENTABLE, "much_strained" if strained else "much")
    if strained is None:
        return Judgement(Verdict.CANNOT_TELL, "no_capacity")
    if strained and high < MUCH:
        return Judgement(Verdict.UNDERSTAFFED, "little")
    if strained:
        return Judgement(Verdict.CANNOT_TELL, "both")
    return Judgement(Verdict.PREVENTABLE, "calm") if low >= LITTLE else Judgement(Verdict.CANNOT_TELL, "calm_little")


def _strained(evidence: Evidence) -> bool | None:
    """Whether the team cannot keep up; None when nothing tells."""
    signs = []
    if evidence.occupancy is not None:
        signs.append(evidence.occupancy >= BUSY)
    if evidence.growth_share is not None:
        signs.append(evidence.growth_share >= GROWING)
    return any(signs) if signs else None
