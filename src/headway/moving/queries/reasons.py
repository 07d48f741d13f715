"""What a run could not take, or not whole: by its reason, and row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from headway.foundation import pages
from headway.foundation.pages import Page
from headway.foundation.rows import fetch_sql
from headway.moving.models import Problem, Run

SHOWN: Final = 50
# of a file of them
COLUMNS: Final = ("kind", "key", "file", "place", "reason", "detail", "lost")
# The numbers of the first few; of what has none its place in the export.
_REASONS: Final = """
SELECT kind, reason, lost, count(*) AS number,
  (array_agg(CASE WHEN key <> '' THEN key WHEN place > 0 THEN file || ', ' || place ELSE file END ORDER BY id))[1:5]
FROM moving_problem WHERE run_id = %s
GROUP BY kind, reason, lost ORDER BY lost DESC, number DESC, kind, reason LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """`count` things of a kind that are not in the desk (`lost`), or not whole. `keys`: the first numbers there."""

    kind: str
    reason: str
    lost: bool
    count: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its number there, and its place in the export (a line, or a number within a list)."""

    id: int
    kind: str
    key: str
    file: str
    place: int
    reason: str
    detail: str
    lost: bool

    @property
    def cells(self) -> tuple[str | int | bool, ...]:
        """What stands in a file's COLUMNS."""
        return (self.kind, self.key, self.file, self.place, self.reason, self.detail, self.lost)


def reasons_of(run: Run, most: int = SHOWN) -> list[Reason]:
    """Why, what is lost first, then what happened most."""
    rows = fetch_sql(_REASONS, [run.pk, most])
    return [Reason(kind, why, lost, number, tuple(filter(None, keys))) for kind, why, lost, number, keys in rows]


def listed(run: Run, *, kind: str = "", reason: str = "", cursor: str | None = None, limit: int = SHOWN) -> Page[Row]:
    """A page of them in the order in which they were found: all, or those of a kind or reason. One query."""
    found = _of(run, kind, reason)
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        found = found.filter(pk__gt=last)
    rows = [_row(one) for one in found[: limit + 1]]
    return Page(rows[:limit], pages.encode(rows[limit - 1].id) if len(rows) > limit else None)


def every(run: Run, *, kind: str = "", reason: str = "") -> Iterator[Row]:
    """All of them, read some at a time."""
    return (_row(one) for one in _of(run, kind, reason).iterator(chunk_size=2000))


def _of(run: Run, kind: str, reason: str) -> QuerySet[Problem]:
    named = {name: value.replace("\x00", "") for name, value in (("kind", kind), ("reason", reason)) if value}
    return run.problems.filter(**named).order_by("pk")


def _row(one: Problem) -> Row:
    return Row(one.pk, one.kind, one.key, one.file, one.place, one.reason, one.detail, one.lost)
