"""What the targets in force would mean for a message, before it comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from headway.sla.queries import editions
from headway.sla.rules.calendars import Calendar, NeverOpen, add_open_time, is_open


@dataclass(frozen=True, slots=True)
class Due:
    """When the first and the next response to a message are due; None where nothing is promised, or never open."""

    first: datetime | None
    next: datetime | None
    zone: str
    is_open: bool


def due(channel: str, priority: str, at: datetime) -> Due | None:
    """What is owed for a message of this channel and priority that comes at this moment; None: no target fits."""
    governed = editions()
    target = governed[-1][1].target(channel, priority) if governed else None
    if target is None:
        return None
    hours = target.calendar
    return Due(_due(hours, at, target.first), _due(hours, at, target.next), hours.zone, is_open(hours, at))


def _due(hours: Calendar, at: datetime, within: timedelta | None) -> datetime | None:
    if within is None:
        return None
    try:
        return add_open_time(hours, at, within)
    except NeverOpen:
        return None
