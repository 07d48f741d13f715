"""Staged rows become the lake: ids dense integers, persons and teams known by them, texts apart from the rest."""

from dataclasses import dataclass
from typing import Final

from headway.foundation.clock import now
from headway.insight.lake.engine import Lake
from headway.insight.reading import courtesies, order
from headway.insight.reading.port import Progress
from headway.insight.reading.staged import NAMED

DAY_MS: Final = 86_400_000

_TICKETS: Final = """
INSERT INTO tickets
SELECT row_number() OVER (ORDER BY k.first, k.ticket), k.ticket, coalesce(t.origin, 'customer'), t.channel,
       coalesce(t.category, t.tag), t.priority, c.person_id, t.reply, t.resolve, t.reopens
FROM (SELECT ticket, min(row) AS first FROM staged_events GROUP BY ticket) AS k
LEFT JOIN (
    SELECT ticket, arg_max(origin, row) AS origin, arg_max(channel, row) AS channel,
           arg_max(category, row) AS category, arg_max(trim(regexp_split_to_array(tag, '[,;]')[1]), row) AS tag,
           arg_max(priority, row) AS priority, arg_max(customer, row) AS customer,
           arg_max(source_reply_ms, row) AS reply, arg_max(source_resolve_ms, row) AS resolve,
           arg_max(source_reopens, row) AS reopens
    FROM staged_tickets GROUP BY ticket
) AS t ON t.ticket = k.ticket
LEFT JOIN people AS c ON c.kind = 'customer' AND c.source_id = t.customer
"""
_PEOPLE: Final = """
INSERT INTO people
SELECT row_number() OVER (ORDER BY s.first, s.kind, s.id), s.kind, s.id, coalesce(p.name, s.id), p.tier
FROM (
    SELECT kind, id, min(row) AS first FROM (
        SELECT actor_kind AS kind, actor AS id, row FROM staged_events WHERE actor IS NOT NULL
        UNION ALL SELECT 'agent', assignee, row FROM staged_events WHERE assignee IS NOT NULL
        UNION ALL SELECT 'team', team, row FROM staged_events WHERE team IS NOT NULL
        UNION ALL SELECT 'customer', customer, row FROM staged_tickets WHERE customer IS NOT NULL
    ) AS named GROUP BY kind, id
) AS s
LEFT JOIN (SELECT kind, id, arg_max(name, row) AS name, arg_max(tier, row) AS tier FROM staged_people GROUP BY kind, id)
    AS p ON p.kind = s.kind AND p.id = s.id
"""
_EVENTS: Final = """
INSERT INTO events
SELECT e.row, t.ticket_id, e.at_ms, e.kind, coalesce(e.activity, e.kind), e.status, e.actor_kind,
       coalesce(a.person_id, CASE WHEN e.actor_kind = 'customer' THEN t.customer_id END), g.person_id, m.person_id,
       e.length, e.active_ms,
       CASE WHEN e.courtesy = 1 OR (e.kind = 'received' AND e.text IN (SELECT text FROM only_thanks)) THEN 1 ELSE 0 END
FROM staged_events AS e
JOIN tickets AS t ON t.source_id = e.ticket
LEFT JOIN people AS a ON a.kind = e.actor_kind AND a.source_id = e.actor
LEFT JOIN people AS g ON g.kind = 'agent' AND g.source_id = e.assignee
LEFT JOIN people AS m ON m.kind = 'team' AND m.source_id = e.team
"""
_MESSAGES: Final = """
INSERT INTO messages
SELECT e.row, t.ticket_id, e.subject, e.text FROM staged_events AS e JOIN tickets AS t ON t.source_id = e.ticket
WHERE e.text IS NOT NULL OR e.subject IS NOT NULL
"""
# What goes on later, or page by page, tells of the same once more: the last word counts, at the place of the first.
_ONCE: Final = """
CREATE OR REPLACE TABLE staged_events AS
SELECT * EXCLUDE (first, later) REPLACE (first AS row)
FROM (
    SELECT *, min(row) OVER same AS first, row_number() OVER (same ORDER BY row DESC) AS later
    FROM staged_events WHERE key IS NOT NULL WINDOW same AS (PARTITION BY ticket, key)
) AS keyed
WHERE later = 1
UNION ALL SELECT * FROM staged_events WHERE key IS NULL
"""
# Who is who, where another file told; and what stands in only where nothing else is known.
_KNOWN: Final = """
CREATE OR REPLACE TABLE staged_events AS
SELECT k.* REPLACE (
    CASE WHEN k.kind <> 'message' THEN k.kind WHEN k.actor_kind = 'customer' THEN 'received' ELSE 'replied' END AS kind
)
FROM (
    SELECT e.* REPLACE (
        CASE WHEN e.actor_kind <> 'unknown' THEN e.actor_kind
             WHEN e.courtesy = 1 AND p.kind = 'agent' THEN 'automation'
             ELSE coalesce(p.kind, CASE WHEN e.actor = t.customer THEN 'customer' END, 'agent') END AS actor_kind
    )
    FROM staged_events AS e
    LEFT JOIN (
        SELECT id, arg_max(kind, row) AS kind FROM staged_people WHERE kind <> 'team' GROUP BY id
    ) AS p ON p.id = e.actor
    LEFT JOIN (SELECT ticket, arg_max(customer, row) AS customer FROM staged_tickets GROUP BY ticket) AS t
        ON t.ticket = e.ticket
    WHERE coalesce(e.fallback, 0) = 0
        OR e.ticket NOT IN (SELECT ticket FROM staged_events WHERE coalesce(fallback, 0) = 0)
) AS k
"""
# Teams that one list of a source calls by their names and the others by their ids. Of a ticket whose groups are told
# one after another, the group it has in the end is not the one it began with.
_NAMED: Final = f"""
CREATE OR REPLACE TABLE staged_events AS
SELECT e.* REPLACE (CASE WHEN e.kind = 'created' AND n.ticket IS NOT NULL THEN NULL ELSE coalesce(p.id, e.team) END
    AS team)
FROM staged_events AS e
LEFT JOIN (SELECT DISTINCT ticket FROM staged_events WHERE team LIKE '{NAMED}%') AS n ON n.ticket = e.ticket
LEFT JOIN (
    SELECT '{NAMED}' || trim(name) AS team, arg_max(id, row) AS id FROM staged_people
    WHERE kind = 'team' AND id NOT LIKE '{NAMED}%' GROUP BY trim(name)
) AS p ON p.team = e.team
"""
# Times that cannot be: in the future, and before 1990 where most of a source is later.
_TIMES: Final = (
    ("events at a time in the future", "at_ms > {until}"),
    ("events at a time before 1990", "at_ms < {first} OR at_ms < {since} AND {late}"),
)
_SINCE_MS: Final = 631_152_000_000
_FIRST_MS: Final = -2_208_988_800_000  # 1900: nobody had a help desk
# Where a source knows no statuses: answered, and nothing said for so long, is solved with that answer.
_SILENT: Final = """
INSERT INTO events
SELECT f.top + row_number() OVER (ORDER BY e.event_id), e.ticket_id, e.at_ms, 'status', 'answered, then silent',
       'solved',       'system', NULL, NULL, NULL, NULL, NULL, 0
FROM events AS e
JOIN (
    SELECT ticket_id, max(at_ms) AS last FROM events WHERE kind IN ('received', 'replied', 'created') GROUP BY ticket_id
) AS l
    ON l.ticket_id = e.ticket_id AND l.last = e.at_ms
CROSS JOIN (SELECT max(event_id) AS top, max(at_ms) AS until FROM events) AS f
WHERE e.kind = 'replied' AND f.until - e.at_ms >= ?
"""


