"""What a change to a ticket may say, for one ticket and for many."""

from typing import Annotated, Any

from pydantic import Field

from headway.events.actor import Actor
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.web.api import known
from headway.web.api.kinds import Category, Id, IdOrNone, Input, Instant, Priority, Subject
from headway.web.api.tickets.status import status_of


class Changes(Input):
    """New values of properties; what is left out stays. Ids of 0 take away: nobody assigned, no team, no type."""

    subject: Subject | None = None
    priority: Priority | None = None
    type_id: IdOrNone | None = None
    fields: Annotated[dict[str, Any] | None, Field(description="Custom fields by key; null clears one.")] = None
    team_id: IdOrNone | None = None
    assignee_id: IdOrNone | None = None
    customer_id: Id | None = None
    status_id: Id | None = None
    category: Category | None = None


class BulkChanges(Changes):
    """The same for many tickets, and what else can be done with many."""

    add_tags: Annotated[list[str], Field(max_length=100)] = []
    remove_tags: Annotated[list[str], Field(max_length=100)] = []
    snoozed_until: Instant | None = None
    suspected: bool | None = None


def apply(ticket: Ticket, changes: Changes, *, actor: Actor) -> None:
    """Carries the changes out, in the caller's transaction. Type before fields, fields before the status they gate."""
    if changes.subject is not None:
        actions.set_subject(ticket, changes.subject, actor=actor)
    if changes.priority is not None:
        actions.set_priority(ticket, changes.priority, actor=actor)
    if changes.type_id is not None:
        kind = known.ticket_type(changes.type_id) if changes.type_id else None
        actions.set_type(ticket, kind, actor=actor)
    if changes.fields:
        actions.set_fields(ticket, changes.fields, actor=actor)
    if changes.customer_id is not None:
        actions.set_requester(ticket, known.customer(changes.customer_id), actor=actor)
    if changes.team_id is not None:
        actions.set_team(ticket, known.team(changes.team_id) if changes.team_id else None, actor=actor)
    if changes.assignee_id is not None:
        actions.assign(ticket, known.agent(changes.assignee_id) if changes.assignee_id else None, actor=actor)
    status = status_of(changes.status_id, changes.category)
    if status is not None:
        actions.set_status(ticket, status, actor=actor)


def apply_more(ticket: Ticket, changes: BulkChanges, *, actor: Actor) -> None:
    """All of a bulk change on one ticket."""
    if changes.add_tags:
        actions.tag(ticket, changes.add_tags, actor=actor)
    if changes.remove_tags:
        actions.untag(ticket, changes.remove_tags, actor=actor)
    if changes.snoozed_until is not None:
        actions.snooze(ticket, changes.snoozed_until, actor=actor)
    if changes.suspected is not None:
        (actions.suspect if changes.suspected else actions.clear)(ticket, actor=actor)
    apply(ticket, changes, actor=actor)
