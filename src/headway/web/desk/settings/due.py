"""When an answer to a message would be due, before one comes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from headway.foundation import clock
from headway.people.rules import Permission
from headway.sla import previews
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.story import channel_words, priority_words

CHANNELS = ("email", "form", "chat", "phone", "api")
PRIORITIES = ("low", "normal", "high", "urgent")


@desk(Permission.SETTINGS)
def due(request: DeskRequest) -> HttpResponse:
    """When responses are due for `channel`, `priority` and `at`, a local time. A part of the page."""
    return render(request, "desk/settings/_due.jinja", preview(request))


def preview(request: DeskRequest) -> dict[str, object]:
    """What a message that comes at a moment would be due, in the reader's zone; next Friday, 17:50, unless asked."""
    sent = request.GET
    channel = sent.get("channel", "email") if sent.get("channel", "email") in CHANNELS else "email"
    priority = sent.get("priority", "normal") if sent.get("priority", "normal") in PRIORITIES else "normal"
    at = _at(sent.get("at", "")) or _friday(clock.now())
    return {
        "asked": {"channel": channel, "priority": priority, "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")},
        "asked_words": channel_words(channel),
        "at": at,
        "preview": previews.due(channel, priority, at),
        "zone": str(timezone.get_current_timezone()),
        "kinds": [(name, channel_words(name)) for name in CHANNELS],
        "urgencies": [(name, priority_words(name)) for name in PRIORITIES],
    }


def _at(written: str) -> datetime | None:
    try:
        found = parse_datetime(written[:40])
    except ValueError:
        return None
    if found is None:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _friday(now: datetime) -> datetime:
    local = timezone.localtime(now)
    friday = local + timedelta(days=(4 - local.weekday()) % 7)
    return datetime(friday.year, friday.month, friday.day, 17, 50, tzinfo=ZoneInfo(str(local.tzinfo)))
