"""Whether a team is understaffed or absorbs work that need not exist. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf
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
FULL_TIME: Final = 160.0  # paid hours in a month
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
    grows, busy = _grows(evidence), evidence.occupancy is not None and evidence.occupancy >= BUSY
    unseen = grows and not busy and _shown(evidence) < SHOWN
    if low >= MUCH:
        return Judgement(Verdict.PREVENTABLE, "much_strained" if grows or busy else "much")
    if unseen:
        return Judgement(Verdict.CANNOT_TELL, "unseen")
    if evidence.occupancy is None and evidence.growth_share is None:
        return Judgement(Verdict.CANNOT_TELL, "no_capacity")
    strained = grows or busy
    if strained and high < MUCH:
        return Judgement(Verdict.UNDERSTAFFED, "little")
    if strained:
        return Judgement(Verdict.CANNOT_TELL, "both")
    return Judgement(Verdict.PREVENTABLE, "calm") if low >= LITTLE else Judgement(Verdict.CANNOT_TELL, "calm_little")


def _grows(evidence: Evidence) -> bool:
    """Whether the pile grows, by more than weeks that only go up and down would show."""
    return (evidence.growth_share or 0.0) >= max(GROWING, 2 * evidence.growth_error)


def _shown(evidence: Evidence) -> float:
    """How many hours of each person's month the work takes, as far as the source shows; endless where nothing tells."""
    if evidence.occupancy is not None:
        return evidence.occupancy * FULL_TIME
    return inf if evidence.hours_each is None else evidence.hours_each
