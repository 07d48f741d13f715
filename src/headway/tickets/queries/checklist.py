"""Reading what is to be done on tickets."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.together import Asked, rows_of
from headway.tickets.models import ChecklistItem


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. Of what is done, since when, and by whom where it was a person."""

    id: int
    text: str
    position: int
    done_at: datetime | None
    done_by: int | None
    done_by_name: str | None


def checklist_on(ticket_id: int) -> Asked[list[Item]]:
    """The list of a ticket the caller was let through to, in its order."""
    found = ChecklistItem.objects.filter(ticket_id=ticket_id, removed_at__isnull=True).order_by("position", "pk")
    columns = ("pk", "text", "done_at", "done_by", "done_by__name")
    return rows_of(
        found, columns, lambda rows: [Item(pk, text, place, *done) for place, (pk, text, *done) in enumerate(rows, 1)],
        times=("done_at",),
    )  # fmt: skip


def checklist_of(ticket_id: int) -> list[Item]:
    """The same, now. One query."""
    return checklist_on(ticket_id).now()


def item_of(ticket_id: int, item_id: int) -> Item:
    """One item of its list. Raises NotFound."""
    found = next((each for each in checklist_of(ticket_id) if each.id == item_id), None)
    if found is None:
        raise NotFound(_("This item is not on the checklist any more."))
    return found


def open_items(ticket_ids: Collection[int]) -> dict[int, int]:
    """How many things are still to be done on each of these tickets; those without are left out. One query."""
    left = ChecklistItem.objects.filter(ticket_id__in=list(ticket_ids), removed_at__isnull=True, done_at__isnull=True)
    return dict(left.values_list("ticket_id").annotate(Count("pk")).order_by("ticket_id"))


def texts_of(item_ids: Collection[int]) -> dict[int, str]:
    """What items say, also those that were removed."""
    return dict(ChecklistItem.objects.filter(pk__in=item_ids).values_list("pk", "text")) if item_ids else {}
