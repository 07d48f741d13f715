"""Sample rows of what a workspace defines, and sample tickets that have become real."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from headway.events import erasure
from headway.events.actor import Actor
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Field, Message, Tag, Tagging, Ticket, TicketType


@transaction.atomic
def keep_entangled(*, actor: Actor) -> int:
    """Sample tickets on which somebody real wrote, or into which a real ticket was merged, are real from now on."""
    require(actor, Permission.SETTINGS)
    written_on = Message.objects.filter(customer__isnull=False, customer__is_sample=False).values("ticket_id")
    absorbed = Ticket.objects.filter(is_sample=False, merged_into__isnull=False).values("merged_into_id")
    samples = Ticket.objects.filter(is_sample=True)
    return (samples.filter(pk__in=written_on) | samples.filter(pk__in=absorbed)).update(is_sample=False)


@transaction.atomic
def remove_setup(*, fields: Sequence[int], tags: Sequence[int], actor: Actor, reason: str) -> None:
    """Deletes sample types, and of the given fields and tags those that nothing real uses; their journal too."""
    require(actor, Permission.SETTINGS)
    types = TicketType.objects.filter(is_sample=True)
    used = types.filter(pk__in=Ticket.objects.filter(type__isnull=False).values("type_id"))
    used.update(is_sample=False)
    _delete(types.all(), "type", actor, reason)
    unused = [
        row.pk
        for row in Field.objects.filter(pk__in=list(fields), types__isnull=True)
        if not Ticket.objects.filter(fields__has_key=row.key).exists()
    ]
    _delete(Field.objects.filter(pk__in=unused), "field", actor, reason)
    put_on = Tagging.objects.values("tag_id")
    _delete(Tag.objects.filter(pk__in=list(tags)).exclude(pk__in=put_on), "tag", actor, reason)


def _delete(rows: QuerySet[TicketType] | QuerySet[Field] | QuerySet[Tag], kind: str, actor: Actor, reason: str) -> None:
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        rows.filter(pk__in=ids).delete()
        erasure.erase_subjects(kind, ids, actor=actor, reason=reason)
