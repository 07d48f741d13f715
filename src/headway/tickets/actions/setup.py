"""What a workspace defines before tickets come: statuses, types and their fields. Archived, never deleted."""

from collections.abc import Sequence
from typing import Any, TypedDict, TypeVar, Unpack

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import (
    FieldArchived,
    FieldDefined,
    StatusArchived,
    StatusDefined,
    TypeArchived,
    TypeDefined,
)
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Field, Status, TicketType
from headway.tickets.rules.texts import one_line

Definition = TypeVar("Definition", Status, TicketType, Field)

MOST_OPTIONS = 500
_LAST_POSITION = 32_767


class FieldDetails(TypedDict, total=False):
    """What may be changed about a field. What is left out stays as it is; key and kind are for ever."""

    label: str
    options: Sequence[str]
    required: bool
    position: int


@transaction.atomic
def define_status(name: str, category: str, *, actor: Actor, position: int | None = None) -> Status:
    """A new status in one of the six categories. Raises Conflict when the name is taken."""
    require(actor, Permission.SETTINGS)
    if category not in Status.Categories.values:
        raise Invalid(_("There is no such category."), field="category")
    last = Status.objects.aggregate(last=models.Max("position"))["last"]
    place = position if position is not None else min((last or 0) + 1, _LAST_POSITION)
    status = Status(name=_named(name), category=category, position=_position(place))
    _save(status)
    journal.record(StatusDefined(subject_id=status.pk, category=category), actor=actor)
    return status


@transaction.atomic
def edit_status(
    status: Status,
    *,
    actor: Actor,
    name: str | None = None,
    position: int | None = None,
    is_default: bool | None = None,
) -> Status:
    """Renames or moves a status, or makes it the default of its category (None: as it is)."""
    require(actor, Permission.SETTINGS)
    row = _locked(status)
    before = (row.name, row.position, row.is_default)
    if name is not None:
        row.name = _named(name)
    if position is not None:
        row.position = _position(position)
    if is_default is False and row.is_default:
        raise Conflict(_("Make another status of this category the default instead."), field="is_default")
    if is_default and not row.is_default:
        Status.objects.filter(category=row.category, is_default=True).update(is_default=False)
        row.is_default = True
    if (row.name, row.position, row.is_default) != before:
        _save(row)
        journal.record(StatusDefined(subject_id=row.pk, category=row.category), actor=actor)
    return row


@transaction.atomic
def archive_status(status: Status, *, actor: Actor) -> Status:
    """The status is offered no more; tickets that have it keep it. Raises Conflict for a category's default."""
    require(actor, Permission.SETTINGS)
    row = _locked(status)
    if row.is_default:
        raise Conflict(_("This is the default of its category. Make another status the default first."))
    _archive(row)
    journal.record(StatusArchived(subject_id=row.pk, category=row.category), actor=actor)
    return row


@transaction.atomic
def define_type(name: str, fields: Sequence[Field] = (), *, actor: Actor, is_sample: bool = False) -> TicketType:
    """A new kind of request with the fields it asks for. Raises Conflict when the name is taken."""
    require(actor, Permission.SETTINGS)
    kind = TicketType(name=_named(name), is_sample=is_sample)
    _save(kind)
    kind.fields.set(_in_use(fields))
    journal.record(TypeDefined(subject_id=kind.pk), actor=actor)
    return kind


