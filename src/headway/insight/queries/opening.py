"""The kept lake opened for an audit: its files become the four tables that every source is read into."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from headway.insight.lake.engine import Lake, parquet
from headway.insight.lake.tables import KEPT
from headway.insight.models import LakePart
from headway.insight.places import place
from headway.insight.queries import beginnings, samples
from headway.insight.queries.lake import parts
from headway.insight.rules.narrowing import Narrowing
from headway.insight.rules.people import KINDS, WIDE, person_id
from headway.people.models import Agent, Team
from headway.tickets.models import Tag, Ticket, TicketType

_TICKETS = """
INSERT INTO tickets
SELECT s.ticket_id, CAST(s.ticket_id AS VARCHAR), s.origin, s.channel, coalesce(y.name, g.name), s.priority,
    s.customer_id, NULL, NULL, NULL
FROM kept_tickets AS s
LEFT JOIN words AS y ON y.kind = 'type' AND y.id = s.type_id
LEFT JOIN words AS g ON g.kind = 'tag' AND g.id = s.tag_id
"""
_EVENTS = """
INSERT INTO events
SELECT e.* REPLACE (coalesce(a.says, e.activity) AS activity)
FROM kept_events AS e
JOIN tickets AS t ON t.ticket_id = e.ticket_id
LEFT JOIN kept_undone AS u ON u.event_id = e.event_id
LEFT JOIN activities AS a ON a.activity = e.activity
WHERE u.event_id IS NULL
ORDER BY e.event_id
"""
_CUSTOMERS = f"""
INSERT INTO people
SELECT id, 'customer', CAST((id - {KINDS["customer"]}) / {WIDE} AS VARCHAR), CAST((id - {KINDS["customer"]}) / {WIDE}
    AS VARCHAR), NULL
FROM (
    SELECT customer_id AS id FROM tickets WHERE customer_id IS NOT NULL
    UNION SELECT actor_id FROM events WHERE actor_kind = 'customer' AND actor_id IS NOT NULL
) AS asked
"""


_SAYS = {
    "created": gettext_noop("created"),
    "customer wrote": gettext_noop("customer wrote"),
    "replied": gettext_noop("replied"),
    "answered by itself": gettext_noop("answered by itself"),
    "note": gettext_noop("note"),
    "reopened": gettext_noop("reopened"),
    "solved": gettext_noop("solved"),
    "closed": gettext_noop("closed"),
    "taken": gettext_noop("taken"),
    "assigned": gettext_noop("assigned"),
    "unassigned": gettext_noop("unassigned"),
    "moved to a team": gettext_noop("moved to a team"),
    "open": gettext_noop("back to us"),
    "waiting": gettext_noop("waiting on customer"),
    "hold": gettext_noop("on hold"),
    "subject changed": gettext_noop("subject changed"),
    "priority changed": gettext_noop("priority changed"),
    "type changed": gettext_noop("type changed"),
    "fields filled in": gettext_noop("fields filled in"),
    "tagged": gettext_noop("tagged"),
    "untagged": gettext_noop("untagged"),
    "customer changed": gettext_noop("customer changed"),
    "linked": gettext_noop("linked"),
    "item ticked off": gettext_noop("item ticked off"),
    "split": gettext_noop("split"),
    "merged": gettext_noop("merged"),
    "snoozed": gettext_noop("snoozed"),
    "others asked": gettext_noop("others asked"),
    "written to others": gettext_noop("written to others"),
    "reply planned": gettext_noop("reply planned"),
}
# what a person is said to begin with, beside those above
_SAID = {*_SAYS.values(), gettext_noop("escalated")}


def said(activity: str) -> str:
    """What an activity of an opened lake is called for a reader."""
    return _(activity) if activity in _SAID else activity


def load(lake: Lake, narrowing: Narrowing) -> int:
    """Fills the tables with the tickets the narrowing is about; returns how many there are.

    Raises FileNotFoundError when a file that counts is not there.
    """
    listed = parts()
    for table in KEPT:
        _view(lake, table, [part for part in listed if part.table == table])
    lake.run(
        "CREATE TABLE kept_tickets AS SELECT * FROM (SELECT * FROM all_tickets "
        "QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY as_of DESC) = 1) AS latest "
        f"WHERE {' AND '.join(_conditions(narrowing))}",
        [narrowing.channel] if narrowing.channel else (),
    )
    _fill(lake, "words (kind VARCHAR, id BIGINT, name VARCHAR)", _words())
    _fill(lake, "activities (activity VARCHAR, says VARCHAR)", list(_SAYS.items()))
    for statement in (_TICKETS, _EVENTS, _CUSTOMERS):
        lake.run(statement)
    beginnings.fill(lake)
    _set_samples_apart(lake)
    _fill(lake, "", _people())
    (tickets,) = lake.one("SELECT count(*) FROM tickets")
    return int(tickets)


def _set_samples_apart(lake: Lake) -> None:
    if samples.are_counted():
        return
    made = list(Ticket.objects.filter(is_sample=True).values_list("pk", flat=True))
    if made:
        lake.run(f"UPDATE tickets SET origin = 'test' WHERE ticket_id IN ({_listed(made)})")


def _view(lake: Lake, table: str, some: Sequence[LakePart]) -> None:
    name = "all_tickets" if table == "tickets" else f"kept_{table}"
    if not some:
        columns = ", ".join(f"{column.name} {column.type}" for column in KEPT[table])
        lake.run(f"CREATE TABLE {name} ({columns})")
        return
    files = [place().local(part.name, lake.folder) for part in some]
    lake.run(f"CREATE VIEW {name} AS SELECT * FROM {parquet(files)}")


def _conditions(narrowing: Narrowing) -> Iterable[str]:
    yield f"created_ms >= {int(narrowing.since_ms)} AND created_ms < {int(narrowing.until_ms)}"
    if narrowing.channel:
        yield "channel = ?"
    if narrowing.teams is not None:
        yield f"team_id IN ({_listed(person_id('team', one) for one in narrowing.teams)})"
    if narrowing.brands is not None:
        yield f"brand_id IN ({_listed(narrowing.brands)})"


def _listed(ids: Iterable[int | None]) -> str:
    return ", ".join(str(int(one)) for one in ids if one is not None) or "NULL"


def _words() -> Sequence[tuple[object, ...]]:
    """What categories are called: types, and tags under the name of the one they became."""
    types = TicketType.objects.order_by("pk").values_list("pk", "name")
    tags = Tag.objects.order_by("pk").values_list("pk", "name", "merged_into__name")
    return [("type", pk, name) for pk, name in types] + [("tag", pk, later or name) for pk, name, later in tags]


def _people() -> Sequence[tuple[object, ...]]:
    agents = Agent.objects.order_by("pk").values_list("pk", "name")
    teams = Team.objects.order_by("pk").values_list("pk", "name", "tier")
    return [
        *((person_id("agent", pk), "agent", str(pk), name, None) for pk, name in agents),
        *((person_id("team", pk), "team", str(pk), name, tier) for pk, name, tier in teams),
    ]


def _fill(lake: Lake, made: str, rows: Sequence[Sequence[object]]) -> None:
    if made:
        lake.run(f"CREATE TABLE {made}")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        lake.connection.executemany(f"INSERT INTO {made.partition(' ')[0] or 'people'} VALUES ({marks})", rows)
