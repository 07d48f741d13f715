"""The only door through which journal rows change or go: privacy, retention, sample data, and a restore."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Cursor, Entry
from headway.events.vocabulary.journal import EntriesErased, TransactionsReset


@contextmanager
def _switched_on() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.erasing = 'on'")
        yield
        cursor.execute("SET LOCAL headway.erasing = 'off'")


def erase_tickets(ticket_ids: Sequence[int], *, actor: Actor, reason: str) -> int:
    """Deletes every entry of these tickets, records that it did, and returns how many went."""
    with _switched_on():
        gone, _ = Entry.objects.filter(ticket_id__in=list(ticket_ids)).delete()
        journal.record(EntriesErased(subject_id=0, entries=gone, reason=reason), actor=actor)
    return gone


def erase_subjects(kind: str, ids: Sequence[int], *, actor: Actor, reason: str) -> int:
    """Deletes every entry about these subjects, records that it did, and returns how many went."""
    with _switched_on():
        gone, _ = Entry.objects.filter(subject_kind=kind, subject_id__in=list(ids)).delete()
        journal.record(EntriesErased(subject_id=0, entries=gone, reason=reason), actor=actor)
    return gone


def foreign_transactions() -> bool:
    """Whether the journal holds transaction ids that this cluster has not handed out yet: it came from another one."""
    with connection.cursor() as cursor:
        # a reader may stand beyond the last entry
        cursor.execute(
            "SELECT coalesce((SELECT max(tx) FROM events_entry) > pg_current_xact_id(), false) "
            "OR coalesce((SELECT max(tx) FROM events_cursor) > pg_current_xact_id(), false)"
        )
        return bool(cursor.fetchone()[0])


def reset_transactions() -> None:
    """After a restore: the old rows sort before everything new, and every reader starts over."""
    with _switched_on(), connection.cursor() as cursor:
        cursor.execute("UPDATE events_entry SET tx = '3'::xid8")
        Cursor.objects.all().delete()
        journal.record(TransactionsReset(subject_id=0), actor=Actor.system(), silent=True)
