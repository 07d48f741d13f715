"""One ticket with everything a program reads of it, as a plain row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries.listing import COLUMNS, ListRow, with_tags
from headway.tickets.queries.visibility import sane, visible_to


@dataclass(slots=True)
class Detail(ListRow):
    """A ticket as a list shows it, with the rest: names, custom fields by key, and when it was closed."""

    type: str | None = None
    brand: str | None = None
    organisation: str | None = None
    closed_at: datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)


_MORE = ("type__name", "brand__name", "organisation__name", "closed_at", "fields")


def detail(agent: Agent, ticket_id: int) -> Detail:
    """One ticket the person may see. Two queries: the row with its names, and its tags. Raises NotFound."""
    return _read(visible_to(agent), ticket_id)


def detail_after(ticket_id: int) -> Detail:
    """The same for somebody who was let through to it, whatever their change made of who sees it."""
    return _read(Ticket.objects.all(), ticket_id)


def _read(tickets: QuerySet[Ticket], ticket_id: int) -> Detail:
    values = tickets.filter(pk=sane(ticket_id)).values_list(*COLUMNS, *_MORE).first()
    if values is None:
        raise NotFound(_("There is no ticket #%(id)s, or you may not see it.") % {"id": ticket_id})
    split = len(COLUMNS)
    row = _row(values[:split], values[split:])
    with_tags([row])
    return row


def detail_of(ticket: Ticket) -> Detail:
    """From a ticket whose related rows are at hand: a fresh one without tags. No query."""
    names = {
        name: getattr(ticket, name).name if getattr(ticket, f"{name}_id") else None
        for name in ("status", "team", "assignee", "customer", "type", "brand", "organisation")
    }
    values = [names[column.split("__")[0]] if "__" in column else getattr(ticket, column) for column in COLUMNS]
    return _row(values, (names["type"], names["brand"], names["organisation"], ticket.closed_at, dict(ticket.fields)))


def _row(listed: Sequence[Any], more: Sequence[Any]) -> Detail:
    values: Sequence[Any] = [*listed, [], *more]
    return Detail(*values)
