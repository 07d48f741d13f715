import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes for every sorting of the list, and in the place of those that the foreign keys had."""

    dependencies = [
        ("people", "0004_organisation_name"),
        ("tickets", "0016_sides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.brand",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tickets.ticket",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="status",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tickets.status"
            ),
        ),
        migrations.AlterField(
            model_name="ticket",
            name="type",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tickets.tickettype",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    "waiting_since",
                    models.Func(output_field=models.DateTimeField(), template="TIMESTAMPTZ '9999-01-01 00:00:00+00'"),
                ),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                name="ticket_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["-priority", "-active_at", "-id"],
                name="ticket_priority",
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
                fields=["-priority", "-active_at", "-id"],
                name="ticket_urgent",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["status", "-active_at", "-id"],
                name="ticket_status",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["channel", "-active_at", "-id"],
                name="ticket_channel",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["brand", "-active_at", "-id"],
                name="ticket_brand",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("suspected_at__isnull", True)),
                fields=["team", "-active_at", "-id"],
                name="ticket_of_team",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(condition=models.Q(("type__isnull", False)), fields=["type"], name="ticket_type"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("organisation__isnull", False)), fields=["organisation"], name="ticket_organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="ticket_merged"
            ),
        ),
    ]
