"""What a ticket is about: subject, priority, type, fields, requester."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import (
    FieldsChanged,
    PriorityChanged,
    RequesterChanged,
    SubjectChanged,
    TypeChanged,
)
from headway.foundation.errors import Invalid
from headway.people.models import Customer
from headway.people.rules import Permission
from headway.tickets.actions import index
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Field, Ticket, TicketType
from headway.tickets.queries.setup import definitions_of
from headway.tickets.rules.fields import problems
from headway.tickets.rules.texts import SUBJECT, clean, one_line


@transaction.atomic
def set_subject(ticket: Ticket, subject: str, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Renames the ticket. Raises Invalid when nothing readable is left of the name."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    subject = one_line(subject, SUBJECT)
    if not subject:
        raise Invalid(_("A ticket needs a subject."), field="subject")
    if subject != row.subject:
        row.subject = subject
        touched(row, "subject")
        index.again(row)
        journal.record(SubjectChanged(ticket_id=row.pk), actor=actor)
    return row


@transaction.atomic
def set_priority(ticket: Ticket, priority: int, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Sets the priority, 1 low to 4 urgent."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if priority not in Ticket.Priorities.values:
        raise Invalid(_("There is no such priority."), field="priority")
    if priority != row.priority:
        event = PriorityChanged(
            ticket_id=row.pk, from_priority=_priority(row.priority), to_priority=_priority(priority)
        )
        row.priority = priority
        touched(row, "priority")
        journal.record(event, actor=actor)
    return row


@transaction.atomic
def set_type(ticket: Ticket, kind: TicketType | None, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Gives the ticket a type. Values of fields that the new type does not have stay, unseen."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if kind is not None and kind.archived_at is not None:
        raise Invalid(_("The type %(name)s is not used any more.") % {"name": kind.name}, field="type")
    target = kind.pk if kind else None
    if target != row.type_id:
        event = TypeChanged(ticket_id=row.pk, from_type=row.type_id, to_type=target)
        row.type = kind
        touched(row, "type")
        journal.record(event, actor=actor)
    return row


@transaction.atomic
def set_fields(ticket: Ticket, values: Mapping[str, Any], *, actor: Actor, expected: int | None = None) -> Ticket:
    """Sets some custom fields by key; None clears one. Raises Invalid with what is wrong by key."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    after = {**row.fields, **checked_fields(row.type, values)}
    after = {key: value for key, value in after.items() if value is not None}
    if after != row.fields:
        row.fields = after
        touched(row, "fields")
        ids = Field.objects.filter(key__in=list(values)).order_by("pk").values_list("pk", flat=True)
        journal.record(FieldsChanged(ticket_id=row.pk, field_ids=tuple(ids)), actor=actor)
    return row


@transaction.atomic
def set_requester(ticket: Ticket, customer: Customer, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Gives the ticket to another customer."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if customer.pk != row.customer_id:
        event = RequesterChanged(ticket_id=row.pk, from_customer=row.customer_id, to_customer=customer.pk)
        row.customer, row.organisation_id = customer, customer.organisation_id
        touched(row, "customer", "organisation")
        journal.record(event, actor=actor)
    return row


def checked_fields(kind: TicketType | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, cleaned, when they fit the type's fields. Raises Invalid otherwise."""
    if not values:
        return {}
    wrong = problems(definitions_of(kind.pk if kind else None), values)
    if wrong:
        told = {key: _(problem.said) % problem.about for key, problem in wrong.items()}
        raise Invalid(_("Some fields do not fit: %(fields)s.") % {"fields": ", ".join(told)}, fields=told)
    return {key: clean(value) if isinstance(value, str) else value for key, value in values.items()}


def _priority(value: int) -> str:
    return Ticket.Priorities(value).name.lower()
