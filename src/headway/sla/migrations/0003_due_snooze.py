import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sla", "0002_defaults"),
        ("tickets", "0021_checklist"),
    ]

    operations = [
        migrations.CreateModel(
            name="DueSnooze",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
