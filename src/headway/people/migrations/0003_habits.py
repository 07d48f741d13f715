from django.db import migrations, models


class Migration(migrations.Migration):
    """How each person works at the desk."""

    dependencies = [("people", "0002_search")]

    operations = [
        migrations.AddField(model_name="agent", name="habits", field=models.JSONField(blank=True, default=dict))
    ]
