"""Tickets that go for good: deleted by a lead, or sample data. Their past goes with them."""

from collections.abc import Sequence

from django.db import transaction

from headway.events import erasure, journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketFilesErased
from headway.foundation.files import holders
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions import index
from headway.tickets.models import MessageFile, NoteFile, ScheduledFile, SideFile, Ticket


@transaction.atomic
def remove(ticket_ids: Sequence[int], *, actor: Actor, reason: str) -> int:
    """Deletes tickets with everything said, found and recorded of them; returns how many went.

    Rows of higher packages that point at them go too (their foreign keys cascade). Files that nothing names any more
    are deleted after the commit.
    """
    require(actor, Permission.DELETE)
    ids = list(Ticket.objects.select_for_update().filter(pk__in=list(ticket_ids)).values_list("pk", flat=True))
    if not ids:
        return 0
    named = set(MessageFile.objects.filter(message__ticket_id__in=ids).values_list("sha256", flat=True))
    named |= set(NoteFile.objects.filter(note__ticket_id__in=ids).values_list("sha256", flat=True))
    named |= set(ScheduledFile.objects.filter(scheduled__ticket_id__in=ids).values_list("sha256", flat=True))
    named |= set(SideFile.objects.filter(message__side__ticket_id__in=ids).values_list("sha256", flat=True))
    index.forget(ids)
    Ticket.objects.filter(pk__in=ids).delete()
    erasure.erase_tickets(ids, actor=actor, reason=reason)
    transaction.on_commit(lambda: holders.release(named))
    return len(ids)


@transaction.atomic
def remove_files(ticket_id: int, *, actor: Actor) -> int:
    """Deletes the attachments of a ticket, and their names from its search; returns how many. What was said stays."""
    require(actor, Permission.DELETE)
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None:
        return 0
    told, noted = MessageFile.objects.filter(message__ticket=ticket), NoteFile.objects.filter(note__ticket=ticket)
    named = {*told.values_list("sha256", flat=True), *noted.values_list("sha256", flat=True)}
    gone = told.delete()[0] + noted.delete()[0]
    if gone:
        index.again(ticket)
        journal.record(TicketFilesErased(ticket_id=ticket.pk, files=gone), actor=actor)
        transaction.on_commit(lambda: holders.release(named))
    return gone
