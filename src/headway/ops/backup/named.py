"""Which files the database names: every text column called `sha256` or `…_sha256` holds the name of a stored file.

Asked of the database, not of the models: a backup before an upgrade meets the tables of the earlier version.
"""

from collections.abc import Iterator

from django.db import connection

_COLUMNS = """
SELECT format('%I.%I', table_schema, table_name), format('%I', column_name)
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = 'character varying'
    AND column_name ~ '(^|_)sha256$'
ORDER BY 1, 2
"""


def columns() -> list[tuple[str, str]]:
    """Table and column, quoted for SQL, of everything that names a file."""
    with connection.cursor() as cursor:
        # without parameters, so that the percent signs reach the server
        cursor.execute(_COLUMNS)
        return [(table, column) for table, column in cursor.fetchall()]


def hashes() -> Iterator[str]:
    """Every named file once, in order, as this transaction sees the tables."""
    parts = [f"SELECT {column} AS name FROM {table} WHERE {column} <> ''" for table, column in columns()]
    if not parts:
        return
    # a server-side cursor: a large workspace names millions
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT name FROM ({' UNION ALL '.join(parts)}) AS named ORDER BY name")
        while rows := cursor.fetchmany(1000):
            for (name,) in rows:
                yield str(name)
