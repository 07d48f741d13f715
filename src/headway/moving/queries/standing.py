"""Which tickets an import must leave as they are, and what is here already."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef

from headway.events.models import Entry
from headway.tickets.models import Stay, Ticket
from headway.tickets.models.stays import ELSEWHERE

REMOVED = "it was removed here"
_MOVED = "its team answers here now; it is left as it is"
_ERASED = "somebody was erased from it here; it is left as it is"
_WORKED = "somebody worked on it here since; it is left as it is"


def must_stay(system: str, ticket_ids: Sequence[int]) -> dict[int, str]:
    """Why each of these tickets may not be changed by an import; those that may be are absent.

    Those whose team answers in the old system always may be, those whose team has moved over never.
    """
    ours = Entry.objects.filter(actor_kind__in=("agent", "customer"), ticket_id=OuterRef("pk"), source_key__isnull=True)
    gone = Entry.objects.filter(kind__in=("ticket.redacted", "ticket.files_erased"), ticket_id=OuterRef("pk"))
    rows = Ticket.objects.filter(pk__in=ticket_ids)
    rows = rows.annotate(worked=Exists(ours), erased=Exists(gone), elsewhere=ELSEWHERE)
    known = {pk: facts for pk, *facts in rows.values_list("pk", "team_id", "worked", "erased", "elsewhere")}
    moved = set(Stay.objects.filter(system=system, ended_at__isnull=False).values_list("team_id", flat=True))
    kept: dict[int, str] = {}
    for number in ticket_ids:
        if number not in known:
            kept[number] = REMOVED
            continue
        team, worked, erased, elsewhere = known[number]
        if erased:
            kept[number] = _ERASED
        elif not elsewhere and (team in moved or worked):
            kept[number] = _MOVED if team in moved else _WORKED
    return kept


def said_already(system: str, keys: Collection[str]) -> set[str]:
    """Which of these comments are here."""
    names = {f"{system}:c{key}": key for key in keys}
    found = Entry.objects.filter(source_key__in=list(names)).values_list("source_key", flat=True)
    return {names[name] for name in found if name is not None}
