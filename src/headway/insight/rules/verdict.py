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

    `growth_share` is what the unresolved that wait for us grow by in a week, of what a week brings in, and
    `growth_error` its standard error. `hours_each` is what the source shows of each person's work in a month, by the
    high estimate. `traced`: what people do leaves more than a trace in the source.
    """

    preventable_low: float | None
    preventable_high: float | None
    growth_share: float | None
    occupancy: float | None
    traced: bool = True
    growth_error: float = 0.0
    hours_each: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and which of the reasons below decided it."""

    verdict: Verdict
    reason: str


BUSY: Final = 0.85  # above it, waiting grows out of proportion
GROWING: Final = 0.03
SHOWN: Final = 40.0  # hours a month: who shows less is not short of time by what the source shows
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
        grows = evidence.growth_share >= max(GROWING, 2 * evidence.growth_error)
        # a pile that grows beside people whose time nobody knows has other causes than too few of them as well
        if not grows or evidence.occupancy is not None or evidence.hours_each is None or evidence.hours_each >= SHOWN:
            signs.append(grows)
    return any(signs) if signs else None
