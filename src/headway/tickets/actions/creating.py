"""A ticket begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.tickets import TeamChanged, TicketAssigned, TicketCreated, TicketSuspected
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.foundation.statements import Part, inserted
from headway.people.models import Agent, Brand, Customer, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions.assignment import must_answer
from headway.tickets.actions.beginning import Beginning, begin
from headway.tickets.actions.files import Attachment
from headway.tickets.actions.linking import follow_up
from headway.tickets.actions.opening import default_status
from headway.tickets.actions.properties import checked_fields
from headway.tickets.actions.tagging import put_on
from headway.tickets.models import Message, Status, Ticket, TicketType
from headway.tickets.rules.texts import SUBJECT, one_line
from headway.tickets.rules.transitions import Category


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a ticket begins as suspected spam: its `channel` says so, or a `sender_rule`, then with its number."""

    by: str = "channel"
    rule_id: int | None = None


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
    suspicion: Suspicion | None = None
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


@transaction.atomic(savepoint=False)
def open_ticket(
    opening: Opening,
    words: Words,
    *,
    actor: Actor,
    at: datetime | None = None,
    silent: bool = False,
    begins: Beginning | None = None,
) -> tuple[Ticket, Message]:
    """Starts a ticket with a customer's message; an agent may do so on the customer's behalf.

    `at` and `silent` are for imported history; `begins` spares who has gathered it a query. Raises Invalid for an empty
    subject and text or fields that do not fit.
    """
    from headway.tickets.actions.messages import incoming, received, rows_of

    require(actor, Permission.WORK)
    at = at or now()
    begins = begins or begin()
    ticket = _fresh(begins, opening, words.text, actor=actor, at=at)
    # with what the first message makes of it, so that it is saved once
    message = incoming(begins.message_id, ticket, words, customer=opening.customer, at=at)
    events, rows = _beginning(ticket, opening), [inserted(ticket)]
    if opening.tags or opening.follow_up_of:
        _record(events, rows, actor=actor, at=at, silent=silent)
        events, rows = [], []
        _tie(ticket, opening, actor=actor, at=at, silent=silent)
    events, rows = [*events, received(message, first=True)], [*rows, *rows_of(message, words)]
    _record(events, rows, actor=actor, at=at, silent=silent)
    return ticket, message


@transaction.atomic
def write_first(
    opening: Opening,
    words: Words,
    *,
    actor: Actor,
    status: Status | None = None,
    at: datetime | None = None,
    begins: Beginning | None = None,
) -> tuple[Ticket, Message]:
    """Starts a ticket with a message of ours: an agent writes to a customer who has not asked."""
    from headway.tickets.actions.messages import add_outgoing

    require(actor, Permission.REPLY)
    if opening.customer is None:
        raise Invalid(_("Say whom you are writing to."), field="customer")
    at = at or now()
    begins = begins or begin()
    ticket = _fresh(begins, opening, words.text, actor=actor, at=at)
    _record(_beginning(ticket, opening), [inserted(ticket)], actor=actor, at=at, silent=False)
    _tie(ticket, opening, actor=actor, at=at, silent=False)
    target = status or default_status(Category.WAITING)
    message = add_outgoing(ticket, words, actor=actor, status=target, at=at, number=begins.message_id)
    return ticket, message


def _fresh(begins: Beginning, opening: Opening, text: str, *, actor: Actor, at: datetime) -> Ticket:
    """The ticket as it begins, not saved yet."""
    if actor.kind == "agent":
        _require_in_use(opening)
    subject = one_line(opening.subject, SUBJECT) or one_line(text, 80)
    if not subject:
        raise Invalid(_("A ticket needs a subject or a text."), field="subject")
    fields = checked_fields(opening.type, opening.fields or {})
    return Ticket(
        pk=begins.ticket_id,
        subject=subject,
        status=begins.status,
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
        suspected_at=at if opening.suspicion else None,
        is_sample=opening.is_sample,
    )


def _require_in_use(opening: Opening) -> None:
    """Raises Invalid where a person names a team, type or assignee of the past. What arrives by itself goes on."""
    if opening.assignee is not None:
        must_answer(opening.assignee)
    if opening.team is not None and opening.team.archived_at is not None:
        raise Invalid(_("The team %(name)s does not exist any more.") % {"name": opening.team.name}, field="team")
    if opening.type is not None and opening.type.archived_at is not None:
        raise Invalid(_("The type %(name)s is not used any more.") % {"name": opening.type.name}, field="type")


def _beginning(ticket: Ticket, opening: Opening) -> list[Event]:
    """The events of a ticket's beginning."""
    created = TicketCreated(
        ticket_id=ticket.pk,
        channel=ticket.channel,
        customer_id=ticket.customer_id,
        brand_id=ticket.brand_id,
        type_id=ticket.type_id,
        priority=Ticket.Priorities(ticket.priority).name.lower(),
        follow_up_of=opening.follow_up_of.pk if opening.follow_up_of else None,
    )
    events: list[Event] = [created]
    if opening.suspicion is not None:
        events.append(TicketSuspected(ticket_id=ticket.pk, by=opening.suspicion.by, rule_id=opening.suspicion.rule_id))
    if opening.team is not None:
        events.append(TeamChanged(ticket_id=ticket.pk, from_team=None, to_team=opening.team.pk))
    if opening.assignee is not None:
        events.append(TicketAssigned(ticket_id=ticket.pk, from_agent=None, to_agent=opening.assignee.pk))
    return events


def _tie(ticket: Ticket, opening: Opening, *, actor: Actor, at: datetime, silent: bool) -> None:
    """Tags, and the link to the ticket it goes on from."""
    if opening.tags:
        put_on(ticket, opening.tags, actor=actor, at=at, silent=silent)
    if opening.follow_up_of:
        follow_up(ticket, opening.follow_up_of, actor=actor, at=at, silent=silent)


def _record(events: list[Event], rows: list[Part], *, actor: Actor, at: datetime, silent: bool) -> None:
    drafts = [journal.Draft(event=event, actor=actor, at=at) for event in events]
    journal.record_many(drafts, silent=silent, beside=rows)
