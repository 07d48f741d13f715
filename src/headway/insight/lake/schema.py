"""The lake's tables. Times are integer milliseconds since 1970 in UTC; ids are dense integers of the lake's own.

Texts and names stand in `messages` and `people` alone, so that the rest can be kept and passed on without them.
"""

from dataclasses import dataclass
from typing import Final

from headway.insight.lake.words import Kind, Side, Status


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its SQL type, and what it promises."""

    name: str
    type: str
    says: str


EVENTS = (
    Column("event_id", "BIGINT", "order within the source; ties of time are broken by it"),
    Column("ticket_id", "BIGINT", "the ticket it happened on"),
    Column("at_ms", "BIGINT", "when it happened"),
    Column("kind", "VARCHAR", "created, received, replied, note, status, assigned, escalated, step or worked"),
    Column("activity", "VARCHAR", "what the source calls it"),
    Column("status", "VARCHAR", "the status entered: open, waiting, hold, solved or closed; NULL when it says nothing"),
    Column("actor_kind", "VARCHAR", "customer, agent, automation or system"),
    Column("actor_id", "BIGINT", "the person who acted; NULL when unknown"),
    Column("assignee_id", "BIGINT", "the person it was given to; NULL when it says nothing"),
    Column("team_id", "BIGINT", "the team it was given to; NULL when it says nothing"),
    Column("length", "BIGINT", "characters written; NULL when nothing was"),
    Column("active_ms", "BIGINT", "time the source recorded as worked; NULL where it records none"),
    Column("courtesy", "INTEGER", "1 when the message only thanks or is automatic, else 0"),
)
TICKETS = (
    Column("ticket_id", "BIGINT", "the ticket"),
    Column("source_id", "VARCHAR", "its number or id in the source"),
    Column("origin", "VARCHAR", "customer, spam, test, merged, machine or proactive"),
    Column("channel", "VARCHAR", "how it came in; NULL when unknown"),
    Column("category", "VARCHAR", "the source's field, else its first tag; NULL when it has neither"),
    Column("priority", "VARCHAR", "as the source writes it"),
    Column("customer_id", "BIGINT", "who asked; NULL when unknown"),
    Column("source_reply_ms", "BIGINT", "time to the first reply as the source states it; NULL when it does not"),
    Column("source_resolve_ms", "BIGINT", "time to the last resolution as the source states it"),
    Column("source_reopens", "BIGINT", "reopens as the source states them"),
)
MESSAGES = (
    Column("event_id", "BIGINT", "the event that is this message"),
    Column("ticket_id", "BIGINT", "its ticket"),
    Column("subject", "VARCHAR", "the subject; NULL but at a ticket's first message"),
    Column("text", "VARCHAR", "what was newly written"),
)
PEOPLE = (
    Column("person_id", "BIGINT", "the person, or the team"),
    Column("kind", "VARCHAR", "agent, customer, team, automation or system"),
    Column("source_id", "VARCHAR", "id in the source"),
    Column("name", "VARCHAR", "name in the source; shown with --names only"),
    Column("tier", "BIGINT", "a team's or agent's tier; NULL when it is not mapped"),
)
ASKED = (
    Column("ticket_id", "BIGINT", "a ticket whose source knows neither category nor tag"),
    Column("category", "VARCHAR", "the question its customer's first message asks"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "events": EVENTS,
    "tickets": TICKETS,
    "messages": MESSAGES,
    "people": PEOPLE,
    "asked": ASKED,
}


# Words of which there are few: the engine keeps a byte for each, where a text takes sixteen in all that is sorted.
_WORDS: Final = {"kind": Kind, "status": Status, "actor_kind": Side}


def ddl(table: str) -> str:
    """The statement that creates a table of the lake."""
    columns = ", ".join(f"{column.name} {_type(table, column)}" for column in TABLES[table])
    return f"CREATE TABLE {table} ({columns})"


def _type(table: str, column: Column) -> str:
    if table != "events" or column.name not in _WORDS:
        return column.type
    words = ", ".join(f"'{word}'" for word in sorted(_WORDS[column.name]))  # in the order of the texts they stand for
    return f"ENUM ({words})"
