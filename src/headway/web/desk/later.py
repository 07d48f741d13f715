"""Replies that wait, as the conversation shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.foundation import markdown
from headway.people.models import Agent
from headway.people.rules import Permission
from headway.tickets.models import Ticket
from headway.tickets.queries.scheduled import Waiting, waiting_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A reply that waits or was held back. `then` says what happens to the ticket when it is sent."""

    row: Waiting
    rich: str
    then: str
    because: str
    own: bool
    may_stop: bool


def laters(person: Agent, ticket: Ticket) -> list[Later]:
    """Those on a ticket. One query for none, two for some."""
    return [_later(person, row) for row in waiting_on(ticket)]


def because(reason: str) -> str:
    """Why a reply did not leave when its time came, and what to do."""
    return {
        "customer": _("The customer wrote since. Read it, then send this, change it or stop it."),
        "colleague": _("A colleague wrote here since. Read it, then send this, change it or stop it."),
        "solved": _("The ticket was solved since. Send this if it is still needed, or stop it."),
        "merged": _("The ticket was merged since. Read what came with it, then send this or stop it."),
        "closed": _("The ticket is closed, and nothing can be sent on it any more. Stop this to get your words back."),
        "fields": _("Solving it needs fields that are empty. Fill them in, then send this."),
        "rights": _("Its writer may not answer here any more. Stop it, and write your own."),
        "spam": _("The ticket is suspected spam. Take it back from there, then send this."),
    }.get(reason, "")


def then_words(category: str) -> str:
    """What happens to the ticket when a waiting reply is sent."""
    return {
        "waiting": _("then waits on the customer"),
        "solved": _("then solves the ticket"),
    }.get(category, "")


def _later(person: Agent, row: Waiting) -> Later:
    return Later(
        row=row,
        rich=markdown.to_html(row.text),
        then=then_words(row.category),
        because=because(row.held_because),
        own=row.agent_id == person.pk and person.may(Permission.REPLY),
        may_stop=person.may(Permission.REPLY),
    )
