"""What a workspace has defined: statuses, types, fields, tags."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.together import Asked, rows_of
from headway.tickets.models import Field, Status, Tag, Tagging, Ticket, TicketType
from headway.tickets.rules.fields import Definition

Row = TypeVar("Row", Status, TicketType, Field)
Found = TypeVar("Found", bound=Model)


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


def in_order(asked: Iterable[Field]) -> list[Field]:
    """Those of the fields that are on offer, in their order."""
    offered = [field for field in asked if field.archived_at is None]
    return sorted(offered, key=lambda field: (field.position, field.pk))


def tags(start: str = "", limit: int = 50) -> Sequence[Tag]:
    """Tags on offer that begin with `start`, by name."""
    offered = Tag.objects.filter(merged_into__isnull=True, archived_at__isnull=True)
    return list(offered.filter(name__istartswith=start).order_by("name")[:limit])


def definitions_on(type_id: int | None) -> Asked[list[Definition]]:
    """The fields of a type, in order; those of no type when None: the ones that belong to no type at all."""
    found = fields().filter(types=type_id) if type_id else fields().filter(types__isnull=True)
    columns = ("key", "kind", "label", "options", "required")
    return rows_of(found, columns, lambda rows: [_definition(*row) for row in rows])


def definitions_of(type_id: int | None) -> list[Definition]:
    """The same, now. One query."""
    return definitions_on(type_id).now()


def defined(model: type[Row], row_id: int) -> Row:
    """One that is in use. Raises NotFound."""
    return _found(model.objects.filter(pk=row_id, archived_at__isnull=True).first())


def ever_defined(model: type[Row], row_id: int) -> Row:
    """One, also an archived one. Raises NotFound."""
    return _found(model.objects.filter(pk=row_id).first())


def archived(model: type[Row]) -> QuerySet[Row]:
    """Those that are not offered any more, the latest first."""
    return model.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-pk")


def tag_by_id(tag_id: int) -> Tag:
    """One tag, also an archived one; not one that became another. Raises NotFound."""
    return _found(Tag.objects.filter(pk=tag_id, merged_into__isnull=True).first())


def tickets_with(row: Status | TicketType | Field | Tag, most: int) -> int:
    """How many tickets hold this, counted no further than `most`. One query."""
    if isinstance(row, Tag):
        return Tagging.objects.filter(tag=row).values("pk")[:most].count()
    if isinstance(row, Field):
        held = Q(fields__has_key=row.key)
    else:
        held = Q(status_id=row.pk) if isinstance(row, Status) else Q(type_id=row.pk)
    return Ticket.objects.filter(held).values("pk")[:most].count()


def _definition(key: str, kind: str, label: str, options: list[str], required: bool) -> Definition:
    return Definition(key, kind, label, tuple(options), required)


def _found(row: Found | None) -> Found:
    if row is None:
        raise NotFound(_("This does not exist, or is not used any more."))
    return row
