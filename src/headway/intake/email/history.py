"""A batch of old mails written down: new conversations as whole tickets, the others added to theirs."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.email import keys, lookups, placing, processing, recording, senders, wording
from headway.intake.email.book import Book, Conversation, Entry
from headway.intake.email.erasing import keyed
from headway.intake.email.pasts import World, past_of, turn_of
from headway.intake.email.processing import Read
from headway.intake.email.senders import Customers, ours
from headway.intake.models import RawMail
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words
from headway.tickets.actions.history import Said, write
from headway.tickets.actions.messages import add_outgoing
from headway.tickets.models import Message, Status, Ticket

_SAVE: Final = """
UPDATE intake_rawmail r SET state = n.state, mail_key = n.mail_key, message_id = n.message_id, error = '',
    findings = n.findings, processed_at = n.at
FROM (SELECT unnest(%s::bigint[]) AS id, unnest(%s::text[]) AS state, unnest(%s::text[]) AS mail_key,
             unnest(%s::bigint[]) AS message_id, unnest(%s::jsonb[]) AS findings, %s::timestamptz AS at) n
WHERE r.id = n.id
"""


@transaction.atomic
def write_down(
    read: Sequence[Read], attached: Sequence[Sequence[Attachment]], *, close_after: timedelta | None = None
) -> tuple[int, int]:
    """Writes a batch of parsed mails: conversations that are new at once, the others onto their tickets.

    Returns how many mails became messages, and how many tickets those began.
    """
    lookups.take_turns()
    at = now()
    rows = {row.pk: row for row in RawMail.objects.select_for_update().filter(pk__in=[one.claimed.id for one in read])}
    kept = _without_duplicates(read, rows)
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
        _save(rows.values(), at)
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
        row.findings = processing.findings(read[number].mail, book.because[row.pk])
    _save(rows.values(), at)
    return len(kept), len(fresh)


def _without_duplicates(read: Sequence[Read], rows: dict[int, RawMail]) -> list[int]:
    """The numbers of the mails that came for the first time; the rest is marked."""
    names = [keys.of_mail(one.mail.message_id, one.mail.body_hash) for one in read]
    erased = {keyed(name): name for name in names}
    found = RawMail.objects.filter(mail_key__in=[*names, *erased]).values_list("mail_key", flat=True)
    taken = {erased.get(name, name) for name in found if name}
    kept: list[int] = []
    for number, (one, name) in enumerate(zip(read, names, strict=True)):
        row = rows[one.claimed.id]
        if row.state != RawMail.States.STORED:
            continue
        if name in taken:
            row.state = RawMail.States.DUPLICATE
            continue
        taken.add(name)
        row.mail_key = name
        kept.append(number)
    return kept


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


def _save(rows: Iterable[RawMail], at: datetime) -> None:
    """Writes what became of the mails, in one statement."""
    changed = [row for row in rows if row.state != RawMail.States.STORED]
    columns = (
        [row.pk for row in changed],
        [row.state for row in changed],
        [row.mail_key for row in changed],
        [row.message_id for row in changed],
        [json.dumps(row.findings) for row in changed],
    )
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [*columns, at])
