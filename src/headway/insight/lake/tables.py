"""The tables of the kept lake, as its Parquet files have them: what happened, its tickets, and what was taken back."""

from typing import Final

from headway.insight.lake.schema import EVENTS, Column

TICKETS: Final = (
    Column("ticket_id", "BIGINT", "the ticket's number"),
    Column("as_of", "BIGINT", "which state of the ticket this is: the highest counts"),
    Column("created_ms", "BIGINT", "when it was created"),
    Column("origin", "VARCHAR", "customer, spam, merged, machine or proactive"),
    Column("channel", "VARCHAR", "how it came in"),
    Column("type_id", "BIGINT", "its type; NULL when it has none"),
    Column("tag_id", "BIGINT", "its first tag; NULL when it has none"),
    Column("priority", "VARCHAR", "low, normal, high or urgent"),
    Column("customer_id", "BIGINT", "who asked, as in `people`"),
    Column("team_id", "BIGINT", "the team that has it, as in `people`"),
    Column("brand_id", "BIGINT", "its brand; NULL when it has none"),
)
UNDONE: Final = (Column("event_id", "BIGINT", "an event that was taken back and counts no more"),)
KEPT: Final[dict[str, tuple[Column, ...]]] = {"events": EVENTS, "tickets": TICKETS, "undone": UNDONE}


def fields(table: str) -> str:
    """The columns of a table with their types, as `read_csv` takes them."""
    return ", ".join(f"'{column.name}': '{column.type}'" for column in KEPT[table])


def order(table: str) -> str:
    """How a file of the table is sorted."""
    return {"events": "at_ms, event_id", "tickets": "ticket_id, as_of", "undone": "event_id"}[table]
