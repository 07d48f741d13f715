"""How far our answers have come, and where they go."""

from collections.abc import Collection

from headway.tickets.models import Ticket
from headway.web.desk.timeline import Delivery


def deliveries(message_ids: Collection[int]) -> dict[int, Delivery]:
    """The state of our messages, by id."""
    return {}


def recipients(ticket: Ticket) -> list[str]:
    """The addresses a reply on this ticket goes to."""
    if ticket.customer is None:
        return []
    first = ticket.customer.identities.filter(kind="email").order_by("pk").first()
    return [first.value] if first else []


def pending() -> list[tuple[str, int]]:
    """What would leave a held workspace once it is released."""
    return []
