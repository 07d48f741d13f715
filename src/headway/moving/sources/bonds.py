"""How two tickets stand to each other."""

from datetime import datetime

from headway.moving.records import Bond


def bond(ticket: str, other: str, kind: str, at: datetime) -> Bond:
    """It is the same from whichever of the two it is told."""
    return Bond(key=f"{ticket}:{kind}:{other}", ticket=ticket, other=other, kind=kind, at=at)


def related(ticket: str, other: str, at: datetime) -> Bond:
    """The same for two of which neither comes first."""
    first, second = sorted((ticket, other), key=lambda key: (len(key), key))
    return bond(first, second, "related", at)
