"""What is said: customers' messages, our replies, private notes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.messages import MessageAdmitted, MessageReceived, NoteWritten, ReplyWritten
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.foundation.language import identify
from headway.foundation.rows import NextId, gather
from headway.foundation.statements import Part, inserted
from headway.people.models import Customer
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.tickets.actions import files as attached
from headway.tickets.actions import index
from headway.tickets.actions.creating import Opening, Suspicion, Words, open_ticket
from headway.tickets.actions.files import Attachment
from headway.tickets.actions.mentions import mentions_in
from headway.tickets.actions.opening import default_status, must_be_open, opened, touched
from headway.tickets.actions.status import move
from headway.tickets.actions.withdrawing import standing
from headway.tickets.models import Message, Note, Status, Ticket
from headway.tickets.rules.texts import BODY, SNIPPET, clean, one_line
from headway.tickets.rules.thanks import only_thanks
from headway.tickets.rules.transitions import UNSOLVED, Arrival, Category, Incoming, arrival


@transaction.atomic
def receive(
    ticket: Ticket,
    words: Words,
    *,
    customer: Customer | None,
    actor: Actor,
    subject: str = "",
    suspicion: Suspicion | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Message:
    """A customer's message for an existing ticket. Joins it, reopens it, or starts a linked one, by rule.

    The message's `ticket` says where it went. `subject` and `suspicion` are for a linked ticket.
    """
    row = Ticket.objects.select_for_update().get(pk=ticket.pk)
    while row.merged_into_id is not None:
        row = Ticket.objects.select_for_update().get(pk=row.merged_into_id)
    at = at or now()
    incoming = Incoming(at=at, automatic=words.automatic, thanks=only_thanks(words.text), held=words.held)
    effect = arrival(Category(row.category), row.solved_at, incoming, reopen_days=settings.current().reopen_days)
    if effect is Arrival.FOLLOW_UP:
        opening = Opening(
            subject=subject or row.subject,
            channel=row.channel,
            customer=customer or row.customer,
            brand=row.brand,
            team=row.team,
            follow_up_of=row,
            suspicion=suspicion,
            is_sample=row.is_sample,
        )
        return open_ticket(opening, words, actor=actor, at=at, silent=silent)[1]
    if effect in (Arrival.OPEN, Arrival.REOPEN) and row.category in (
        Category.WAITING,
        Category.HOLD,
        Category.SOLVED,
    ):
        move(row, default_status(Category.OPEN), actor=actor, at=at, silent=silent, reason="reply")
        row.returned = Ticket.Returns.REPLY
    return add_incoming(row, words, customer=customer, actor=actor, at=at, silent=silent, quiet=effect is Arrival.QUIET)


def add_incoming(
    ticket: Ticket,
    words: Words,
    *,
    customer: Customer | None,
    actor: Actor,
    at: datetime | None,
    silent: bool,
    quiet: bool = False,
) -> Message:
    """Writes a customer's message onto a locked ticket. `quiet`: it asks for no answer."""
    (number,) = gather(NextId(Message))
    message = incoming(number, ticket, words, customer=customer, at=at or now(), quiet=quiet)
    at = message.at
    touched(
        ticket,
        "active_at",
        "snippet",
        "waiting_since",
        "snoozed_until",
        "returned",
        "reminded",
        "language",
        at=max(at, ticket.updated_at),
    )
    rows = rows_of(message, words)
    journal.record(received(message, quiet=quiet), actor=actor, at=at, silent=silent, beside=rows)
    return message


def incoming(
    number: int, ticket: Ticket, words: Words, *, customer: Customer | None, at: datetime, quiet: bool = False
) -> Message:
    """A customer's message with this id, and on the ticket what follows from it; the caller writes both."""
    message = _written(number, ticket, words, Message.Directions.IN, customer=customer, agent_id=None, at=at)
    if not words.held:
        ticket.active_at = max(ticket.active_at, at)
        ticket.snippet = one_line(message.text, SNIPPET) or ticket.snippet
        if not words.automatic and not quiet:
            ticket.waiting_since = min(ticket.waiting_since or at, at)
            if ticket.snoozed_until is not None:
                ticket.snoozed_until, ticket.returned = None, Ticket.Returns.REPLY
            ticket.reminded = 0
    if not ticket.language:
        ticket.language = message.language
    return message


def rows_of(message: Message, words: Words) -> list[Part]:
    """A message to be written, with its files and what it is found by."""
    found = index.of_message(message.ticket, message, [entry.name for entry in words.files])
    return [inserted(message), *_files(attached.of_message(message, words.files)), index.entries([found])]


def _files(rows: Sequence[Model]) -> list[Part]:
    return [inserted(*rows)] if rows else []


def received(message: Message, *, first: bool = False, quiet: bool = False) -> MessageReceived:
    """The event of a customer's message. `first`: it began the ticket."""
    return MessageReceived(
        ticket_id=message.ticket_id,
        message_id=message.pk,
        channel=message.channel,
        customer_id=message.customer_id,
        automatic=message.automatic,
        thanks=quiet and not message.automatic and not message.held,
        held=message.held,
        first=first,
    )


