"""Finding tickets by what is said in them, newest first until the page is full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from headway.foundation import pages
from headway.foundation.clock import now
from headway.foundation.pages import Page
from headway.people.models import Agent
from headway.settings import queries as settings
from headway.tickets.models import Ticket
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.listing import ListRow, listing, moment, rows_of, with_tags
from headway.tickets.queries.tsquery import TsQuery, tsquery
from headway.tickets.queries.typed import resolved
from headway.tickets.queries.visibility import visible_to
from headway.tickets.rules.searching import terms

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CENTURY = datetime(2000, 1, 1, tzinfo=UTC)

# How many matching entries are looked at for each ticket still wanted: a long ticket matches many times.
_PER_TICKET = 4

# How many of the newest entries are read before the index is asked.
_PROBE = 500


@dataclass(frozen=True, slots=True)
class Found(Page[ListRow]):
    """A page of a search: with the words it looked for, when each ticket's newest match was written, and what the
    reader should know about filters that mean nothing."""

    words: str = ""
    matched: dict[int, datetime] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    typing: bool = False


def search(
    agent: Agent,
    text: str,
    chosen: Filter | None = None,
    *,
    typing: bool = False,
    order: str = "active",
    cursor: str | None = None,
    limit: int = 50,
) -> Found:
    """The tickets that fit the typed filters and in which one message or note (with the ticket's subject and the names
    of its files) holds every other term of `text`. `typing`: the last word may still go on.

    Ordered by their newest match; filters alone by `order`, as a list. An empty search finds nothing.
    Costs what a page costs: the months are searched from the newest on, each span twice as long as the one before,
    until the page is full.
    """
    wanted = resolved(agent, text, chosen or Filter())
    if wanted.filter is None:
        return Found([], None, notes=wanted.notes)
    query = tsquery(terms(wanted.words, typing=typing), settings.current().search_languages)
    if query is None:
        if not wanted.narrowed or wanted.words:
            return Found([], None, notes=wanted.notes)
        page = listing(agent, wanted.filter, order=order, cursor=cursor, limit=limit)
        return Found(page.rows, page.next, notes=wanted.notes)
    before, last = now() + timedelta(days=1), None
    if cursor:
        micros, last = pages.decode(cursor, (int, int))
        before = moment(micros)
    allowed = wanted.filter.apply(visible_to(agent))
    found = _newest(query, allowed, before, last, limit + 1)
    after = None
    if len(found) > limit:
        row, at = found[limit - 1]
        after = pages.encode((at - _EPOCH) // timedelta(microseconds=1), row.id)
    rows = [row for row, _at in found[:limit]]
    with_tags(rows)
    return Found(rows, after, wanted.words, {row.id: at for row, at in found[:limit]}, wanted.notes, typing)


def _newest(
    query: TsQuery, allowed: QuerySet[Ticket], before: datetime, last: int | None, limit: int
) -> list[tuple[ListRow, datetime]]:
    """Tickets with the time of their newest match, newest first, at most `limit`, without tags."""
    found: dict[int, tuple[ListRow, datetime]] = {}
    seen: set[int] = set()

    def take(rows: Sequence[tuple[int, datetime]]) -> None:
        fresh = {ticket: at for ticket, at in reversed(rows) if ticket not in seen}
        seen.update(fresh)
        if last is not None and fresh:
            fresh = _not_shown(cursor, query, fresh, before, last)
        if fresh:
            permitted = {row.id: row for row in rows_of(allowed.filter(pk__in=list(fresh)))}
            newest = sorted(fresh, key=lambda ticket: (fresh[ticket], ticket), reverse=True)
            found.update((ticket, (permitted[ticket], fresh[ticket])) for ticket in newest if ticket in permitted)

    with connection.cursor() as cursor:
        take(_probe(cursor, query, before))
        if len(found) < limit:
            found.clear()
            seen.clear()
            for start, end in _spans(before, _oldest(cursor)):
                upper, wanted = end, limit * _PER_TICKET
                while len(found) < limit:
                    rows = _matches(cursor, query, start, upper, wanted)
                    take(rows)
                    if len(rows) < wanted:
                        break
                    upper, wanted = rows[-1][1], wanted * 2
                if len(found) >= limit:
                    break
    return list(found.values())[:limit]


def _probe(cursor: Any, query: TsQuery, before: datetime) -> list[tuple[int, datetime]]:
    """Matches among the newest entries, read one by one: a word that stands everywhere fills the page from them."""
    cursor.execute(
        "SELECT ticket_id, at FROM (SELECT ticket_id, at, vector FROM tickets_searchentry WHERE at <= %s "
        f"ORDER BY at DESC LIMIT {_PROBE}) newest WHERE vector @@ ({query.sql}) ORDER BY at DESC",
        [before, *query.parameters],
    )
    return list(cursor.fetchall())


def _matches(cursor: Any, query: TsQuery, start: datetime, end: datetime, most: int) -> list[tuple[int, datetime]]:
    """The newest matches of a span, by the index. Materialised, or the planner takes a rare word for a common one and
    reads the whole span backwards."""
    cursor.execute(
        "WITH found AS MATERIALIZED (SELECT ticket_id, at FROM tickets_searchentry "
        f"WHERE at >= %s AND at <= %s AND vector @@ ({query.sql})) "
        "SELECT ticket_id, at FROM found ORDER BY at DESC LIMIT %s",
        [start, end, *query.parameters, most],
    )
    return list(cursor.fetchall())


def _not_shown(
    cursor: Any, query: TsQuery, fresh: dict[int, datetime], before: datetime, after_ticket: int
) -> dict[int, datetime]:
    """Without tickets that an earlier page showed: those with a match newer than the cursor's."""
    cursor.execute(
        "SELECT DISTINCT ticket_id FROM tickets_searchentry WHERE ticket_id = ANY(%s) AND "
        f"(at > %s OR (at = %s AND ticket_id >= %s)) AND vector @@ ({query.sql})",
        [list(fresh), before, before, after_ticket, *query.parameters],
    )
    shown = {row[0] for row in cursor.fetchall()}
    return {ticket: at for ticket, at in fresh.items() if ticket not in shown}


def _spans(before: datetime, oldest: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans from `before` back to `oldest`, at month borders, each about twice as long as the one before."""
    end, months = before, 1
    start = before.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while True:
        yield (start, end) if start > oldest else (_EPOCH - timedelta(days=365 * 60), end)
        if start <= oldest:
            return
        end = start
        index = start.year * 12 + start.month - 1 - months
        start = start.replace(year=index // 12, month=index % 12 + 1)
        months *= 2


def _oldest(cursor: Any) -> datetime:
    """The beginning of the oldest month with entries, from the names of the partitions: no table is read."""
    cursor.execute(
        "SELECT min(right(c.relname, 7)) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
        "WHERE i.inhparent = 'tickets_searchentry'::regclass AND c.relname LIKE 'tickets\\_searchentry\\_2%%'"
    )
    name = cursor.fetchone()[0]
    if name is None:
        return now()
    year, month = (int(part) for part in name.split("_"))
    return max(_CENTURY, datetime(year, month, 1, tzinfo=UTC))
