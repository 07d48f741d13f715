import django.db.models.deletion
from django.db import migrations, models

_STATES = [
    (name, name.capitalize())
    for name in ("receiving", "checking", "ready", "waiting", "running", "stopped", "done", "failed")
]


class Migration(migrations.Migration):
    dependencies = [
        ("moving", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="run",
            name="dry",
        ),
        migrations.AlterField(
            model_name="run",
            name="state",
            field=models.CharField(choices=_STATES, default="running", max_length=10),
        ),
        migrations.AddField(
            model_name="run",
            name="file_name",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
        migrations.AddField(
            model_name="run",
            name="size",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="address",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="run",
            name="sealed",
            field=models.BinaryField(blank=True, default=b""),
        ),
        migrations.AddField(
            model_name="run",
            name="told",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="run",
            name="part",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="run",
            name="done",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="run",
            name="stop_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offset", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="moving.run",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "offset"), name="piece_once")],
            },
        ),
    ]
