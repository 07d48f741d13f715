"""Times to choose from, and what a form says of one: always in the reader's zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid


@dataclass(frozen=True, slots=True)
class Choice:
    """A time with its name."""

    words: str
    at: datetime


def choices(now: datetime) -> list[Choice]:
    """The times most people mean."""
    local = timezone.localtime(now)
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return [
        Choice(_("In three hours"), now + timedelta(hours=3)),
        Choice(_("Tomorrow, 9:00"), morning + timedelta(days=1)),
        Choice(_("In three days"), morning + timedelta(days=3)),
        Choice(_("Monday, 9:00"), morning + timedelta(days=7 - local.weekday())),
    ]


def instant(*written: str | None, field: str) -> datetime:
    """The first that says something: an instant, or a day and time in the reader's zone. Raises Invalid."""
    try:
        at = parse_datetime(next(filter(None, written), ""))
        aware = at if at is None or timezone.is_aware(at) else timezone.make_aware(at)
    except (ValueError, OverflowError):
        aware = None
    if aware is None:
        raise Invalid(_("Choose a day and a time."), field=field)
    return aware
