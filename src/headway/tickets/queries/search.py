"""Finding tickets by what is said in them, newest first until the page is full."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from headway.foundation import pages
from headway.foundation.clock import now
from headway.foundation.pages import Page
from headway.people.models import Agent
from headway.settings import queries as settings
from headway.tickets.models import Ticket
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.listing import ListRow, moment, rows_of
from headway.tickets.queries.visibility import visible_to
from headway.tickets.rules.searching import Term, terms

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CENTURY = datetime(2000, 1, 1, tzinfo=UTC)

# How many matching entries are looked at for each ticket still wanted: a long ticket matches many times.
_PER_TICKET = 4


@dataclass(frozen=True, slots=True)
class _Query:
    """A tsquery as SQL with its parameters."""

    sql: str
    parameters: list[Any]


def search(
    agent: Agent, text: str, chosen: Filter | None = None, *, cursor: str | None = None, limit: int = 50
) -> Page[ListRow]:
    """The tickets in which one message or note (with the ticket's subject) holds every term of `text`.

    Ordered by their newest match. An empty search finds nothing. Costs what a page costs: the months are searched from
    the newest on, each span twice as long as the one before, until the page is full.
    """
    query = _query(terms(text), settings.current().search_languages)
    if query is None:
        return Page([], None)
    before, last = now() + timedelta(days=1), 0
    if cursor:
        micros, last = pages.decode(cursor, (int, int))
        before = moment(micros)
    allowed = (chosen or Filter()).apply(visible_to(agent))
    found = _newest(query, allowed, before, after_ticket=last if cursor else None, limit=limit + 1)
    more = len(found) > limit
    found = found[:limit]
    rows = {row.id: row for row in rows_of(Ticket.objects.filter(pk__in=[ticket for ticket, _at in found]))}
    ordered = [rows[ticket] for ticket, _at in found if ticket in rows]
    after = pages.encode((found[-1][1] - _EPOCH) // timedelta(microseconds=1), found[-1][0]) if more else None
    return Page(ordered, after)


def _newest(
    query: _Query, allowed: Any, before: datetime, *, after_ticket: int | None, limit: int
) -> list[tuple[int, datetime]]:
    """Tickets with the time of their newest match, newest first, at most `limit`."""
    found: dict[int, datetime] = {}
    with connection.cursor() as cursor:
        oldest = _oldest(cursor)
        for start, end in _spans(before, oldest):
            upper, wanted = end, (limit - len(found)) * _PER_TICKET
            while len(found) < limit:
                rows = _matches(cursor, query, start, upper, wanted)
                fresh = {ticket: at for ticket, at in reversed(rows) if ticket not in found}
                if after_ticket is not None and fresh:
                    fresh = _not_shown(cursor, query, fresh, before, after_ticket)
                if fresh:
                    permitted = set(allowed.filter(pk__in=list(fresh)).values_list("pk", flat=True))
                    newest = sorted(fresh.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)
                    found |= {ticket: at for ticket, at in newest if ticket in permitted}
                if len(rows) < wanted:
                    break
                upper = rows[-1][1]
                wanted *= 2
            if len(found) >= limit:
                break
    return list(found.items())[:limit]


def _matches(cursor: Any, query: _Query, start: datetime, end: datetime, most: int) -> list[tuple[int, datetime]]:
    cursor.execute(
        f"SELECT ticket_id, at FROM tickets_searchentry WHERE at >= %s AND at <= %s AND vector @@ ({query.sql}) "
        "ORDER BY at DESC LIMIT %s",
        [start, end, *query.parameters, most],
    )
    return list(cursor.fetchall())


def _not_shown(
    cursor: Any, query: _Query, fresh: dict[int, datetime], before: datetime, after_ticket: int
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


def _query(found: list[Term], languages: tuple[str, ...]) -> _Query | None:
    """Every wanted term and none of the unwanted, as one tsquery. None when there is nothing to look for."""
    wanted: list[str] = []
    parameters: list[Any] = []
    for term in found:
        sql, own = _term(term, languages)
        wanted.append(f"!! ({sql})" if term.unwanted else f"({sql})")
        parameters += own
    return _Query(" && ".join(wanted), parameters) if wanted else None


def _term(term: Term, languages: tuple[str, ...]) -> tuple[str, list[Any]]:
    if term.pairs:
        quoted = " & ".join("'" + pair.replace("'", "''") + "'" for pair in term.pairs)
        return "%s::tsquery", [quoted]
    if term.phrase:
        return "phraseto_tsquery('headway_plain', %s)", [term.text]
    if term.prefix:
        # the plain words of the term, the last one open-ended
        return (
            "(SELECT (regexp_replace(plainto_tsquery('headway_plain', %s)::text, '''$', ''':*'))::tsquery)",
            [term.text],
        )
    # as it is written, or by its stem in any of the workspace's languages; a stop word has no stem
    parts = ["plainto_tsquery('headway_plain', %s)"] + ["plainto_tsquery(%s::regconfig, %s)"] * len(languages)
    parameters = [term.text]
    for language in languages:
        parameters += [language, term.text]
    return " || ".join(parts), parameters
