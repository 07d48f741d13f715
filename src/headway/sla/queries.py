"""Reading calendars, targets, and what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from headway.events import queries as events
from headway.events.event import Event, Recorded
from headway.events.models import Entry
from headway.foundation.errors import NotFound
from headway.sla.models import Calendar, Clock, Edition, Target
from headway.sla.rules import clocks
from headway.sla.rules.editions import policy_of
from headway.sla.rules.history import facts
from headway.sla.rules.targets import Policy
from headway.tickets.models import Ticket

# By id: an edition never changes, so every process may keep what it says.
_policies: dict[int, Policy] = {}


@dataclass(frozen=True, slots=True)
class Owed:
    """A response owed. `due_at` None with `left_seconds`: the clock is paused; without: nothing is promised."""

    kind: str
    since: datetime
    due_at: datetime | None
    left_seconds: int | None


def owed(ticket_ids: Iterable[int]) -> dict[int, Owed]:
    """What is owed on these tickets, by id, in one query; tickets on which nobody waits are left out."""
    rows = Clock.objects.filter(ticket_id__in=list(ticket_ids))
    found = rows.values_list("ticket_id", "kind", "since", "due_at", "left_seconds")
    return {ticket_id: Owed(kind, since, due_at, left) for ticket_id, kind, since, due_at, left in found}


def due_moment() -> Subquery:
    """When the response on a ticket is due, as an expression for sorting tickets; none where no clock runs."""
    return Subquery(Clock.objects.filter(ticket_id=OuterRef("pk")).values("due_at"))


def due_first(tickets: QuerySet[Ticket]) -> QuerySet[Ticket, Any]:
    """The tickets with `due_at`, the most urgent first; those without a running clock last."""
    return tickets.annotate(due_at=due_moment()).order_by(F("due_at").asc(nulls_last=True), "-active_at", "-pk")


def due_before(tickets: QuerySet[Ticket], at: datetime) -> QuerySet[Ticket]:
    """Those of the tickets whose response is due before a moment: overdue with now, soon due with a later one."""
    return tickets.filter(pk__in=Clock.objects.filter(due_at__lt=at).values("ticket_id"))


@dataclass(frozen=True, slots=True)
class Soon:
    """A response that is due soon on somebody's ticket."""

    ticket_id: int
    assignee_id: int
    due_at: datetime


def due_soon(start: datetime, end: datetime, most: int = 1000) -> list[Soon]:
    """Responses due between two moments on tickets that somebody has; suspected spam is left out. One query."""
    rows = Clock.objects.filter(due_at__gt=start, due_at__lte=end, ticket__assignee__isnull=False)
    rows = rows.filter(ticket__suspected_at__isnull=True, ticket__merged_into__isnull=True).order_by("due_at")
    found = rows.values_list("ticket_id", "ticket__assignee_id", "due_at")[:most]
    return [Soon(ticket_id, assignee_id, due_at) for ticket_id, assignee_id, due_at in found if due_at is not None]


def clock_of(ticket_id: int) -> clocks.Clock:
    """The whole clock of one ticket, with every promise and how it ended. The caller has been let through to it."""
    return clocks_of([ticket_id])[ticket_id]


def clocks_of(ticket_ids: Sequence[int]) -> dict[int, clocks.Clock]:
    """The clocks of many tickets, counted anew from the journal. Two queries, one more for each round of merges."""
    stories = _stories(ticket_ids)
    governed = editions()
    return {ticket_id: clocks.replay(facts(ticket_id, stories, governed)) for ticket_id in ticket_ids}


def editions() -> list[tuple[datetime, Policy]]:
    """Every policy that was ever in force, oldest first, with its beginning."""
    rows = list(Edition.objects.order_by("at", "pk").values_list("pk", "at"))
    unknown = [pk for pk, _at in rows if pk not in _policies]
    for pk, content in Edition.objects.filter(pk__in=unknown).values_list("pk", "content"):
        _policies[pk] = policy_of(content)
    return [(at, _policies[pk]) for pk, at in rows]


def calendars() -> QuerySet[Calendar]:
    """Those in use, with their holidays at hand."""
    found = Calendar.objects.filter(archived_at__isnull=True).prefetch_related("holidays")
    return found.order_by("-is_default", "name")


def calendar_for(calendar_id: int) -> Calendar:
    """One calendar in use. Raises NotFound."""
    found = Calendar.objects.filter(pk=calendar_id, archived_at__isnull=True).first()
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def archived_calendars() -> QuerySet[Calendar]:
    """Those out of use, the latest first."""
    return Calendar.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-pk")


def calendar_by_id(calendar_id: int) -> Calendar:
    """One calendar, in use or not. Raises NotFound."""
    found = Calendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def target_for(target_id: int) -> Target:
    """One target. Raises NotFound."""
    found = Target.objects.filter(pk=target_id).first()
    if found is None:
        raise NotFound(_("This target was removed already."))
    return found


def targets() -> QuerySet[Target]:
    """All of them, by channel and priority; "any" first."""
    return Target.objects.select_related("calendar").order_by("channel", F("priority").asc(nulls_first=True))


def _stories(ticket_ids: Sequence[int]) -> dict[int, list[Recorded[Event]]]:
    """The journals of the tickets, and of those they absorbed or were split from."""
    stories: dict[int, list[Recorded[Event]]] = {}
    wanted = set(ticket_ids)
    while wanted:
        found = defaultdict(list)
        for entry in Entry.objects.filter(ticket_id__in=wanted).order_by("at", "id"):
            found[entry.ticket_id].append(events.recorded(entry))
        stories |= {ticket_id: found[ticket_id] for ticket_id in wanted}
        related = {
            getattr(entry.event, name, None)
            for story in found.values()
            for entry in story
            for name in ("merged_id", "split_from")
        }
        wanted = {ticket_id for ticket_id in related if ticket_id is not None} - set(stories)
    return stories


def due_by_assignee(tickets: QuerySet[Ticket], now: datetime, soon: datetime) -> dict[int, tuple[int, int]]:
    """Of these tickets by assignee: how many responses are late, and how many fall due until `soon`. One query."""
    rows = Clock.objects.filter(due_at__lt=soon, ticket__in=tickets, ticket__assignee__isnull=False)
    late = Count("pk", filter=Q(due_at__lt=now))
    counted = rows.values_list("ticket__assignee_id").order_by().annotate(late=late, all=Count("pk"))
    return {pk: (late_ones, all_ones - late_ones) for pk, late_ones, all_ones in counted}
