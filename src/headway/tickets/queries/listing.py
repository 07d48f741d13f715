"""Lists of tickets as plain rows, and their counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import Invalid
from headway.foundation.pages import Page
from headway.foundation.rows import fetch_sql
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.models.ticket import WAITS
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.visibility import visible_to

COLUMNS = (
    "id",
    "subject",
    "snippet",
    "status_id",
    "status__name",
    "category",
    "priority",
    "channel",
    "language",
    "type_id",
    "team_id",
    "team__name",
    "assignee_id",
    "assignee__name",
    "customer_id",
    "customer__name",
    "brand_id",
    "organisation_id",
    "version",
    "created_at",
    "updated_at",
    "active_at",
    "waiting_since",
    "snoozed_until",
    "returned",
    "first_replied_at",
    "solved_at",
    "suspected_at",
    "merged_into_id",
    "is_sample",
)


@dataclass(slots=True)
class ListRow:
    """A ticket as a list shows it. Times are aware, in UTC."""

    id: int
    subject: str
    snippet: str
    status_id: int
    status: str
    category: str
    priority: int
    channel: str
    language: str
    type_id: int | None
    team_id: int | None
    team: str | None
    assignee_id: int | None
    assignee: str | None
    customer_id: int | None
    customer: str | None
    brand_id: int | None
    organisation_id: int | None
    version: int
    created_at: datetime
    updated_at: datetime
    active_at: datetime
    waiting_since: datetime | None
    snoozed_until: datetime | None
    returned: str
    first_replied_at: datetime | None
    solved_at: datetime | None
    suspected_at: datetime | None
    merged_into_id: int | None
    is_sample: bool
    tags: list[str] = field(default_factory=list)


_TAGS = """
SELECT tagging.ticket_id, tag.name FROM tickets_tagging tagging JOIN tickets_tag tag ON tag.id = tagging.tag_id
WHERE tagging.ticket_id = ANY(%s) ORDER BY tag.name
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def listing(
    agent: Agent, chosen: Filter, *, order: str = "active", cursor: str | None = None, limit: int = 50
) -> Page[ListRow]:
    """A page of the chosen tickets. Two queries: the rows with their names, and their tags.

    Ordered by the latest activity, or: `waiting` the customer who waits longest first, `created` the newest number,
    `oldest` the oldest number, `priority` the most urgent and in it the latest activity, `due` whose response is due
    soonest, then those on which nothing is.
    """
    columns = _ORDERS[order]
    tickets: QuerySet[Any] = chosen.apply(visible_to(agent))
    if order == "waiting":
        tickets = tickets.annotate(waits=WAITS)
    elif order == "due":
        tickets = tickets.annotate(waits=Coalesce(_elsewhere["due"](), Value(_NEVER)))
    if cursor:
        tickets = tickets.filter(_after(columns, pages.decode(cursor, (int,) * len(columns))))
    rows = rows_of(tickets.order_by(*columns)[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    with_tags(rows)
    if not more:
        return Page(rows, None)
    waits = tickets.filter(pk=rows[-1].id).values_list("waits", flat=True)[0] if "waits" in columns else _NEVER
    return Page(rows, pages.encode(*(_position(rows[-1], column, waits) for column in columns)))


def sorted_elsewhere(order: str, moment_of: Callable[[], Any]) -> None:
    """Has tickets sorted by a moment that a higher package knows: an expression on tickets, None for never."""
    _elsewhere[order] = moment_of


_elsewhere: dict[str, Callable[[], Any]] = {}
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # as WAITS has it
_ORDERS = {
    "active": ("-active_at", "-pk"),
    "waiting": ("waits", "-pk"),
    "created": ("-pk",),
    "oldest": ("pk",),
    "due": ("waits", "-pk"),
    "priority": ("-priority", "-active_at", "-pk"),
}


def _position(row: ListRow, column: str, waits: datetime) -> int:
    match column.lstrip("-"):
        case "pk":
            return row.id
        case "priority":
            return row.priority
        case "waits":
            return (waits - _EPOCH) // _MICROSECOND
    return (row.active_at - _EPOCH) // _MICROSECOND


def _after(columns: Sequence[str], position: Sequence[int]) -> Q:
    """What comes after a position in an order: beyond in the first column, or equal in it and beyond in the next."""
    beyond, equal = Q(), Q()
    for column, number in zip(columns, position, strict=True):
        name = column.lstrip("-")
        value: Any = moment(number) if name in ("active_at", "waits") else number
        beyond |= equal & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    first = columns[0].lstrip("-")
    start: Any = moment(position[0]) if first in ("active_at", "waits") else position[0]
    # said once more in a form that an index begins at
    return beyond & Q(**{f"{first}__{'lte' if columns[0].startswith('-') else 'gte'}": start})


def rows_of(tickets: QuerySet[Ticket]) -> list[ListRow]:
    """The tickets as plain rows in their order, without tags. One query."""
    try:
        chosen, parameters = tickets.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    placed = f"(SELECT id, row_number() OVER () AS place FROM ({chosen}) AS chosen(id)) AS placed"
    statement = f'{_rows_sql()} JOIN {placed} ON placed.id = "tickets_ticket"."id" ORDER BY placed.place'
    return [ListRow(*values) for values in fetch_sql(statement, parameters)]


@lru_cache(maxsize=1)
def _rows_sql() -> str:
    """What a row is made of, up to its condition. Put together once: Django takes longer for it than the database."""
    sql, _parameters = Ticket.objects.filter(pk=0).values_list(*COLUMNS).query.sql_with_params()
    return sql.partition(" WHERE ")[0]


def with_tags(rows: Sequence[ListRow]) -> None:
    """Fills in the tags of the rows, in one query."""
    by_id = {row.id: row for row in rows}
    if by_id:
        for ticket_id, name in fetch_sql(_TAGS, [list(by_id)]):
            by_id[ticket_id].tags.append(name)


def tally(agent: Agent, filters: dict[str, Filter], *, most: int = 1000) -> dict[str, int]:
    """How many tickets each filter chooses, counted up to `most` + 1, so that a count never costs more than a page.

    One query for all of them: the desk asks for its views' counts with every page.
    """
    counted, found = [], dict.fromkeys(filters, 0)
    parameters: list[Any] = []
    for name, chosen in filters.items():
        try:
            sql, own = chosen.apply(visible_to(agent)).values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:
            continue  # they see nothing
        counted.append((name, f"(SELECT count(*) FROM ({sql}) AS counted)"))
        parameters += own
    if counted:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(sql for _name, sql in counted), parameters)
            found |= dict(zip((name for name, _sql in counted), cursor.fetchone(), strict=True))
    return found


def moment(micros: int) -> datetime:
    """The instant so many microseconds after 1970. Raises Invalid beyond what a calendar holds."""
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError as error:
        raise Invalid(_("This cursor is not valid. Start again from the first page."), field="cursor") from error
