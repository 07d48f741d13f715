"""One ticket with everything a program reads of it, as a plain row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.rows import fetch_sql
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries.listing import COLUMNS, ListRow, with_tags
from headway.tickets.queries.visibility import sane, sees_all, visible_to


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
    """One ticket the person may see. Raises NotFound.

    Two queries: the row with its names, and its tags; one more for those who do not see all tickets.
    """
    if not (sees_all(agent) or visible_to(agent).filter(pk=sane(ticket_id)).exists()):
        raise _nothing(ticket_id)
    return detail_after(ticket_id)


def detail_after(ticket_id: int) -> Detail:
    """The same for somebody who was let through to it, whatever their change made of who sees it."""
    rows = fetch_sql(_sql(), [sane(ticket_id)])
    if not rows:
        raise _nothing(ticket_id)
    *values, fields = rows[0]
    split = len(COLUMNS)
    # JSON comes as it is written
    row = _row(values[:split], [*values[split:], json.loads(fields) if isinstance(fields, str) else fields])
    with_tags([row])
    return row


@lru_cache(maxsize=1)
def _sql() -> str:
    """The statement, put together once: Django takes longer for that than the database for its work."""
    sql, _parameters = Ticket.objects.filter(pk=0).values_list(*COLUMNS, *_MORE).query.sql_with_params()
    return sql


def _nothing(ticket_id: int) -> NotFound:
    return NotFound(_("There is no ticket #%(id)s, or you may not see it.") % {"id": ticket_id})


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