# What the source says beside the tickets' own stories.
_LISTED: Final = """
CREATE OR REPLACE TABLE listed AS
SELECT p.customers, t.fields, t.tags
FROM (SELECT count(DISTINCT CASE WHEN kind = 'customer' THEN id END) AS customers FROM staged_people) AS p
CROSS JOIN (
    SELECT count(category) AS fields, count(CASE WHEN category IS NULL THEN tag END) AS tags FROM staged_tickets
) AS t
"""


def listed(lake: Lake) -> int | None:
    """How many customers the source lists; None where it lists only those who asked, or none."""
    if not _tells(lake):
        return None
    (customers,) = lake.one("SELECT customers FROM listed")
    (asked,) = lake.one("SELECT count(*) FROM people WHERE kind = 'customer'")
    return int(customers) if customers > asked else None


@dataclass(frozen=True, slots=True)
class Told:
    """What the source tells of the whole: how many customers there are, and where categories come from."""

    customers: int | None
    category_from: str


NOTHING: Final = Told(None, "")


def category_from(lake: Lake) -> str:
    """Where tickets have their category from: "field", "tag", "field or tag"; empty where they have none."""
    (categories,) = lake.one("SELECT count(category) FROM tickets")
    if not categories:
        return ""
    fields, tags = lake.one("SELECT fields, tags FROM listed") if _tells(lake) else (1, 0)
    return " or ".join(name for name, n in (("field", fields), ("tag", tags)) if n)


