"""Which tickets an import must leave as they are, and what is here already."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q

from headway.events.models import Entry
from headway.tickets.models import Ticket

REMOVED = "it was removed here"
_WORKED = "somebody worked on it here since; it is left as it is"


def must_stay(ticket_ids: Sequence[int]) -> dict[int, str]:
    """Why each of these tickets may not be changed by an import; those that may be are absent."""
    ours = Entry.objects.filter(
        Q(actor_kind__in=("agent", "customer")), ticket_id=OuterRef("pk"), source_key__isnull=True
    )
    worked = dict(Ticket.objects.filter(pk__in=ticket_ids).annotate(worked=Exists(ours)).values_list("pk", "worked"))
    return {number: REMOVED if number not in worked else _WORKED for number in ticket_ids if worked.get(number, True)}


def said_already(system: str, keys: Collection[str]) -> set[str]:
    """Which of these comments are here."""
    names = {f"{system}:c{key}": key for key in keys}
    found = Entry.objects.filter(source_key__in=list(names)).values_list("source_key", flat=True)
    return {names[name] for name in found if name is not None}