@transaction.atomic
def reply(
    ticket: Ticket,
    words: Words,
    *,
    actor: Actor,
    status: Status | None = None,
    expected: int | None = None,
    at: datetime | None = None,
    silent: bool = False,
) -> Message:
    """Answers the customer and, with `status`, moves the ticket in the same step. Raises Forbidden, Invalid, Conflict.

    The message is queued; its channel sends it after this transaction.
    """
    row = opened(ticket, actor=actor, needs=Permission.REPLY, expected=expected)
    must_be_open(row)
    if not clean(words.text).strip() and not words.files:
        raise Invalid(_("Write something before you send."), field="text")
    return add_outgoing(row, words, actor=actor, status=status, at=at, silent=silent)


def add_outgoing(
    ticket: Ticket,
    words: Words,
    *,
    actor: Actor,
    status: Status | None,
    at: datetime | None = None,
    silent: bool = False,
    number: int | None = None,
) -> Message:
    """Writes our message onto a locked or new ticket."""
    at = at or now()
    agent_id = actor.id if actor.kind == "agent" else None
    target = status
    if target is None and ticket.category == Category.NEW:
        target = default_status(Category.OPEN)
    number = number or gather(NextId(Message))[0]
    message = _written(number, ticket, words, Message.Directions.OUT, customer=None, agent_id=agent_id, at=at)
    message.before = None if silent else standing(ticket, target)
    ticket.active_at = max(ticket.active_at, at)
    if not words.automatic:
        ticket.snippet = one_line(message.text, SNIPPET) or ticket.snippet
        # an old answer brought in later answers nothing that was asked after it
        if ticket.waiting_since is not None and ticket.waiting_since <= at:
            ticket.waiting_since = None
        ticket.first_replied_at = min(ticket.first_replied_at or at, at)
        ticket.returned = ""
    if ticket.assignee_id is None and agent_id is not None and ticket.category == Category.NEW:
        from headway.tickets.actions.assignment import give_to

        give_to(ticket, agent_id, actor=actor, at=at, silent=silent)
    touched(
        ticket,
        "active_at",
        "snippet",
        "waiting_since",
        "first_replied_at",
        "assignee",
        "returned",
        at=max(at, ticket.updated_at),
    )
    journal.record(
        ReplyWritten(ticket_id=ticket.pk, message_id=message.pk, channel=message.channel, automatic=words.automatic),
        actor=actor,
        at=at,
        silent=silent,
        beside=rows_of(message, words),
    )
    if target is not None and target.pk != ticket.status_id:
        move(ticket, target, actor=actor, at=at, silent=silent, reason="reply")
    return message


@transaction.atomic
def note(
    ticket: Ticket,
    text: str,
    *,
    actor: Actor,
    files: Sequence[Attachment] = (),
    at: datetime | None = None,
    silent: bool = False,
) -> Note:
    """Writes a private note. It cannot be sent: it is not a message."""
    row = opened(ticket, actor=actor, needs=Permission.NOTE)
    text = clean(text, BODY)
    if not text.strip() and not files:
        raise Invalid(_("Write something before you save the note."), field="text")
    at = at or now()
    (number,) = gather(NextId(Note))
    agent_id = actor.id if actor.kind == "agent" else None
    written = Note(pk=number, ticket=row, agent_id=agent_id, at=at, text=text)
    called = mentions_in(written, actor=actor)
    found = index.of_note(row, written, [entry.name for entry in files])
    rows = [inserted(written), *_files(attached.of_note(written, files)), index.entries([found])]
    touched(row, at=max(at, row.updated_at))
    event = NoteWritten(
        ticket_id=row.pk,
        note_id=number,
        agent_ids=tuple(one.agent_id for one in called if one.agent_id),
        team_ids=tuple(one.team_id for one in called if one.team_id),
    )
    rows += [inserted(*called)] if called else []
    journal.record(event, actor=actor, at=at, silent=silent, beside=rows)
    return written


@transaction.atomic
def admit(message: Message, *, actor: Actor) -> Message:
    """Lets a held message take part: it counts as the customer's word now. Raises Conflict when it does already."""
    row = opened(message.ticket, actor=actor, needs=Permission.WORK)
    found = Message.objects.select_for_update().get(pk=message.pk)
    if not found.held:
        raise Conflict(_("This message takes part in the ticket already."))
    found.held = False
    found.save(update_fields=["held"])
    row.active_at = max(row.active_at, found.at)
    if row.category in UNSOLVED:
        row.waiting_since = min(row.waiting_since or found.at, found.at)
    touched(row, "active_at", "waiting_since")
    journal.record(MessageAdmitted(ticket_id=row.pk, message_id=found.pk), actor=actor)
    return found


def _written(
    number: int,
    ticket: Ticket,
    words: Words,
    direction: Message.Directions,
    *,
    customer: Customer | None,
    agent_id: int | None,
    at: datetime,
) -> Message:
    text = clean(words.text)
    return Message(
        pk=number,
        ticket=ticket,
        direction=direction,
        channel=ticket.channel,
        customer=customer,
        agent_id=agent_id,
        at=at,
        text=text,
        quoted=clean(words.quoted),
        html=clean(words.html),
        language=words.language or identify(text),
        automatic=words.automatic,
        held=words.held,
        copied=list(words.copied),
    )
