"""Old mail brought in: silently, with its original times, each mail once however often it is brought."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import archives, claiming, keys, lookups, placing, processing, recording, senders, wording
from headway.intake.email.archives import Found
from headway.intake.email.book import Book, Conversation, Entry
from headway.intake.email.children import Pool
from headway.intake.email.erasing import keyed
from headway.intake.email.pasts import World, past_of, turn_of
from headway.intake.email.processing import Read
from headway.intake.email.receiving import keep
from headway.intake.email.senders import Customers, ours
from headway.intake.models import RawMail
from headway.tickets import actions
from headway.tickets.actions import Attachment, Words
from headway.tickets.actions.history import Said, write
from headway.tickets.actions.messages import add_outgoing
from headway.tickets.models import Message, Status, Ticket

SOURCE: Final = "import"
BATCH: Final = 200
_BATCH_BYTES: Final = 32 * 1024 * 1024
_SAVE: Final = """
UPDATE intake_rawmail r SET state = n.state, mail_key = n.mail_key, message_id = n.message_id, error = '',
    findings = n.findings, processed_at = n.at
FROM (SELECT unnest(%s::bigint[]) AS id, unnest(%s::text[]) AS state, unnest(%s::text[]) AS mail_key,
             unnest(%s::bigint[]) AS message_id, unnest(%s::jsonb[]) AS findings, %s::timestamptz AS at) n
WHERE r.id = n.id
"""
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Counts:
    """What an import did. read = messages + duplicates + quarantined."""

    read: int = 0
    messages: int = 0
    tickets: int = 0
    joined: int = 0
    duplicates: int = 0
    quarantined: int = 0
    unreadable: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The counts by name."""
        return {
            "read": self.read,
            "messages": self.messages,
            "tickets": self.tickets,
            "joined": self.joined,
            "duplicates": self.duplicates,
            "quarantined": self.quarantined,
            "unreadable": self.unreadable,
        }


def run(paths: Sequence[Path], *, progress: Progress, close_after: timedelta | None = None) -> Counts:
    """Brings in every mail under the paths. Interrupted at any point, it goes on when it is run again."""
    counts = Counts()
    number = secrets.randbits(62)
    take(archives.read(list(paths)), number, counts, progress)
    with Pool() as pool:
        settle(number, pool, counts, progress, close_after=close_after)
    finished = RawMail.objects.filter(run=number)
    counts.quarantined += finished.filter(state=RawMail.States.QUARANTINED).count()
    counts.duplicates += finished.filter(state=RawMail.States.DUPLICATE).count()
    return counts


def take(found: Iterable[Found], number: int, counts: Counts, progress: Progress) -> None:
    """Stores everything, in batches that wait for the disk once. What is no mail is kept too, and put aside."""
    for batch in _batches(found):
        named: dict[str, Found] = {}
        for one in batch:
            if one.unreadable:
                counts.unreadable.append({"path": one.name, "reason": one.unreadable})
                continue
            counts.read += 1
            digest = hashlib.sha256(one.raw).hexdigest()
            if digest in named:
                counts.duplicates += 1
            named.setdefault(digest, one)
        names = {name: digest for digest in named for name in (digest, keyed(digest))}
        rows = RawMail.objects.filter(sha256__in=list(names)).values_list("sha256", "state", "run")
        known = {names[name]: state == RawMail.States.STORED and earlier != number for name, state, earlier in rows}
        pending = [digest for digest, waits in known.items() if waits]
        # what an earlier run stored and did not finish is this run's now
        RawMail.objects.filter(sha256__in=pending, state=RawMail.States.STORED).update(run=number, claimed_at=None)
        counts.duplicates += len(known) - len(pending)
        fresh = [(digest, one) for digest, one in named.items() if digest not in known]
        keep(
            [Arrival(SOURCE, digest, one.raw) for digest, one in fresh],
            run=number,
            dated=[archives.dated(one.raw) for _, one in fresh],
        )
        others = [digest for digest, one in fresh if not archives.looks_like_mail(one.raw)]
        for row in RawMail.objects.filter(run=number, sha256__in=others):
            claiming.quarantine(row.pk, "This is no mail: it does not begin with headers.")
        progress("read", counts.read)


def settle(
    number: int, pool: Pool, counts: Counts, progress: Progress, *, close_after: timedelta | None = None
) -> None:
    """Processes everything this run stored, in the order of its dates."""
    while claimed := claiming.claim(BATCH, run=number):
        read = processing.read(claimed, pool)
        for part in _parts(read):
            attached = wording.store([(one.mail, one.raw) for one in part])
            try:
                place(part, attached, counts, close_after=close_after)
            except Exception as error:  # noqa: BLE001 - one bad mail of a batch: each is tried alone
                _one_by_one(part, attached, counts, error, close_after)
        progress("messages", counts.messages)


def _one_by_one(
    part: Sequence[Read],
    attached: Sequence[Sequence[Attachment]],
    counts: Counts,
    error: Exception,
    close_after: timedelta | None,
) -> None:
    if len(part) == 1:
        claiming.quarantine(part[0].claimed.id, f"{type(error).__name__}: {error}")
        return
    for one, files in zip(part, attached, strict=True):
        try:
            place([one], [files], counts, close_after=close_after)
        except Exception as own_error:  # noqa: BLE001
            _one_by_one([one], [files], counts, own_error, close_after)


def place(
    read: Sequence[Read],
    attached: Sequence[Sequence[Attachment]],
    counts: Counts,
    *,
    close_after: timedelta | None = None,
) -> None:
    """Writes a batch of parsed mails: conversations that are new at once, the others onto their tickets."""
    before = (counts.messages, counts.tickets, counts.joined)
    try:
        with transaction.atomic():
            _place(read, attached, counts, close_after)
    except Exception:
        counts.messages, counts.tickets, counts.joined = before
        raise


def _place(
    read: Sequence[Read], attached: Sequence[Sequence[Attachment]], counts: Counts, close_after: timedelta | None
) -> None:
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
        return
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
    counts.messages += len(kept)
    counts.tickets += len(fresh)
    counts.joined += len(kept) - len(fresh)
    _save(rows.values(), at)


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


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        size += len(one.raw)
        if len(batch) >= BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parts(read: Sequence[Read]) -> Iterator[Sequence[Read]]:
    """Batches whose attachments are held in memory at once."""
    part: list[Read] = []
    size = 0
    for one in read:
        if part and size + one.claimed.size > _BATCH_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += one.claimed.size
    if part:
        yield part
