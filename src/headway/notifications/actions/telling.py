"""Telling people what concerns them: rows that are made from the journal, once each.

They say nothing to the journal themselves: each comes from an event that stands there.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.notifications.models import Notification
from headway.notifications.queries import choices_of
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries.scopes import facts_of, scopes_of
from headway.tickets.rules.visibility import may_see

# The live process passes the news on to the open screens of these people.
CHANNEL = "headway_people"

# So long a mail waits for what else comes along, and for its reader to see it at the desk.
PATIENCE = timedelta(minutes=2)
# Older ones are forgotten.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something on a ticket, and whom it concerns as what."""

    ticket_id: int
    concerns: Mapping[int, str]
    key: str
    event: str
    actor: Actor
    at: datetime


@transaction.atomic
def tell(news: Sequence[News], *, actor: Actor) -> int:  # noqa: ARG001 (each piece of news has its own)
    """Tells those who may see the ticket and want to hear of it, each once; returns how many notifications came to be.

    Three queries for people, what they see and what they chose; one more for the tickets, and one that writes.
    """
    ids = {agent_id for one in news for agent_id in one.concerns}
    people = list(Agent.objects.filter(pk__in=ids, archived_at__isnull=True))
    scopes, choices = scopes_of(people), choices_of([person.pk for person in people])
    facts = facts_of({one.ticket_id for one in news})
    # who is away does not look at the desk
    away = {person.pk for person in people if person.is_away}
    rows = []
    for one in news:
        for agent_id, kind in one.concerns.items():
            ways = choices[agent_id].of(kind) if agent_id in choices else frozenset()
            if not ways or one.ticket_id not in facts or not may_see(scopes[agent_id], facts[one.ticket_id]):
                continue
            rows.append(
                Notification(
                    agent_id=agent_id, ticket_id=one.ticket_id, kind=kind, key=one.key, event=one.event,
                    actor_kind=one.actor.kind, actor_id=one.actor.id, at=one.at,
                    in_desk="desk" in ways, on_desktop="desktop" in ways, by_mail="mail" in ways or agent_id in away,
                )
            )  # fmt: skip
    if rows:
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        _wake({row.agent_id for row in rows})
    return len(rows)


@transaction.atomic
def read_one(notification: Notification, *, actor: Actor) -> None:
    """The person has seen one of their notifications."""
    _read(actor, pk=notification.pk)


@transaction.atomic
def read_ticket(ticket: Ticket, *, actor: Actor) -> None:
    """The person has seen the ticket, and with it what they were told of it."""
    _read(actor, ticket_id=ticket.pk)


@transaction.atomic
def read_all(*, actor: Actor, up_to: int) -> None:
    """The person has seen their list, up to the newest that was in it."""
    _read(actor, pk__lte=up_to)


def _read(actor: Actor, **chosen: int) -> None:
    Notification.objects.filter(agent_id=actor.id or 0, read_at__isnull=True, **chosen).update(read_at=now())


@transaction.atomic
def gather(*, actor: Actor) -> list[tuple[int, int]]:  # noqa: ARG001
    """Puts what waits to be mailed into one mail for each person; returns people and mails.

    A person's mail leaves two minutes after the first that waits, with everything that came meanwhile.
    """
    waiting = Notification.objects.filter(by_mail=True, mail__isnull=True, read_at__isnull=True)
    ripe = waiting.filter(at__lte=now() - PATIENCE).order_by().values_list("agent_id", flat=True).distinct()
    mails = []
    for agent_id in ripe:
        rows = list(waiting.filter(agent_id=agent_id).order_by("pk").select_for_update(skip_locked=True))
        if rows:
            Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mail=rows[0].pk)
            mails.append((agent_id, rows[0].pk))
    return mails


@transaction.atomic
def mailed(ids: Collection[int], *, actor: Actor) -> None:  # noqa: ARG001
    """The mail with these has left."""
    Notification.objects.filter(pk__in=list(ids)).update(mailed_at=now())


@transaction.atomic
def forget(*, actor: Actor) -> int:  # noqa: ARG001
    """Deletes what is older than three months; returns how many."""
    return Notification.objects.filter(at__lt=now() - KEPT).delete()[0]


def _wake(agent_ids: Collection[int]) -> None:
    """One notification a transaction; a payload holds 8,000 bytes, a long list is told in the first thousand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(sorted(agent_ids)[:1000])])
