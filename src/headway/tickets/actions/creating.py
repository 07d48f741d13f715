"""A ticket begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketCreated, TicketSuspected
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.people.models import Agent, Brand, Customer, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions import index
from headway.tickets.actions.files import Attachment
from headway.tickets.actions.opening import default_status
from headway.tickets.actions.properties import checked_fields
from headway.tickets.actions.tagging import put_on
from headway.tickets.models import Message, Status, Ticket, TicketType
from headway.tickets.rules.texts import SUBJECT, one_line
from headway.tickets.rules.transitions import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a ticket begins, beside its first message."""

    subject: str
    channel: str
    customer: Customer | None = None
    brand: Brand | None = None
    type: TicketType | None = None
    fields: Mapping[str, Any] | None = None
    priority: int = Ticket.Priorities.NORMAL
    team: Team | None = None
    assignee: Agent | None = None
    tags: Sequence[str] = ()
    follow_up_of: Ticket | None = None
    suspected: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message to be written: what is said, and by whom it was sent. `language` "" is found out."""

    text: str
    html: str = ""
    quoted: str = ""
    language: str = ""
    automatic: bool = False
    held: bool = False
    copied: Sequence[str] = ()
    files: Sequence[Attachment] = ()


@transaction.atomic
def open_ticket(
    opening: Opening, words: Words, *, actor: Actor, at: datetime | None = None, silent: bool = False
) -> tuple[Ticket, Message]:
    """Starts a ticket with a customer's message; an agent may do so on the customer's behalf.

    `at` and `silent` are for imported history. Raises Invalid for an empty subject and text or fields that do not fit.
    """
    from headway.tickets.actions.messages import add_incoming

    require(actor, Permission.WORK)
    ticket = _begin(opening, words.text, actor=actor, at=at, silent=silent)
    message = add_incoming(ticket, words, customer=opening.customer, actor=actor, at=at, silent=silent, first=True)
    return ticket, message


@transaction.atomic
def write_first(
    opening: Opening, words: Words, *, actor: Actor, status: Status | None = None, at: datetime | None = None
) -> tuple[Ticket, Message]:
    """Starts a ticket with a message of ours: an agent writes to a customer who has not asked."""
    from headway.tickets.actions.messages import add_outgoing

    require(actor, Permission.REPLY)
    if opening.customer is None:
        raise Invalid(_("Say whom you are writing to."), field="customer")
    ticket = _begin(opening, words.text, actor=actor, at=at, silent=False)
    message = add_outgoing(ticket, words, actor=actor, status=status or default_status(Category.WAITING), at=at)
    return ticket, message


def _begin(opening: Opening, text: str, *, actor: Actor, at: datetime | None, silent: bool) -> Ticket:
    subject = one_line(opening.subject, SUBJECT) or one_line(text, 80)
    if not subject:
        raise Invalid(_("A ticket needs a subject or a text."), field="subject")
    at = at or now()
    fields = checked_fields(opening.type, opening.fields or {})
    ticket = Ticket.objects.create(
        subject=subject,
        status=default_status(Category.NEW),
        category=Category.NEW,
        channel=opening.channel,
        customer=opening.customer,
        organisation_id=opening.customer.organisation_id if opening.customer else None,
        brand=opening.brand,
        type=opening.type,
        fields=fields,
        priority=opening.priority,
        team=opening.team,
        assignee=opening.assignee,
        created_at=at,
        updated_at=at,
        active_at=at,
        suspected_at=at if opening.suspected else None,
        is_sample=opening.is_sample,
    )
    journal.record(
        TicketCreated(
            ticket_id=ticket.pk,
            channel=ticket.channel,
            customer_id=ticket.customer_id,
            brand_id=ticket.brand_id,
            type_id=ticket.type_id,
            priority=Ticket.Priorities(ticket.priority).name.lower(),
            follow_up_of=opening.follow_up_of.pk if opening.follow_up_of else None,
        ),
        actor=actor,
        at=at,
        silent=silent,
    )
    if opening.suspected:
        journal.record(TicketSuspected(ticket_id=ticket.pk, by="channel"), actor=actor, at=at, silent=silent)
    if opening.tags:
        put_on(ticket, opening.tags, actor=actor, at=at, silent=silent)
    if opening.follow_up_of:
        from headway.tickets.actions.linking import follow_up

        follow_up(ticket, opening.follow_up_of, actor=actor, at=at, silent=silent)
    if not text.strip():
        index.again(ticket)
    return ticket
