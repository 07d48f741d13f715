"""What somebody is told, who follows what, and how they want to hear it. Nothing of tickets they may not see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.foundation.together import Asked, rows_of
from headway.notifications.models import Choice, Following, Notification
from headway.notifications.rules import Choices
from headway.people.models import Agent
from headway.people.queries import customers, names
from headway.tickets.models import Ticket
from headway.tickets.queries import visible_to

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One notification as it is shown. `by` is the name of a colleague or customer, "" for Headway itself."""

    id: int
    kind: str
    event: str
    ticket_id: int
    subject: str
    by: str
    at: datetime
    read: bool
    on_desktop: bool


def followed(agent_id: int) -> Q:
    """Those of the tickets that somebody follows, as a condition (`is:followed`)."""
    return Q(pk__in=Following.objects.filter(agent_id=agent_id, left_at__isnull=True).values("ticket_id"))


def told(agent: Agent, *, cursor: str | None = None, after: int | None = None, limit: int = 30) -> Page[Told]:
    """A person's notifications, newest first; `after`: those newer than that one. At most three queries."""
    rows = _shown(agent)
    if cursor:
        rows = rows.filter(pk__lt=pages.decode(cursor, (int,))[0])
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.select_related("ticket").order_by("-pk")[: limit + 1])
    shown = found[:limit]
    more = pages.encode(shown[-1].pk) if len(found) > limit else None
    return Page(in_words(shown), more)


def in_words(rows: Collection[Notification]) -> list[Told]:
    """With the names of who did it. Two queries at most."""
    agents = names.of_agents({row.actor_id for row in rows if row.actor_kind == "agent" and row.actor_id})
    writers = customers.names_of({row.actor_id for row in rows if row.actor_kind == "customer" and row.actor_id})
    known = {"agent": agents, "customer": writers}
    return [
        Told(
            row.pk, row.kind, row.event, row.ticket_id, row.ticket.subject,
            known.get(row.actor_kind, {}).get(row.actor_id or 0, ""), row.at, row.read_at is not None, row.on_desktop,
        )
        for row in rows
    ]  # fmt: skip


def unread_count(agent: Agent) -> int:
    """How many the person has not read, counted up to a hundred. One query."""
    return len(_shown(agent).filter(read_at__isnull=True).values_list("pk", flat=True)[:MOST_COUNTED])


def newest(agent: Agent) -> int:
    """The id of the person's newest notification; 0 when there is none. One query."""
    return Notification.objects.filter(agent_id=agent.pk).order_by("-pk").values_list("pk", flat=True).first() or 0


def notification_for(agent: Agent, notification_id: int) -> Notification:
    """One of the person's own. Raises NotFound."""
    found = _shown(agent).filter(pk=notification_id).first()
    if found is None:
        raise NotFound(_("There is no such notification."))
    return found


def carried(agent: Agent, mail: int) -> list[Told]:
    """What one mail carries of tickets the person may see, but for what has left or was read. At most three queries."""
    rows = Notification.objects.filter(agent_id=agent.pk, mail=mail, mailed_at__isnull=True, read_at__isnull=True)
    rows = rows.filter(ticket__in=visible_to(agent).values("pk"))
    return in_words(list(rows.select_related("ticket").order_by("pk")))


def choices_of(agent_ids: Collection[int]) -> dict[int, Choices]:
    """How these people want to hear of things. One query."""
    rows = Choice.objects.filter(agent_id__in=agent_ids).values_list("agent_id", "ways", "follows")
    chosen = {agent_id: Choices(ways, tuple(follows)) for agent_id, ways, follows in rows}
    return {agent_id: chosen.get(agent_id, Choices()) for agent_id in agent_ids}


def follows_on(agent: Agent, ticket: Ticket) -> Asked[bool]:
    """Whether the person follows a ticket they were let through to."""
    return rows_of(
        Following.objects.filter(ticket_id=ticket.pk, agent_id=agent.pk, left_at__isnull=True), ("pk",), bool
    )


def follows(agent: Agent, ticket: Ticket) -> bool:
    """The same, now. One query."""
    return follows_on(agent, ticket).now()


def followers(ticket: Ticket) -> list[names.Named]:
    """Who follows a ticket, by name. One query."""
    rows = Following.objects.filter(ticket_id=ticket.pk, left_at__isnull=True, agent__archived_at__isnull=True)
    return [names.Named(*row) for row in rows.order_by("agent__name").values_list("agent_id", "agent__name")]


def _shown(agent: Agent) -> QuerySet[Notification]:
    mine = Notification.objects.filter(agent_id=agent.pk, in_desk=True)
    return mine.filter(ticket__in=visible_to(agent).values("pk"))
