"""The followers of many events at once: who has just written about many tickets need not leave a job for each."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import connection, transaction

from headway.events import done, followers, journal, queries
from headway.events.event import Event, Recorded
from headway.events.followers import Follower
from headway.events.models import Entry
from headway.events.tasks import follow, follow_apart
from headway.foundation import telemetry

# Locked, so that no worker takes one of them meanwhile, nor a later one with the same lock.
_WAITING: Final = """
SELECT id, lock, status, task_name, attempts, scheduled_at IS NULL, (args ->> 'event_id')::bigint
FROM procrastinate_jobs WHERE lock = ANY(%s) AND status IN ('todo', 'doing') ORDER BY id FOR UPDATE
"""
_TAKE: Final = "DELETE FROM procrastinate_jobs WHERE id = ANY(%s)"


@transaction.atomic
def follow_tickets(ticket_ids: Collection[int]) -> int:
    """Runs what waits to follow the events of these tickets, here and now, in one transaction; returns how many events.

    It comes in the place of their jobs. A ticket that anything else waits for is left to its jobs; so is everything
    when this fails, which then raises.
    """
    entries = Entry.objects.filter(pk__in=_taken(ticket_ids)).order_by("pk")
    stories: dict[int | None, list[Recorded[Event]]] = defaultdict(list)
    for entry in entries:
        stories[entry.ticket_id].append(queries.recorded(entry))
    for turn in range(max((len(story) for story in stories.values()), default=0)):
        _follow([story[turn] for story in stories.values() if len(story) > turn])
    return sum(len(story) for story in stories.values())


def _taken(ticket_ids: Collection[int]) -> list[int]:
    """The events whose jobs were taken out of the queue."""
    jobs: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [[f"ticket:{one}" for one in sorted(ticket_ids)]])
        for job_id, lock, *facts in cursor.fetchall():
            jobs[lock].append((job_id, *facts))
        whole = [job for waiting in jobs.values() if all(_is_fresh(one) for one in waiting) for job in waiting]
        if whole:
            cursor.execute(_TAKE, [[job[0] for job in whole]])
    return [job[-1] for job in whole]


def _is_fresh(job: tuple[Any, ...]) -> bool:
    _id, status, task, attempts, at_once, event_id = job
    return bool(status == "todo" and task == follow.name and not attempts and at_once and event_id is not None)


def _follow(events: Sequence[Recorded[Event]]) -> None:
    """Runs the followers of events that have nothing to do with each other, in the pipeline's order."""
    kinds: dict[str, list[Recorded[Event]]] = defaultdict(list)
    for one in events:
        kinds[one.event.kind].append(one)
    for kind, of_kind in kinds.items():
        for follower in followers.of(kind):
            new = done.claim_many([one.id for one in of_kind], follower.name)
            _run(follower, [one for one in of_kind if one.id in new])


def _run(follower: Follower, events: Sequence[Recorded[Event]]) -> None:
    if not events:
        return
    with telemetry.span(f"follower {follower.name}", {"headway.events": len(events)}):
        if follower.together is not None:
            follower.together(events)
            return
        for one in events:
            if follower.apart:
                lock = f"{follower.name}:{one.event.subject}"
                follow_apart.defer(lock=lock, event_id=one.id, follower=follower.name)
                continue
            with journal.caused_by(one.id):
                follower.function(one)
