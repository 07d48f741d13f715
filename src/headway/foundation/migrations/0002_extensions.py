from django.db import migrations


class Migration(migrations.Migration):
    """Extensions that packages above rely on, and the rate limits' table without a log."""

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS unaccent; CREATE EXTENSION IF NOT EXISTS pg_trgm; "
            "CREATE EXTENSION IF NOT EXISTS vector;",
            # extensions may serve others in the same database: going back leaves them
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE foundation_ratewindow SET UNLOGGED;", "ALTER TABLE foundation_ratewindow SET LOGGED;"
        ),
    ]
