"""What a check found."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How it stands: fine, worth a look, or broken."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One answer: what was looked at, how it stands, in words, and what to do about it."""

    check: str
    state: State
    says: str
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def ok(check: str, says: str) -> Finding:
    """All is well."""
    return Finding(check, State.OK, says)


def warning(check: str, says: str, advice: str) -> Finding:
    """It works, and will not for ever, or not as one may think."""
    return Finding(check, State.WARNING, says, advice)


def problem(check: str, says: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(check, State.PROBLEM, says, advice)
