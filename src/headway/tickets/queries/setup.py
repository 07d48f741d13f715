"""What a workspace has defined: statuses, types, fields, tags."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.tickets.models import Field, Status, Tag, TicketType
from headway.tickets.rules.fields import Definition


def statuses() -> QuerySet[Status]:
    """Those on offer, in their order."""
    return Status.objects.filter(archived_at__isnull=True).order_by("position", "pk")


def status_for(category: str) -> Status:
    """The status meant by a category alone. Raises NotFound."""
    found = Status.objects.filter(category=category, is_default=True).first()
    if found is None:
        raise NotFound(_("There is no status of the category %(name)s.") % {"name": category}, field="status")
    return found


def types() -> QuerySet[TicketType]:
    """Those on offer, by name."""
    return TicketType.objects.filter(archived_at__isnull=True).order_by("name")


def fields() -> QuerySet[Field]:
    """Those on offer, in their order."""
    return Field.objects.filter(archived_at__isnull=True).order_by("position", "pk")


def tags(start: str = "", limit: int = 50) -> Sequence[Tag]:
    """Tags that begin with `start`, by name."""
    return list(Tag.objects.filter(name__istartswith=start).order_by("name")[:limit])


def definitions_of(type_id: int | None) -> list[Definition]:
    """The fields of a type, in order; those of no type when None: the ones that belong to no type at all."""
    found = fields().filter(types=type_id) if type_id else fields().filter(types__isnull=True)
    return [Definition(field.key, field.kind, field.label, tuple(field.options), field.required) for field in found]
