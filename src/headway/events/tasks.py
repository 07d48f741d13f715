"""The job that runs an event's followers."""

from django.db import transaction

from headway.events import done, followers, journal, queries
from headway.events.followers import Follower
from headway.events.models import Entry
from headway.foundation import telemetry
from headway.foundation.jobs import job, schedule


@job("events.follow")
def follow(event_id: int) -> None:
    """Runs the followers of one event in order, each in a transaction that first claims it: its effect happens once.

    When one fails the job is retried: those before it are claimed already, those after it wait.
    """
    entry = _entry(event_id)
    if entry is None:
        return
    for follower in followers.of(entry.kind):
        with transaction.atomic():
            if not done.claim(event_id, follower.name):
                continue
            if follower.apart:
                follow_apart.defer(
                    lock=f"{follower.name}:{entry.subject_id}", event_id=event_id, follower=follower.name
                )
            else:
                _run(follower, entry)


@job("events.follow_apart", queue="outward", outward=True)
def follow_apart(event_id: int, follower: str) -> None:
    """Runs one follower that reaches beyond the database, outside any transaction. It may run again after a crash."""
    entry = _entry(event_id)
    if entry is not None:
        _run(followers.named(entry.kind, follower), entry)


@schedule("events.forget_done", "47 * * * *", while_held=True)
def forget_done() -> None:
    """Every hour: what followers have had is forgotten when no job can ask any more."""
    done.forget([follow.name, follow_apart.name])


def _entry(event_id: int) -> Entry | None:
    """The event; None when it was erased before its followers ran, and so is no longer to be acted on."""
    return Entry.objects.filter(pk=event_id).first()


def _run(follower: Follower, entry: Entry) -> None:
    facts: dict[str, telemetry.Value | None] = {
        "event": entry.kind,
        "event_id": entry.id,
        "ticket_id": entry.ticket_id,
        "follower": follower.name,
    }
    named = {f"headway.{key}": value for key, value in facts.items()}
    with journal.caused_by(entry.id), telemetry.span(f"follower {follower.name}", named):
        follower.function(queries.recorded(entry))
