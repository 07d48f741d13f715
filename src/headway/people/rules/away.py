"""Whether somebody is away at a moment. Pure."""

from datetime import datetime


def is_away(since: datetime | None, until: datetime | None, at: datetime) -> bool:
    """Away since then, and not back by then: who named a time is back at it without saying so."""
    return since is not None and (until is None or until > at)
