"""Taking one person out of a ticket that is not theirs alone: what others said stays, without them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketRedacted
from headway.foundation.files import holders
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.actions import index
from headway.tickets.actions.opening import touched
from headway.tickets.models import (
    ChecklistItem,
    Draft,
    Message,
    MessageFile,
    Note,
    NoteFile,
    Rating,
    SavedView,
    Ticket,
)
from headway.tickets.rules.checklist import LENGTH

Clean = Callable[[str], str]


@transaction.atomic
def redact(ticket_id: int, *, people: Collection[int], mark: str, clean: Clean, actor: Actor) -> bool:
    """Empties what these customers wrote, with its files, and takes them out of everything else said on the ticket.

    `clean` takes them out of a text. What others quoted is theirs too and goes whole, as does the HTML beside a text.
    Another customer who wrote there becomes the requester where one of these was. False when the ticket is gone.
    """
    require(actor, Permission.DELETE)
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None:
        return False
    _requester(ticket, people)
    theirs = Message.objects.filter(ticket=ticket, customer_id__in=list(people))
    files = MessageFile.objects.filter(message__in=theirs)
    released = set(files.values_list("sha256", flat=True))
    files.delete()
    theirs.update(text=mark, quoted="", html="", language="", copied=[])
    for message in Message.objects.filter(ticket=ticket).exclude(customer_id__in=list(people)):
        message.text, message.quoted, message.html = clean(message.text), "", ""
        message.copied = [address for address in message.copied if clean(address) == address]
        message.save(update_fields=["text", "quoted", "html", "copied"])
    for note in Note.objects.filter(ticket=ticket):
        note.text = clean(note.text)
        note.save(update_fields=["text"])
    for draft in Draft.objects.filter(ticket=ticket):
        draft.text, draft.copied = clean(draft.text), clean(draft.copied) if draft.copied else draft.copied
        draft.save(update_fields=["text", "copied"])
    for item in ChecklistItem.objects.filter(ticket=ticket):
        item.text = clean(item.text)[:LENGTH]
        item.save(update_fields=["text"])
    for rating in Rating.objects.filter(ticket=ticket):
        rating.comment = clean(rating.comment)
        rating.save(update_fields=["comment"])
    _names_of_files(ticket, clean)
    ticket.subject, ticket.snippet = clean(ticket.subject)[:500], clean(ticket.snippet)[:160]
    ticket.fields = {key: _cleaned(value, clean) for key, value in ticket.fields.items()}
    touched(ticket, "subject", "snippet", "fields", "customer", "organisation")
    index.again(ticket)
    journal.record(TicketRedacted(ticket_id=ticket.pk), actor=actor)
    transaction.on_commit(lambda: holders.release(released))
    return True


@transaction.atomic
def redact_views(*, clean: Clean, like: Collection[str], actor: Actor) -> int:
    """Takes a person out of the words of saved views; returns how many views."""
    require(actor, Permission.DELETE)
    changed = 0
    for word in like:
        for view in SavedView.objects.filter(q__icontains=word):
            view.q, view.name = clean(view.q), clean(view.name)[:80]
            view.save(update_fields=["q", "name"])
            changed += 1
    return changed


def _requester(ticket: Ticket, people: Collection[int]) -> None:
    if ticket.customer_id not in people:
        return
    others = Message.objects.filter(ticket=ticket, customer__isnull=False).exclude(customer_id__in=list(people))
    first = others.order_by("at", "pk").select_related("customer").first()
    ticket.customer = first.customer if first else None
    ticket.organisation_id = ticket.customer.organisation_id if ticket.customer else None


def _names_of_files(ticket: Ticket, clean: Clean) -> None:
    for model, rows in (
        (MessageFile, MessageFile.objects.filter(message__ticket=ticket)),
        (NoteFile, NoteFile.objects.filter(note__ticket=ticket)),
    ):
        for pk, name in rows.values_list("pk", "name"):
            if clean(name) != name:
                model.objects.filter(pk=pk).update(name=clean(name)[:255])


def _cleaned(value: Any, clean: Clean) -> Any:
    return clean(value) if isinstance(value, str) else value
