"""Reading what goes out: the outbox, and how far one message has come."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from headway.foundation import pages
from headway.foundation.pages import Page
from headway.foundation.together import Asked, Rows, rows_of
from headway.intake.email.identities import identity_of
from headway.intake.email.readers import address_of
from headway.intake.models import Delivery
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries import visible_to
from headway.tickets.queries.signatures import signature_on

UNSENT = (Delivery.States.QUEUED, Delivery.States.SENDING, Delivery.States.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Our address, and the text that is put under an answer: the writer's signature, then the mailbox's or brand's."""

    address: str
    signature: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One message on its way to one address. `result`: what the server said, or why nothing left."""

    message_id: int
    address: str
    state: str
    attempts: int
    due_at: datetime
    settled_at: datetime | None
    result: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A line of the outbox."""

    id: int
    message_id: int
    ticket_id: int
    subject: str
    agent: str | None
    written_at: datetime
    address: str
    state: str
    attempts: int
    due_at: datetime
    settled_at: datetime | None
    result: str


_ROW = (
    "id", "message_id", "message__ticket_id", "message__ticket__subject", "message__agent__name", "message__at",
    "address", "state", "attempts", "due_at", "settled_at", "result",
)  # fmt: skip


def outbox(
    agent: Agent, *, states: Collection[str] = (), cursor: str | None = None, limit: int = 50
) -> Page[OutboxRow]:
    """What left or waits to leave on the tickets somebody may see, newest first. One query."""
    found = Delivery.objects.filter(message__ticket__in=visible_to(agent))
    if states:
        found = found.filter(state__in=list(states))
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        found = found.filter(pk__lt=last)
    rows = [OutboxRow(*values) for values in found.order_by("-pk").values_list(*_ROW)[: limit + 1]]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].id) if more else None)


def sendings_on(message_ids: Collection[int]) -> Asked[dict[int, list[Sending]]]:
    """How far these messages have come, by message. The caller was let through to them."""
    found = Delivery.objects.filter(message_id__in=list(message_ids)).order_by("pk")
    columns = ("message_id", "address", "state", "attempts", "due_at", "settled_at", "result")
    return rows_of(found, columns, _by_message, times=("due_at", "settled_at"))


def sendings(message_ids: Collection[int]) -> dict[int, list[Sending]]:
    """The same, now. One query, none for none."""
    return sendings_on(message_ids).now()


def side_sendings(message_ids: Collection[int]) -> dict[int, list[Sending]]:
    """The same for messages of side conversations. One query, none for none."""
    by_message: dict[int, list[Sending]] = defaultdict(list)
    if message_ids:
        rows = Delivery.objects.filter(side_id__in=list(message_ids)).order_by("pk")
        for row in rows.values_list("side_id", "address", "state", "attempts", "due_at", "settled_at", "result"):
            by_message[row[0]].append(Sending(*row))
    return dict(by_message)


def _by_message(rows: Rows) -> dict[int, list[Sending]]:
    by_message: dict[int, list[Sending]] = defaultdict(list)
    for row in rows:
        by_message[row[0]].append(Sending(*row))
    return dict(by_message)


def leaving_as(ticket: Ticket, agent: Agent) -> Leaving:
    """As whom an answer of the person on the ticket would leave now. Up to three queries."""
    ours = identity_of(ticket)
    signature = "\n".join(part for part in (signature_on(agent, ticket), ours.signature) if part)
    return Leaving(ours.address, signature)


def recipient_of(ticket: Ticket) -> str:
    """The address of the customer that an answer would go to now, empty when there is none. Up to two queries."""
    return address_of(ticket)


def unsent() -> dict[str, int]:
    """How many mails have not left, by state: what a held workspace sends once it is released."""
    counted = Delivery.objects.filter(state__in=UNSENT).values_list("state").annotate(number=Count("pk"))
    return dict(counted.order_by("state"))
