"""By which ways mails came lately, and how many have not been read yet."""

from datetime import datetime

from headway.foundation.rows import fetch_sql

_LATELY = """
SELECT split_part(source, ':', 1), max(stored_at) FROM (
  SELECT source, stored_at FROM intake_rawmail ORDER BY id DESC LIMIT 5000
) AS latest GROUP BY 1
"""
_UNREAD = """
SELECT count(*) FROM (
  SELECT 1 FROM intake_rawmail WHERE state = 'stored' LIMIT 10000
) AS waiting
"""


def latest() -> dict[str, datetime]:
    """When the latest mail came by each kind of way ("pipe", "mailbox", …), among the last 5,000. One query."""
    return {str(kind): at for kind, at in fetch_sql(_LATELY, [])}


def unread() -> int:
    """How many mails are stored and wait to be read, counted no further than 10,000. One query."""
    return int(fetch_sql(_UNREAD, [])[0][0])
