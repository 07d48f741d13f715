from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes of the audit log, made beside whoever writes meanwhile."""

    atomic = False

    dependencies = [("events", "0002_append_only")]

    operations = [
        AddIndexConcurrently(
            "entry",
            models.Index(fields=["actor_id", "id"], name="entry_agent", condition=models.Q(("actor_kind", "agent"))),
        ),
        AddIndexConcurrently("entry", BrinIndex(fields=["at"], name="entry_at", autosummarize=True)),
    ]