@transaction.atomic
def edit_type(
    kind: TicketType, *, actor: Actor, name: str | None = None, fields: Sequence[Field] | None = None
) -> TicketType:
    """Renames a type or says which fields it asks for (None: as it is)."""
    require(actor, Permission.SETTINGS)
    row, changed = _locked(kind), False
    if name is not None and _named(name) != row.name:
        row.name, changed = _named(name), True
        _save(row)
    if fields is not None:
        wanted = {field.pk for field in _in_use(fields)}
        if wanted != set(row.fields.filter(archived_at__isnull=True).values_list("pk", flat=True)):
            row.fields.set(wanted)
            changed = True
    if changed:
        journal.record(TypeDefined(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def archive_type(kind: TicketType, *, actor: Actor) -> TicketType:
    """The type is offered no more; tickets that have it keep it."""
    require(actor, Permission.SETTINGS)
    row = _locked(kind)
    _archive(row)
    journal.record(TypeArchived(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def define_field(key: str, kind: str, *, actor: Actor, **details: Unpack[FieldDetails]) -> Field:
    """A new custom field. Its values stand on tickets under `key`. Raises Conflict when the key was ever used."""
    require(actor, Permission.SETTINGS)
    if kind not in Field.Kinds.values:
        raise Invalid(_("There is no such kind of field."), field="kind")
    if key != slugify(key).replace("-", "_") or not 0 < len(key) <= 40:
        raise Invalid(_("A key is made of small letters, digits and underscores."), field="key")
    field = Field(key=key, kind=kind, label=_named(details.get("label", ""), 80, "label"))
    _describe(field, details)
    _save(field, field="key")
    journal.record(FieldDefined(subject_id=field.pk, field_kind=kind), actor=actor)
    return field


@transaction.atomic
def edit_field(field: Field, *, actor: Actor, **details: Unpack[FieldDetails]) -> Field:
    """Changes what a field is called, offers or asks. Values that tickets hold stay as they are."""
    require(actor, Permission.SETTINGS)
    row = _locked(field)
    if _describe(row, details):
        row.save()
        journal.record(FieldDefined(subject_id=row.pk, field_kind=row.kind), actor=actor)
    return row


@transaction.atomic
def archive_field(field: Field, *, actor: Actor) -> Field:
    """The field is asked for no more; values that tickets hold stay."""
    require(actor, Permission.SETTINGS)
    row = _locked(field)
    _archive(row)
    journal.record(FieldArchived(subject_id=row.pk), actor=actor)
    return row


def _describe(field: Field, details: FieldDetails) -> bool:
    """Puts the details on the row; whether anything is new."""
    wanted: dict[str, Any] = {}
    if "label" in details:
        wanted["label"] = _named(details["label"], 80, "label")
    if "required" in details:
        wanted["required"] = details["required"]
    if "position" in details:
        wanted["position"] = _position(details["position"])
    if "options" in details:
        options = list(dict.fromkeys(one_line(option, 120) for option in details["options"]))
        if len(options) > MOST_OPTIONS or not all(options):
            raise Invalid(_("Options are up to %(most)d short texts.") % {"most": MOST_OPTIONS}, field="options")
        wanted["options"] = options
    changed = [name for name, value in wanted.items() if getattr(field, name) != value]
    for name in changed:
        setattr(field, name, wanted[name])
    if (field.kind == Field.Kinds.CHOICE) != bool(field.options):
        raise Invalid(_("A choice needs options, and only a choice has any."), field="options")
    return bool(changed)


def _in_use(fields: Sequence[Field]) -> Sequence[Field]:
    if any(field.archived_at is not None for field in fields):
        raise Invalid(_("One of these fields is not used any more."), field="fields")
    return fields


def _named(text: str, most: int = 60, field: str = "name") -> str:
    name = one_line(text, most)
    if not name:
        raise Invalid(_("A name is needed."), field=field)
    return name


def _position(number: int) -> int:
    if not 0 <= number <= _LAST_POSITION:
        raise Invalid(_("A position is a number from 0 to %(most)d.") % {"most": _LAST_POSITION}, field="position")
    return number


def _locked(definition: Definition) -> Definition:
    row = type(definition).objects.select_for_update().filter(pk=definition.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This is not used any more."))
    return row


def _archive(row: Status | TicketType | Field) -> None:
    row.archived_at = now()
    row.save(update_fields=["archived_at"])


def _save(row: Status | TicketType | Field, *, field: str = "name") -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("This name is taken already."), field=field) from error
