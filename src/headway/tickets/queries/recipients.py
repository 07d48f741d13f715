"""Who is part of a ticket's conversation, by address."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from headway.foundation.together import Asked, together
from headway.people.models import Identity
from headway.people.queries import brands
from headway.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a reply goes to, whom it is copied to unless somebody says otherwise, and who is in the thread already."""

    to: str
    copied: list[str]
    known: list[str]


Said = Sequence[Sequence[Any]]

_SAID = """
SELECT customer_id, copied FROM tickets_message WHERE ticket_id = %s AND NOT held AND withdrawn_at IS NULL
GROUP BY customer_id, copied ORDER BY max(at), max(id)
"""
_PEOPLE = """
SELECT i.customer_id, i.kind, i.value, i.trouble FROM people_identity i WHERE i.customer_id = ANY(ARRAY(
  SELECT customer_id FROM tickets_message WHERE ticket_id = %s AND customer_id IS NOT NULL AND NOT held
  AND withdrawn_at IS NULL UNION SELECT %s::bigint
)) ORDER BY i.kind, i.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A way to reach or recognise somebody. `trouble`: mail to it fails."""

    customer_id: int
    kind: str
    value: str
    trouble: str


def said_on(ticket: Ticket) -> Asked[Said]:
    """Who wrote (none: we) and whom it was copied to: each pair of these once, by when it was so last."""
    return Asked(_SAID, [ticket.pk], 2, list)


def people_on(ticket: Ticket) -> Asked[list[Known]]:
    """How the ticket's customer and whoever wrote on it are reached and recognised."""
    return Asked(_PEOPLE, [ticket.pk, ticket.customer_id], 4, lambda rows: [Known(*row) for row in rows])


def recipients(ticket: Ticket) -> Recipients:
    """For a ticket the caller was let through to. Addresses in lower case. One query."""
    said, people, ours = together(said_on(ticket), people_on(ticket), brands.own_addresses_on())
    return gathered(ticket, said, people, ours)


def gathered(ticket: Ticket, said: Said, people: Sequence[Known], own_addresses: Collection[str]) -> Recipients:
    """The same of what was read already.

    Copied is who was copied last; and whoever wrote last, where that was not the ticket's own customer.
    """
    addresses: dict[int, list[str]] = {}
    for one in people:
        if one.kind == Identity.Kinds.EMAIL:
            addresses.setdefault(one.customer_id, []).append(one.value.lower())
    own = addresses.get(ticket.customer_id or 0, [])
    ours = {address.lower() for address in own_addresses}
    last = [str(address).lower() for address in said[-1][1]] if said else []
    writers = [customer for customer, _copied in said if customer]
    if writers and writers[-1] != ticket.customer_id:
        last += addresses.get(writers[-1], [])[:1]
    copied = [address for address in dict.fromkeys(last) if address not in ours and address not in own]
    everybody = [str(address).lower() for _customer, several in said for address in several]
    known = dict.fromkeys([*(address for several in addresses.values() for address in several), *everybody])
    return Recipients(own[0] if own else "", copied, [address for address in known if address not in ours])
