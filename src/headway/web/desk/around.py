"""What stands around a ticket's conversation, read in one statement."""

from dataclasses import dataclass
from typing import Any

from headway.foundation.together import Asked, Rows, together
from headway.intake import queries as intake
from headway.intake.queries import Sending
from headway.notifications.queries import follows_on
from headway.people.models import Agent
from headway.people.queries import brands
from headway.tickets.models import Ticket
from headway.tickets.queries import beside, setup
from headway.tickets.queries.checklist import Item, checklist_on
from headway.tickets.queries.conversation import Turn, files_of
from headway.tickets.queries.drafts import Writing, drafts_on
from headway.tickets.queries.readings import Read, reading_on
from headway.tickets.queries.recipients import Known, Said, people_on, said_on
from headway.tickets.queries.scheduled import some_wait
from headway.tickets.queries.sides import SideRow, sides_on
from headway.tickets.queries.work import active_on
from headway.tickets.rules.fields import Definition
from headway.web.desk.timeline import Seen

_NEWEST = """
SELECT (SELECT max(id) FROM tickets_message WHERE ticket_id = %s AND withdrawn_at IS NULL),
  (SELECT max(id) FROM tickets_note WHERE ticket_id = %s), (SELECT max(id) FROM events_entry WHERE ticket_id = %s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """For one reader of one ticket. `newest`: what they have seen who see it now; `links`: for `beside.linked`."""

    newest: Seen
    tags: list[str]
    links: Rows
    past: list[beside.Past]
    drafts: list[Writing]
    read: Read | None
    followed: bool
    active_ms: int
    replies_wait: bool
    sides: list[SideRow]
    checklist: list[Item]
    definitions: list[Definition]
    said: Said
    people: list[Known]
    own_addresses: frozenset[str]
    sendings: dict[int, list[Sending]]


def around(reader: Agent, ticket: Ticket, turns: list[Turn], past: int) -> Around:
    """For a ticket that its reader was let through to; these of its messages and notes get their files. One query."""
    wanted: dict[str, Asked[Any]] = {
        "newest": Asked(_NEWEST, [ticket.pk] * 3, 3, lambda rows: Seen(*(number or 0 for number in rows[0]))),
        "tags": beside.tags_on(ticket),
        "links": beside.links_on(ticket),
        "past": beside.past_on(reader, ticket, past),
        "drafts": drafts_on(reader, ticket),
        "read": reading_on(reader, ticket),
        "followed": follows_on(reader, ticket),
        "active_ms": active_on(reader, ticket),
        "replies_wait": some_wait(ticket),
        "sides": sides_on(ticket),
        "checklist": checklist_on(ticket.pk),
        "definitions": setup.definitions_on(ticket.type_id),
        "said": said_on(ticket),
        "people": people_on(ticket),
        "own_addresses": brands.own_addresses_on(),
        "sendings": intake.sendings_on([turn.id for turn in turns if turn.kind == "out"]),
    }
    found = together(*wanted.values(), files_of(turns))
    return Around(**dict(zip(wanted, found, strict=False)))
