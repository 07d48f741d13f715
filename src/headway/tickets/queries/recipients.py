"""Who is part of a ticket's conversation, by address."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.people.models import Identity
from headway.people.queries import brands
from headway.tickets.models import Message, Ticket


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a reply goes to, whom it is copied to unless somebody says otherwise, and who is in the thread already."""

    to: str
    copied: list[str]
    known: list[str]


Said = Sequence[tuple[int | None, Sequence[str]]]


def recipients(ticket: Ticket, said: Said | None = None) -> Recipients:
    """For a ticket the caller was let through to. Addresses in lower case.

    `said` is who wrote each message (none: we) and whom it was copied to, oldest first. Two queries, three without it.
    Copied is who was copied last; and whoever wrote last, where that was not the ticket's own customer.
    """
    rows = _said(ticket) if said is None else said
    people = [customer for customer in (ticket.customer_id, *(customer for customer, _copied in rows)) if customer]
    found = Identity.objects.filter(customer_id__in=set(people), kind=Identity.Kinds.EMAIL).order_by("pk")
    addresses: dict[int, list[str]] = {}
    for customer_id, value in found.values_list("customer_id", "value"):
        addresses.setdefault(customer_id, []).append(value.lower())
    own = addresses.get(ticket.customer_id or 0, [])
    ours = {address.lower() for address in brands.own_addresses()}
    last = [str(address).lower() for address in rows[-1][1]] if rows else []
    writers = [customer for customer, _copied in rows if customer]
    if writers and writers[-1] != ticket.customer_id:
        last += addresses.get(writers[-1], [])[:1]
    copied = [address for address in dict.fromkeys(last) if address not in ours and address not in own]
    everybody = [str(address).lower() for _customer, several in rows for address in several]
    known = dict.fromkeys([*(address for several in addresses.values() for address in several), *everybody])
    return Recipients(own[0] if own else "", copied, [address for address in known if address not in ours])


def _said(ticket: Ticket) -> Said:
    found = Message.objects.filter(ticket_id=ticket.pk, held=False, withdrawn_at__isnull=True).order_by("at", "pk")
    return list(found.values_list("customer_id", "copied"))
