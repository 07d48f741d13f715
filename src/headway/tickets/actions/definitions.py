"""Order among what a workspace defines, and the way back for what was archived."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.settings import FieldDefined, FieldRestored, StatusDefined, StatusRestored, TypeRestored
from headway.foundation.errors import Conflict, NotFound
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Field, Status, TicketType

Ordered = TypeVar("Ordered", Status, Field)


@transaction.atomic
def move_status(status: Status, step: int, *, actor: Actor) -> None:
    """Moves a status up (-1) or down (1) among those of its category; at the end it stays."""
    require(actor, Permission.SETTINGS)
    beside = Status.objects.filter(category=status.category, archived_at__isnull=True)
    for row in _moved(list(beside.select_for_update().order_by("position", "pk")), status, step):
        row.save(update_fields=["position"])
        journal.record(StatusDefined(subject_id=row.pk, category=row.category), actor=actor)


@transaction.atomic
def move_field(field: Field, step: int, *, actor: Actor) -> None:
    """Moves a custom field up (-1) or down (1); at the end it stays."""
    require(actor, Permission.SETTINGS)
    beside = Field.objects.filter(archived_at__isnull=True)
    for row in _moved(list(beside.select_for_update().order_by("position", "pk")), field, step):
        row.save(update_fields=["position"])
        journal.record(FieldDefined(subject_id=row.pk, field_kind=row.kind), actor=actor)


def _moved(rows: list[Ordered], row: Ordered, step: int) -> list[Ordered]:
    """Those whose position is another once `row` has moved. The positions that are there are dealt out again."""
    at = next((number for number, one in enumerate(rows) if one.pk == row.pk), None)
    if at is None:
        raise NotFound(_("This is not used any more."))
    wanted = min(max(at + step, 0), len(rows) - 1)
    places = sorted({one.position for one in rows})
    if len(places) < len(rows):
        places = list(range(len(rows)))
    rows.insert(wanted, rows.pop(at))
    changed = []
    for one, place in zip(rows, places, strict=True):
        if one.position != place:
            one.position = place
            changed.append(one)
    return changed


@transaction.atomic
def restore(definition: Status | TicketType | Field, *, actor: Actor) -> None:
    """Offers an archived status, type or field again. Raises Conflict when another one has taken its name."""
    require(actor, Permission.SETTINGS)
    row = type(definition).objects.select_for_update().filter(pk=definition.pk).first()
    if row is None:
        raise NotFound(_("This does not exist any more."))
    if row.archived_at is None:
        return
    row.archived_at = None
    try:
        with transaction.atomic():
            row.save(update_fields=["archived_at"])
    except IntegrityError as error:
        raise Conflict(_("Another one has this name now. Rename that one first.")) from error
    journal.record(_restored(row), actor=actor)


def _restored(row: Status | TicketType | Field) -> Event:
    match row:
        case Status():
            return StatusRestored(subject_id=row.pk, category=row.category)
        case TicketType():
            return TypeRestored(subject_id=row.pk)
    return FieldRestored(subject_id=row.pk)
