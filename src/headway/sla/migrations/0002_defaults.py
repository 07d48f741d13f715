from datetime import UTC, datetime
from typing import Any

from django.db import migrations

CALENDAR = {"name": "Office hours", "zone": "UTC", "week": "mon-fri 09:00-17:00"}

# channel, priority (1 low to 4 urgent), minutes to the first and to each next response
TARGETS = [
    ("", None, 240, 480),
    ("", 1, 480, 960),
    ("", 2, 240, 480),
    ("", 3, 120, 240),
    ("", 4, 60, 120),
    ("chat", None, 3, 5),
    ("chat", 3, 2, 5),
    ("chat", 4, 1, 3),
    ("phone", None, 1, 30),
]
NAMES = {None: None, 1: "low", 2: "normal", 3: "high", 4: "urgent"}


def forward(apps: Any, _editor: Any) -> None:
    calendar = apps.get_model("sla", "Calendar").objects.create(**CALENDAR, is_default=True)
    target = apps.get_model("sla", "Target")
    for channel, priority, first, following in TARGETS:
        target.objects.create(channel=channel, priority=priority, first_minutes=first, next_minutes=following)
    key = str(calendar.pk)
    content = {
        "calendars": {key: {"zone": CALENDAR["zone"], "week": CALENDAR["week"], "exceptions": {}}},
        "targets": [
            {
                "channel": channel or None,
                "priority": NAMES[priority],
                "first": first,
                "next": following,
                "calendar": key,
            }
            for channel, priority, first, following in TARGETS
        ],
    }
    # in force from long before any ticket
    apps.get_model("sla", "Edition").objects.create(at=datetime(2000, 1, 1, tzinfo=UTC), content=content)


def backward(apps: Any, _editor: Any) -> None:
    for name in ("Clock", "Edition", "Target", "Calendar"):
        apps.get_model("sla", name).objects.all().delete()


class Migration(migrations.Migration):
    """Office hours and targets, so that a fresh workspace keeps time."""

    dependencies = [("sla", "0001_initial")]

    operations = [migrations.RunPython(forward, backward)]
