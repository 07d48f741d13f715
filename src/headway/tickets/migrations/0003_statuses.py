from typing import Any

from django.db import migrations

STATUSES = [
    ("new", "New"),
    ("open", "Open"),
    ("waiting", "Waiting on customer"),
    ("hold", "On hold"),
    ("solved", "Solved"),
    ("closed", "Closed"),
]


def forward(apps: Any, _editor: Any) -> None:
    status = apps.get_model("tickets", "Status")
    for position, (category, name) in enumerate(STATUSES):
        status.objects.create(name=name, category=category, position=position, is_default=True)


def backward(apps: Any, _editor: Any) -> None:
    apps.get_model("tickets", "Status").objects.all().delete()


class Migration(migrations.Migration):
    """One status in each category, so that a fresh workspace works."""

    dependencies = [("tickets", "0002_search")]

    operations = [migrations.RunPython(forward, backward)]
