"""A batch of old mails written down: new conversations as whole tickets, the others added to theirs."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.email import batches, lookups, placing, processing, recording, senders, settling, wording
from headway.intake.email.book import Book, Conversation, Entry
from headway.intake.email.pasts import World, past_of, turn_of
from headway.intake.email.senders import Customers, ours
from headway.intake.email.settling import Read
from headway.intake.models import RawMail
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words
from headway.tickets.actions.history import Said, write
from headway.tickets.actions.messages import add_outgoing
from headway.tickets.models import Message, Status, Ticket


@transaction.atomic
def write_down(
    read: Sequence[Read], attached: Sequence[Sequence[Attachment]], *, close_after: timedelta | None = None
) -> tuple[int, int]:
    """Writes a batch of parsed mails: conversations that are new at once, the others onto their tickets.

    Returns how many mails became messages, and how many tickets those began.
    """
    lookups.take_turns()
    at = now()
    rows = settling.locked(read)
    kept = settling.first_copies(read, rows)
    mails = [read[number].mail for number in kept]
    facts = lookups.facts_of(mails, trusted=True)
    world = World(
        own=ours(),
        customers=Customers(mails, actor=Actor.system(), silent=True),
        statuses=dict(Status.objects.filter(is_default=True).values_list("category", "pk")),
        now=at,
        close_after=close_after,
    )
    whens = [processing.happened_at(mail, latest=at) for mail in mails]
    world.customers.expect((senders.writer_of(mail, world.own), when) for mail, when in zip(mails, whens, strict=True))
    book = Book(facts[0], lookups.awaited(mails)) if facts else None
    for number, known, when in zip(kept, facts, whens, strict=True):
        one = read[number]
        entry = Entry(one.claimed.id, one.mail, attached[number], when)
        assert book is not None
        book.add(entry, known)
    if book is None:
        settling.save(rows.values(), at)
        return 0, 0
    conversations = book.conversations()
    fresh = [one for one in conversations if one.ticket_id is None]
    written: dict[int, int] = {}
    for ticket, new in zip(write([past_of(one, world) for one in fresh]), fresh, strict=True):
        written |= {int(key): message for key, message in ticket.ids.items()}
        placing.unite(new.also, ticket.ticket_id)
    for old in conversations:
        if old.ticket_id is not None:
            written |= _extend(old, old.ticket_id, world)
            placing.unite(old.also, old.ticket_id)
    recording.remember([(mail, written[read[n].claimed.id]) for n, mail in zip(kept, mails, strict=True)], book.known())
    recording.forget_awaited(mails)
    for number in kept:
        row = rows[read[number].claimed.id]
        row.state, row.message_id, row.error = RawMail.States.DONE, written[row.pk], ""
        row.findings = batches.findings(read[number].mail, book.because[row.pk])
    settling.save(rows.values(), at)
    return len(kept), len(fresh)


def _extend(conversation: Conversation, ticket_id: int, world: World) -> dict[int, int]:
    """Adds mails to a ticket that exists; message ids by raw mail."""
    written: dict[int, int] = {}
    for entry in sorted(conversation.entries, key=lambda one: one.at):
        turn = turn_of(entry, world)
        ticket = Ticket.objects.select_for_update().get(pk=ticket_id)
        message: Message
        if turn.said.direction == "out":
            actor = Actor.agent(turn.said.agent_id, "agent") if turn.said.agent_id else Actor.system()
            message = add_outgoing(ticket, _words(turn.said), actor=actor, status=None, at=entry.at, silent=True)
        else:
            customer = turn.customer
            message = actions.receive(
                ticket,
                _words(turn.said),
                customer=customer,
                actor=Actor.customer(customer.pk) if customer else Actor.system(),
                subject=wording.subject(entry.mail),
                at=entry.at,
                silent=True,
            )
        written[entry.raw_id] = message.pk
    return written


def _words(said: Said) -> Words:
    return Words(
        text=said.text,
        html=said.html,
        quoted=said.quoted,
        automatic=said.automatic,
        copied=said.copied,
        files=said.files,
    )
