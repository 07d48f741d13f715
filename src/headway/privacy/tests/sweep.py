"""Looking for a word in everything that is kept: every text of every table, every file."""

from collections.abc import Iterable

from django.db import connection

from headway.foundation import files

_COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
  ON t.table_name = c.table_name AND t.table_schema = c.table_schema
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'tsvector', 'bytea', 'USER-DEFINED')
"""


def found_in_tables(words: Iterable[str]) -> list[str]:
    """`table.column: word` wherever one of the words stands, whatever its case."""
    hits = []
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s OR "{column}"::text ILIKE %s',
                    [f"%{word}%", f"%{word.encode().hex()}%"],
                )
                if cursor.fetchone()[0]:
                    hits.append(f"{table}.{column}: {word}")
    return hits


def found_in_files(words: Iterable[str]) -> list[str]:
    """The same for the file store: attachments, raw mails, archives."""
    return [
        f"{sha256}: {word}"
        for sha256 in files.hashes()
        for word in words
        if word.lower().encode() in files.read(sha256).lower()
    ]
