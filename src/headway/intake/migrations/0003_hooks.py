from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_mailboxes")]

    operations = [
        # never filled: the key of a delivery is what a repeated call is recognised by
        migrations.DeleteModel(name="HookCall"),
        migrations.AddField(
            model_name="hook",
            name="confirmation",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
    ]
