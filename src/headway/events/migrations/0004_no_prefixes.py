from django.db import migrations


class Migration(migrations.Migration):
    """Django gives every unique text a second index, for its beginning; nobody asks for that of an entry's source."""

    dependencies = [("events", "0003_audit")]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS events_entry_source_key_595a371d_like;",
            "CREATE INDEX IF NOT EXISTS events_entry_source_key_595a371d_like "
            "ON events_entry (source_key varchar_pattern_ops);",
        ),
    ]
