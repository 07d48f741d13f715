"""The job that runs an event's followers."""

from django.db import connection, transaction

from headway.events import followers, journal, queries
from headway.events.followers import Follower
from headway.events.models import Entry
from headway.foundation.jobs import job

_CLAIM = "INSERT INTO events_done (event_id, follower) VALUES (%s, %s) ON CONFLICT DO NOTHING"


@job("events.follow")
def follow(event_id: int) -> None:
    """Runs the followers of one event in order, each in a transaction that first claims it: its effect happens once.

    When one fails the job is retried: those before it are claimed already, those after it wait.
    """
    entry = Entry.objects.get(pk=event_id)
    for follower in followers.of(entry.kind):
        with transaction.atomic():
            if not _claimed(event_id, follower):
                continue
            if follower.apart:
                follow_apart.defer(
                    lock=f"{follower.name}:{entry.subject_id}", event_id=event_id, follower=follower.name
                )
            else:
                with journal.caused_by(event_id):
                    follower.function(queries.recorded(entry))


@job("events.follow_apart", queue="outward", outward=True)
def follow_apart(event_id: int, follower: str) -> None:
    """Runs one follower that reaches beyond the database, outside any transaction. It may run again after a crash."""
    entry = Entry.objects.get(pk=event_id)
    with journal.caused_by(event_id):
        followers.named(entry.kind, follower).function(queries.recorded(entry))


def _claimed(event_id: int, follower: Follower) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [event_id, follower.name])
        return bool(cursor.rowcount == 1)
