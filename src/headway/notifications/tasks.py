"""Followers and schedules of notifications."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from headway.events.actor import Actor
from headway.events.event import Recorded
from headway.events.vocabulary.tickets import TicketMerged
from headway.foundation.clock import now
from headway.foundation.jobs import schedule
from headway.notifications import rules
from headway.notifications.actions import following, telling
from headway.notifications.actions.telling import News
from headway.notifications.models import Following
from headway.notifications.queries import choices_of
from headway.notifications.rules import Happened
from headway.people.models import Membership
from headway.sla import queries as sla
from headway.tickets.models import Ticket

# So long before a response is due its assignee hears of it.
WARNING = timedelta(minutes=15)


def follow_along(entry: Recorded[Any]) -> None:
    """After an answer, a note or an assignment: whoever did it or is called by it follows the ticket, if they want."""
    reasons = rules.follows(_happened(entry, _called(entry)))
    wanted = choices_of(reasons)
    chosen = {agent_id: why for agent_id, why in reasons.items() if why in wanted[agent_id].follows}
    if chosen and Ticket.objects.filter(pk=entry.event.ticket).exists():
        following.follow_along(entry.event.ticket, chosen, actor=Actor.system())


def follow_merged(entry: Recorded[TicketMerged]) -> None:
    """After a merge: who followed the ticket follows the one it lives on in."""
    rows = Following.objects.filter(ticket_id=entry.event.ticket_id, left_at__isnull=True)
    reasons = dict.fromkeys(rows.values_list("agent_id", flat=True), "merged")
    if reasons and Ticket.objects.filter(pk=entry.event.into_id).exists():
        following.follow_along(entry.event.into_id, reasons, actor=Actor.system())


def tell(entry: Recorded[Any]) -> None:
    """After what is said or assigned on a ticket: those whom it concerns hear of it, in the ways they chose."""
    tell_many([entry])


def tell_many(entries: Sequence[Recorded[Any]]) -> None:
    """The same for many events at once."""
    ids = {one.event.ticket for one in entries}
    # suspected spam calls nobody
    rows = Ticket.objects.filter(pk__in=ids, suspected_at__isnull=True).values_list("pk", "assignee_id")
    concerned = {number: {assignee} if assignee else set() for number, assignee in rows}
    for number, agent_id in Following.objects.filter(ticket_id__in=concerned, left_at__isnull=True).values_list(
        "ticket_id", "agent_id"
    ):
        concerned[number].add(agent_id)
    news = []
    for one in entries:
        if one.event.ticket not in concerned:
            continue
        what = _happened(one, _called(one), frozenset(concerned[one.event.ticket]))
        news.append(
            News(
                ticket_id=one.event.ticket,
                concerns=rules.concerns(what),
                key=f"event:{one.id}",
                event=one.event.kind,
                actor=one.actor,
                at=one.at,
            )
        )
    if any(one.concerns for one in news):
        telling.tell(news, actor=Actor.system())


def _called(entry: Recorded[Any]) -> frozenset[int]:
    """Whom a note calls, by themselves or by a team."""
    teams = getattr(entry.event, "team_ids", ())
    members = Membership.objects.filter(team_id__in=teams).values_list("agent_id", flat=True) if teams else ()
    return frozenset(getattr(entry.event, "agent_ids", ())) | frozenset(members)


def _happened(
    entry: Recorded[Any], called: frozenset[int] = frozenset(), concerned: frozenset[int] = frozenset()
) -> Happened:
    event = entry.event
    return Happened(
        kind=event.kind,
        actor=entry.actor.id if entry.actor.kind == "agent" else None,
        to_agent=getattr(event, "to_agent", None),
        writer=getattr(event, "agent_id", None),
        called=called,
        concerned=concerned,
        automatic=getattr(event, "automatic", False),
        held=getattr(event, "held", False),
        first=getattr(event, "first", False),
    )


@schedule("notifications.warn", "* * * * *")
def warn() -> None:
    """Every minute: responses that are due soon, told to who has the ticket, once for each promise."""
    at = now()
    news = [
        News(
            ticket_id=soon.ticket_id,
            concerns={soon.assignee_id: "due"},
            key=f"due:{soon.ticket_id}:{int(soon.due_at.timestamp())}",
            event="",
            actor=Actor.system(),
            at=at,
        )
        for soon in sla.due_soon(at, at + WARNING)
    ]
    telling.tell(news, actor=Actor.system())


@schedule("notifications.forget", "53 3 * * *", while_held=True)
def forget() -> None:
    """Every night: what was told three months ago."""
    telling.forget(actor=Actor.system())
