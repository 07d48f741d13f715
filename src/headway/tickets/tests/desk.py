"""Short ways for the tests to say what happens to a ticket."""

from datetime import UTC, datetime

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Status, Ticket
from headway.tickets.queries.setup import status_for

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def asks(customer: Customer, subject: str = "Card declined", text: str = "My card was declined twice.") -> Ticket:
    """A customer's mail begins a ticket."""
    opening = Opening(subject=subject, channel="email", customer=customer)
    return actions.open_ticket(opening, Words(text=text), actor=customer_actor(customer))[0]


def writes(customer: Customer, ticket: Ticket, text: str, **more: object) -> Ticket:
    """The customer writes again; returns the ticket the message went to."""
    words = Words(text=text, **more)  # type: ignore[arg-type]
    return actions.receive(ticket, words, customer=customer, actor=customer_actor(customer)).ticket


def answers(agent: Agent, ticket: Ticket, text: str = "Please try again now.", then: str | None = "waiting") -> Ticket:
    """An agent answers and moves the ticket."""
    target = status(then) if then else None
    return actions.reply(ticket, Words(text=text), actor=agent.actor, status=target).ticket


def status(category: str) -> Status:
    """The default status of a category."""
    return status_for(category)


def customer_actor(customer: Customer) -> Actor:
    """The customer as the doer."""
    return Actor.customer(customer.pk)


def again(ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return Ticket.objects.get(pk=ticket.pk)


def story(ticket: Ticket) -> list[str]:
    """The kinds of its events, in order."""
    return list(Entry.objects.filter(ticket_id=ticket.pk).order_by("id").values_list("kind", flat=True))
