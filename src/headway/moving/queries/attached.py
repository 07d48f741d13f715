"""Which files of a source's comments are here: counted from the desk's own rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from headway.foundation.rows import fetch_sql
from headway.moving.records import Attached, Comment
from headway.moving.staging import Staging
from headway.tickets.actions.files import named

_CHUNK: Final = 2000
_NAMES: Final = """
SELECT e.source_key, f.name FROM events_entry e
LEFT JOIN LATERAL (
  SELECT name FROM tickets_messagefile WHERE message_id = (e.data ->> 'message_id')::bigint
  UNION ALL SELECT name FROM tickets_notefile WHERE note_id = (e.data ->> 'note_id')::bigint
) f ON true
WHERE e.source_key = ANY(%s)
"""


def attached(staging: Staging, system: str) -> Iterator[tuple[Comment, Attached, bool | None]]:
    """Every file of every comment, and whether it is here; None where its comment is not."""
    part: list[Comment] = []
    for one in staging.all(Comment) if staging.attached else ():
        if one.files:
            part.append(one)
        if len(part) == _CHUNK:
            yield from _of(part, system)
            part = []
    if part:
        yield from _of(part, system)


def _of(comments: Sequence[Comment], system: str) -> Iterator[tuple[Comment, Attached, bool | None]]:
    here: dict[str, Counter[str]] = {}
    for key, name in fetch_sql(_NAMES, [[f"{system}:c{one.key}" for one in comments]]):
        here.setdefault(key, Counter())[name or ""] += 1
    for one in comments:
        found = here.get(f"{system}:c{one.key}")
        for file in one.files:
            name = named(file.name)
            if found is None:
                yield one, file, None
                continue
            yield one, file, found[name] > 0
            found[name] -= 1
