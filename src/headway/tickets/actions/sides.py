"""Side conversations: begun, answered, received, closed. None of it moves the customer's ticket or its clock."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.sidemails import SideAnswered, SideWritten
from headway.events.vocabulary.sides import SideAdmitted, SideClosed, SideReopened, SideStarted
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.permissions import require
from headway.people.rules import Permission, identities
from headway.settings import queries as settings
from headway.tickets.actions.addressees import addressees, customers_side
from headway.tickets.actions.creating import Words
from headway.tickets.actions.files import attach_to_side
from headway.tickets.actions.opening import opened, touched
from headway.tickets.actions.quoting import quoted
from headway.tickets.models import SideConversation, SideMessage, Ticket
from headway.tickets.rules.texts import BODY, SUBJECT, clean, one_line


@transaction.atomic
def start_side(
    ticket: Ticket,
    people: Sequence[str],
    subject: str,
    words: Words,
    *,
    actor: Actor,
    quote: Sequence[int] = (),
) -> SideMessage:
    """Writes to somebody about a ticket. They get these words, and of the ticket only the messages in `quote`.

    Raises Invalid for what is no address, for nobody, and for files that do not fit into a mail.
    """
    row = opened(ticket, actor=actor, needs=Permission.REPLY)
    known = addressees(row, people)
    line = one_line(subject, SUBJECT)
    if not line:
        raise Invalid(_("Write a subject: it is what they see first."), field="subject")
    at = now()
    side = SideConversation.objects.create(
        ticket=row, subject=line, people=known, started_by_id=_agent(actor), started_at=at, active_at=at
    )
    journal.record(SideStarted(ticket_id=row.pk, side_id=side.pk, people=len(known)), actor=actor)
    return _write(side, words, quoted(row, quote), actor=actor, at=at)


@transaction.atomic
def answer_side(side: SideConversation, words: Words, *, actor: Actor, quote: Sequence[int] = ()) -> SideMessage:
    """Writes again to everybody in a side conversation; a closed one goes on."""
    ticket, row = _locked(side, actor=actor, needs=Permission.REPLY)
    if row.closed_at is not None:
        row.closed_at = None
        journal.record(SideReopened(ticket_id=ticket.pk, side_id=row.pk), actor=actor)
    return _write(row, words, quoted(ticket, quote), actor=actor, at=now())


@transaction.atomic
def receive_side(
    side: SideConversation, words: Words, *, address: str, name: str, actor: Actor, at: datetime | None = None
) -> SideMessage:
    """An answer by mail. It brings the ticket back to its assignee, and touches nothing of the customer's."""
    ticket = Ticket.objects.select_for_update().get(pk=side.ticket_id)
    row = SideConversation.objects.select_for_update().get(pk=side.pk)
    at = at or now()
    message = SideMessage.objects.create(
        side=row, direction=SideMessage.Directions.IN, address=address[:320], name=one_line(name, 200), at=at,
        text=clean(words.text), quoted=clean(words.quoted), html=clean(words.html), automatic=words.automatic,
        held=words.held,
    )  # fmt: skip
    attach_to_side(message, words.files)
    event = SideAnswered(
        ticket_id=ticket.pk, side_id=row.pk, message_id=message.pk, assignee_id=ticket.assignee_id,
        automatic=words.automatic, held=words.held,
    )  # fmt: skip
    journal.record(event, actor=actor, at=at)
    if not words.automatic and not words.held:
        _came(ticket, row, at, actor=actor)
    return message


@transaction.atomic
def admit_side(message: SideMessage, *, actor: Actor) -> SideMessage:
    """Lets a held message in: its writer takes part from now on, and gets what is written next."""
    ticket, row = _locked(message.side, actor=actor, needs=Permission.WORK)
    found = SideMessage.objects.select_for_update().get(pk=message.pk)
    if not found.held:
        raise Conflict(_("This message takes part already."))
    found.held = False
    found.save(update_fields=["held"])
    known = identities.email(found.address)
    if known and known in customers_side(ticket):
        raise Conflict(_("Its writer takes part in the ticket itself, and must not read what is said here."))
    if known and known not in row.people:
        row.people = [*row.people, known]
        row.save(update_fields=["people"])
    journal.record(SideAdmitted(ticket_id=ticket.pk, side_id=row.pk, message_id=found.pk), actor=actor)
    _came(ticket, row, found.at, actor=actor)
    return found


@transaction.atomic
def close_side(side: SideConversation, *, actor: Actor) -> SideConversation:
    """It is over; nothing is sent. An answer opens it again. Closed already, it stays so."""
    ticket, row = _locked(side, actor=actor, needs=Permission.WORK)
    if row.closed_at is None:
        row.closed_at, row.answered_at = now(), None
        row.save(update_fields=["closed_at", "answered_at"])
        journal.record(SideClosed(ticket_id=ticket.pk, side_id=row.pk), actor=actor)
    return row


@transaction.atomic
def reopen_side(side: SideConversation, *, actor: Actor) -> SideConversation:
    """It goes on. Open already, it stays so."""
    ticket, row = _locked(side, actor=actor, needs=Permission.WORK)
    if row.closed_at is not None:
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        journal.record(SideReopened(ticket_id=ticket.pk, side_id=row.pk), actor=actor)
    return row


def _write(side: SideConversation, words: Words, quote: str, *, actor: Actor, at: datetime) -> SideMessage:
    text = clean(words.text, BODY)
    if not text.strip():
        raise Invalid(_("Write something before you send."), field="text")
    most = settings.current().mail_megabytes
    if sum(entry.blob.size for entry in words.files) * 1.37 > most * 1_000_000:
        raise Invalid(_("These files do not fit into a mail. Share them another way."), field="files")
    message = SideMessage.objects.create(
        side=side, direction=SideMessage.Directions.OUT, agent_id=_agent(actor), at=at, text=text, quoted=quote,
        html=clean(words.html),
    )  # fmt: skip
    attach_to_side(message, words.files)
    side.active_at, side.answered_at = at, None
    side.save(update_fields=["active_at", "answered_at", "closed_at"])
    event = SideWritten(ticket_id=side.ticket_id, side_id=side.pk, message_id=message.pk)
    journal.record(event, actor=actor)
    return message


def _came(ticket: Ticket, side: SideConversation, at: datetime, *, actor: Actor) -> None:
    """Somebody outside answered: the conversation is open, and the ticket back in the daily views."""
    if side.closed_at is not None:
        journal.record(SideReopened(ticket_id=ticket.pk, side_id=side.pk), actor=actor)
    side.active_at, side.answered_at, side.closed_at = max(side.active_at, at), at, None
    side.save(update_fields=["active_at", "answered_at", "closed_at"])
    if ticket.merged_into_id is None and ticket.category not in ("solved", "closed"):
        ticket.snoozed_until, ticket.returned = None, Ticket.Returns.SIDE
        touched(ticket, "snoozed_until", "returned")


def _locked(side: SideConversation, *, actor: Actor, needs: Permission) -> tuple[Ticket, SideConversation]:
    """The ticket, then the conversation: in this order everywhere."""
    require(actor, needs)
    ticket = opened(side.ticket, actor=actor, needs=needs)
    row = SideConversation.objects.select_for_update().filter(pk=side.pk, ticket=ticket).first()
    if row is None:
        raise NotFound(_("There is no such side conversation, or you may not see it."))
    return ticket, row


def _agent(actor: Actor) -> int | None:
    return actor.id if actor.kind == "agent" else None