def _tells(lake: Lake) -> bool:
    return bool(lake.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'listed'"))


def settle(lake: Lake, silent_days: int, progress: Progress = lambda _part, _done: None) -> bool:
    """Fills the lake from the staged tables and drops them, but for `problems` and `excluded`.

    Where no event ever solves a ticket, one that is answered and then silent for `silent_days` counts as solved;
    True says that this was assumed.
    """
    (again,) = lake.one("SELECT count(key) - count(DISTINCT (ticket, key)) FILTER (key IS NOT NULL) FROM staged_events")
    if again:
        lake.run(_ONCE)
    (open_questions,) = lake.one(
        "SELECT count(*) FROM staged_events WHERE actor_kind = 'unknown' OR kind = 'message' OR fallback = 1"
    )
    if open_questions:
        lake.run(_KNOWN)
    (named,) = lake.one(f"SELECT count(*) FROM staged_events WHERE team LIKE '{NAMED}%'")
    if named:
        lake.run(_NAMED)
    order.across(lake)
    _drop_impossible(lake)
    courtesies.find(lake)
    for number, statement in enumerate((_PEOPLE, _TICKETS, _EVENTS, _MESSAGES, _LISTED), start=1):
        lake.run(statement)
        progress("Put in order", number)
    for table in ("staged_events", "staged_tickets", "staged_people"):
        lake.run(f"DROP TABLE {table}")
    (solved, replied) = lake.one(
        "SELECT count(*) FILTER (WHERE status IN ('solved', 'closed')), count(*) FILTER (WHERE kind = "
        "'replied') FROM events"
    )
    if solved or not replied:
        return False
    lake.run(_SILENT, [silent_days * DAY_MS])
    return True


def _drop_impossible(lake: Lake) -> None:
    """Leaves out, and says so, what happened at a time that cannot be."""
    until = int(now().timestamp() * 1000) + 2 * DAY_MS  # a clock may be wrong, and a zone
    events, early = lake.one(f"SELECT count(*), count(*) FILTER (at_ms < {_SINCE_MS}) FROM staged_events")
    for reason, condition in _TIMES:
        where = condition.format(
            until=until, first=_FIRST_MS, since=_SINCE_MS, late="true" if early * 2 < events else "false"
        )
        (hit,) = lake.one(f"SELECT count(*) FROM staged_events WHERE {where}")
        if hit:
            lake.run(f"DELETE FROM staged_events WHERE {where}")
            lake.run("INSERT INTO excluded (file, reason, count) VALUES ('', ?, ?)", [reason, hit])
