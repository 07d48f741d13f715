"""What customers ask in the journeys."""

from datetime import datetime
from typing import Any

from headway.events.actor import Actor
from headway.people.models import Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Ticket


def ask(
    customer: Customer, subject: str, text: str, *, at: datetime | None = None, html: str = "", **more: Any
) -> Ticket:
    """A customer's new ticket."""
    opening = Opening(
        subject=subject, channel="email", customer=customer, brand=Brand.objects.filter(is_default=True).first(), **more
    )
    words = Words(text=text, html=html, language="en")
    ticket, _message = actions.open_ticket(opening, words, actor=Actor.customer(customer.pk), at=at)
    return ticket


def add(ticket: Ticket, text: str) -> None:
    """The customer writes again."""
    words = Words(text=text, language="en")
    actions.receive(ticket, words, customer=ticket.customer, actor=Actor.customer(ticket.customer_id or 0))
