from pathlib import Path

from django.db import migrations

FORWARD = Path(__file__).with_name("search.sql").read_text(encoding="utf-8")

BACKWARD = """
DROP FUNCTION headway_words(text, regconfig, text[]);
DROP FUNCTION headway_search_month(timestamptz);
DROP TABLE tickets_searchentry;
DROP TEXT SEARCH CONFIGURATION headway_plain;
"""


class Migration(migrations.Migration):
    """The partitioned table that search looks through."""

    dependencies = [("tickets", "0001_initial"), ("foundation", "0002_extensions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
