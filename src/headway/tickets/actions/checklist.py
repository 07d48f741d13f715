"""The list of what is to be done on a ticket. Whoever may write a note may keep it: it is the team's own."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.checklist import (
    ItemDone,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ItemReworded,
    ItemsAdded,
    ItemUndone,
)
from headway.foundation.clock import now
from headway.foundation.errors import Invalid, NotFound
from headway.people.rules import Permission
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import ChecklistItem, Ticket
from headway.tickets.rules.checklist import LENGTH, MOST, placed
from headway.tickets.rules.texts import one_line


@transaction.atomic
def add_items(ticket: Ticket, texts: Sequence[str], *, actor: Actor) -> list[ChecklistItem]:
    """Puts things to do at the end of the list, in their order."""
    row = opened(ticket, actor=actor, needs=Permission.NOTE)
    words = [_words(text) for text in texts]
    there = list(_standing(row).values_list("position", flat=True))
    if len(there) + len(words) > MOST:
        raise Invalid(_("A checklist holds at most %(most)s items.") % {"most": MOST}, field="text")
    last = max(there, default=0)
    fresh = [ChecklistItem(ticket=row, text=text, position=last + at) for at, text in enumerate(words, 1)]
    ChecklistItem.objects.bulk_create(fresh)
    if fresh:
        _record(row, ItemsAdded(ticket_id=row.pk, item_ids=tuple(item.pk for item in fresh)), actor)
    return fresh


@transaction.atomic
def reword_item(ticket: Ticket, item_id: int, text: str, *, actor: Actor) -> ChecklistItem:
    """Says an item in other words. The same words change nothing."""
    row, item = _locked(ticket, item_id, actor)
    words = _words(text)
    if words != item.text:
        item.text = words
        item.save(update_fields=["text"])
        _record(row, ItemReworded(ticket_id=row.pk, item_id=item.pk), actor)
    return item


@transaction.atomic
def do_item(ticket: Ticket, item_id: int, *, actor: Actor) -> ChecklistItem:
    """Ticks an item off, with who and when. Again changes nothing: it stays with who was first."""
    row, item = _locked(ticket, item_id, actor)
    if item.done_at is None:
        item.done_at, item.done_by_id = now(), actor.id if actor.kind == "agent" else None
        item.save(update_fields=["done_at", "done_by"])
        _record(row, ItemDone(ticket_id=row.pk, item_id=item.pk), actor)
    return item


@transaction.atomic
def undo_item(ticket: Ticket, item_id: int, *, actor: Actor) -> ChecklistItem:
    """An item is to be done again. Again changes nothing."""
    row, item = _locked(ticket, item_id, actor)
    if item.done_at is not None:
        item.done_at, item.done_by_id = None, None
        item.save(update_fields=["done_at", "done_by"])
        _record(row, ItemUndone(ticket_id=row.pk, item_id=item.pk), actor)
    return item


@transaction.atomic
def move_item(ticket: Ticket, item_id: int, position: int, *, actor: Actor) -> ChecklistItem:
    """Gives an item another place, counted from 1; beyond the ends is at the end."""
    row, item = _locked(ticket, item_id, actor)
    items = {each.pk: each for each in _standing(row)}
    order = placed(list(items), item.pk, position)
    if order != list(items):
        for place, pk in enumerate(order, 1):
            items[pk].position = place
        ChecklistItem.objects.bulk_update(items.values(), ["position"])
        place = order.index(item.pk) + 1
        _record(row, ItemMoved(ticket_id=row.pk, item_id=item.pk, position=place), actor)
    return items[item.pk]


@transaction.atomic
def remove_item(ticket: Ticket, item_id: int, *, actor: Actor) -> None:
    """Takes an item off the list; `restore_item` brings it back. Again changes nothing."""
    row, item = _locked(ticket, item_id, actor, removed=True)
    if item.removed_at is None:
        item.removed_at = now()
        item.save(update_fields=["removed_at"])
        _record(row, ItemRemoved(ticket_id=row.pk, item_id=item.pk), actor)


@transaction.atomic
def restore_item(ticket: Ticket, item_id: int, *, actor: Actor) -> ChecklistItem:
    """Puts an item back where it stood. One that is there changes nothing."""
    row, item = _locked(ticket, item_id, actor, removed=True)
    if item.removed_at is not None:
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        _record(row, ItemRestored(ticket_id=row.pk, item_id=item.pk), actor)
    return item


def take_along(ticket: Ticket, into: Ticket) -> None:
    """Both tickets locked, for a merge: what was to be done on the one is to be done on the other, behind its own."""
    last = max(ChecklistItem.objects.filter(ticket=into).values_list("position", flat=True), default=0)
    for item in ChecklistItem.objects.filter(ticket=ticket).order_by("position", "pk"):
        item.ticket, item.position = into, last + item.position
        item.save(update_fields=["ticket", "position"])


def _standing(ticket: Ticket) -> QuerySet[ChecklistItem]:
    return ChecklistItem.objects.filter(ticket=ticket, removed_at__isnull=True).order_by("position", "pk")


def _locked(ticket: Ticket, item_id: int, actor: Actor, *, removed: bool = False) -> tuple[Ticket, ChecklistItem]:
    """The ticket, locked, and an item of its list; `removed`: also one that was taken off. Raises NotFound."""
    row = opened(ticket, actor=actor, needs=Permission.NOTE)
    item = ChecklistItem.objects.filter(ticket=row, pk=item_id).first()
    if item is None or (item.removed_at is not None and not removed):
        raise NotFound(_("This item is not on the checklist any more."))
    return row, item


def _words(text: str) -> str:
    words = one_line(text, LENGTH + 1)
    if not words:
        raise Invalid(_("Say what is to be done."), field="text")
    if len(words) > LENGTH:
        raise Invalid(_("An item has at most %(most)s letters.") % {"most": LENGTH}, field="text")
    return words


def _record(ticket: Ticket, event: Event, actor: Actor) -> None:
    touched(ticket)
    journal.record(event, actor=actor)
