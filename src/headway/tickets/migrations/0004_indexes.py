import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes and constraints, apart from their tables so that each file can be read whole."""

    dependencies = [("tickets", "0003_statuses")]

    operations = [
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("ticket", "tag"), name="tagging_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("ticket", "scale"), name="rating_once_a_scale"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["ticket", "at", "id"], name="note_thread"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["ticket", "at", "id"], name="message_thread"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("ticket", "other", "kind"), name="link_once"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("ticket", models.F("other")), _negated=True), name="link_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="tickettype",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("archived_at__isnull", True)),
                name="type_name_once",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["-active_at", "-id"],
                name="ticket_active",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["category", "-active_at", "-id"],
                name="ticket_category",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(
                    ("category__in", ["new", "open", "waiting", "hold"]),
                    ("merged_into__isnull", True),
                    ("suspected_at__isnull", True),
                ),
                fields=["assignee", "-active_at"],
                name="ticket_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(
                    ("category__in", ["new", "open", "waiting", "hold"]),
                    ("merged_into__isnull", True),
                    ("suspected_at__isnull", True),
                ),
                fields=["team", "-active_at"],
                name="ticket_team",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["assignee", "-active_at", "-id"], name="ticket_assignee"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["customer", "-created_at"], name="ticket_customer"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)), fields=["snoozed_until"], name="ticket_snoozed"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("suspected_at__isnull", False)), fields=["-suspected_at"], name="ticket_suspected"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("category__in", ["waiting", "solved"])),
                fields=["category", "updated_at"],
                name="ticket_stale",
            ),
        ),
    ]
