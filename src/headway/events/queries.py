"""Reading the journal: one entry, a ticket's story, and everything since a reader last looked."""

from django.db.models import QuerySet

from headway.events.actor import Actor
from headway.events.event import Event, Recorded, revive
from headway.events.models import Entry


def recorded(entry: Entry) -> Recorded[Event]:
    """The entry as the event it is."""
    return Recorded(
        id=entry.id,
        event=revive(entry.kind, entry.version, entry.subject_id, entry.ticket_id, entry.data),
        at=entry.at,
        recorded_at=entry.recorded_at,
        actor=Actor(entry.actor_kind, entry.actor_id),  # type: ignore[arg-type]  # the column holds only these kinds
        cause_id=entry.cause_id,
    )


def of_ticket(ticket_id: int) -> QuerySet[Entry]:
    """A ticket's events in the order they happened. The caller has been let through to the ticket."""
    return Entry.objects.filter(ticket_id=ticket_id).order_by("at", "id")


def of_subject(kind: str, subject_id: int) -> QuerySet[Entry]:
    """What happened to one thing that is not a ticket, newest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("-id")
