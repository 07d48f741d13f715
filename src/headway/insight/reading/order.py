"""Events in the wrong order: they count at the time they carry, and each is said with its row.

Wrong is what comes before its ticket was created, and within one ticket what goes back in time where the file goes
forward. A file that is sorted newest first, or by something else than time, has no such order to be wrong in.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

from headway.insight.lake.engine import Lake
from headway.insight.lake.words import Kind
from headway.insight.reading import problems
from headway.insight.reading.staged import Event, Row
from headway.insight.reading.unpacked import quoted

# How every reason of these begins: it tells them from rows that could not be read.
BEGINS: Final = "out of order: "
_EARLY: Final = f"{BEGINS}it is before its ticket was created; it counts at that time"
_BACK: Final = f"{BEGINS}it is earlier than the row before it of its ticket; it counts at that time"
_SAID: Final = {Kind.RECEIVED, Kind.REPLIED, Kind.NOTE, "message"}
# A word means creation, and a file goes forward, where not more than one in so many says otherwise; of few, in three.
_MOST: Final = 10
_FEW: Final = 30
_LOOSE: Final = 1000  # so seldom may neighbours be none without more than those few being missed
_SORTED: Final = "(ORDER BY row)"
# What an update of Zendesk's is called: the parts of one ticket's story lie in elements of their own.
_UPDATE: Final = "^[0-9]+:[0-9]+$"


def of_document(rows: Iterable[Row]) -> str:
    """What is wrong with the order of one document's events; "" for nothing."""
    events = [row for row in rows if isinstance(row, Event)]
    created = min((one.at_ms for one in events if one.kind == Kind.CREATED), default=None)
    early = [one for one in events if created is not None and one.at_ms < created]
    if early:
        what = ", ".join(dict.fromkeys(one.activity or one.kind for one in early))
        return f"{BEGINS}{what[:80]} before the ticket was created; counted at that time"
    said = [one.at_ms for one in events if one.kind in _SAID]
    steps = [after - before for before, after in pairwise(said)]
    if 0 < sum(step < 0 for step in steps) < sum(step > 0 for step in steps):
        return f"{BEGINS}its messages go back in time; they count in the order of their times"
    return ""


def of_table(lake: Lake, path: Path, first: int) -> None:
    """Keeps the rows of `raw` that are wrong: those that were staged with numbers from `first` on."""
    own = f"(SELECT row - {first} AS row, ticket, at_ms, kind FROM staged_events WHERE row > {first})"
    tickets, begun, early = lake.one(
        f"SELECT count(*), count(created), count(*) FILTER (earliest < created) FROM (SELECT min(at_ms) AS earliest, "
        f"min(at_ms) FILTER (kind = 'created') AS created FROM {own} GROUP BY ticket)"
    )
    if _seldom(early, begun):
        first_of = f"(SELECT ticket, min(at_ms) AS created FROM {own} WHERE kind = 'created' GROUP BY ticket)"
        wrong = f"SELECT e.row FROM {own} AS e JOIN {first_of} AS b ON b.ticket = e.ticket WHERE e.at_ms < b.created"
        problems.keep(lake, path, f"row IN ({wrong})", _EARLY)
    _backwards(lake, path, own, tickets)


def _backwards(lake: Lake, path: Path, own: str, tickets: int) -> None:
    """Neighbours are compared as they lie first, which costs no sorting: most files are by time or by ticket."""
    order = "()"
    moved, falling, changes, rows = _glance(lake, own, order)
    if moved * _LOOSE > rows:  # joined on the way here, and not in the file's order any more
        order = _SORTED
        _moved, falling, changes, rows = _glance(lake, own, order)
    if not falling:
        return
    if changes >= tickets:  # neither by time nor by ticket
        order = "(PARTITION BY ticket ORDER BY row)"
    back = "same AND at_ms < before"
    told = f"SELECT count(*) FILTER ({back}), count(*) FILTER (same AND at_ms <> before) FROM"
    if _seldom(*lake.one(f"{told} {_beside(own, order)}")):
        order = order if order != "()" else _SORTED
        wrong = f"row IN (SELECT row FROM {_beside(own, order)} WHERE {back})"
        said = f"SELECT line FROM problems WHERE file = '{quoted(Path(path.name))}' AND reason = '{_EARLY}'"
        problems.keep(lake, path, f"{wrong} AND row + 1 NOT IN ({said})", _BACK)


def _glance(lake: Lake, own: str, order: str) -> tuple[int, int, int, int]:
    """How often neighbours are not in the file's order, not in that of time, and not of one ticket; of how many."""
    moved, falling, changes, rows = lake.one(
        "SELECT count(*) FILTER (row < row_before), count(*) FILTER (at_ms < before), count(*) FILTER (NOT same), "
        f"count(*) FROM {_beside(own, order)}"
    )
    return int(moved), int(falling), int(changes), int(rows)


def _beside(own: str, order: str) -> str:
    """Each row with the time and the number of the one before it, and whether that is of the same ticket."""
    told = f"lag(at_ms) OVER {order} AS before, lag(row) OVER {order} AS row_before"
    return f"(SELECT row, at_ms, {told}, ticket = lag(ticket) OVER {order} AS same FROM {own})"


def _seldom(wrong: int, of: int) -> bool:
    """Whether some are wrong, and so few that the rest says what is right."""
    return wrong > 0 and (wrong * _MOST <= of or (of < _FEW and wrong * 3 <= of))


def across(lake: Lake) -> None:
    """What lies before its ticket's creation where each update stands alone; before the staged tables are settled."""
    if not lake.rows(f"SELECT 1 FROM staged_events WHERE regexp_matches(key, '{_UPDATE}') LIMIT 1"):
        return
    lake.run(
        "INSERT INTO problems (file, line, reason, excerpt) "
        f"SELECT '', 0, '{BEGINS}ticket ' || e.ticket || ', update ' || split_part(e.key, ':', 1) || "
        "', is before the ticket was created; it counts at that time', '' FROM staged_events AS e "
        "JOIN (SELECT ticket, min(at_ms) AS created FROM staged_events WHERE kind = 'created' GROUP BY ticket) AS b "
        f"ON b.ticket = e.ticket WHERE e.at_ms < b.created AND regexp_matches(e.key, '{_UPDATE}') ORDER BY e.row"
    )
