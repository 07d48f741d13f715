"""Whether a hold counts today. Pure."""

from datetime import date, datetime


def stands(until: date | None, lifted_at: datetime | None, today: date) -> bool:
    """Whether the hold keeps what it covers: up to and with its last day, unless it was lifted."""
    return lifted_at is None and (until is None or until >= today)
