"""Which tickets of those one may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from headway.foundation.clock import now
from headway.tickets.models import MessageFile, NoteFile, Tag, Tagging, Ticket
from headway.tickets.queries.mentions import mentioned
from headway.tickets.queries.readings import unread
from headway.tickets.queries.visibility import standing

NOBODY = 0


# What packages above know of tickets and their reader, as a condition by the reader's id: they say so at start-up.
BEYOND: dict[str, Callable[[int], Q]] = {}


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of these values of a property or, `unwanted`, none of them. None among ids: without one."""

    name: str
    values: tuple[Any, ...]
    unwanted: bool = False

    def q(self) -> Q:
        """As a condition on tickets."""
        chosen = Q()
        match self.name:
            case "nothing":
                return Q(pk__in=[])
            case "tag":
                for value in self.values:
                    chosen |= Q(Exists(tagged(value)))
            case "attachment":
                inside = MessageFile.objects.filter(message__ticket=OuterRef("pk"), content_id="")
                chosen = Q(Exists(inside)) | Q(Exists(NoteFile.objects.filter(note__ticket=OuterRef("pk"))))
            case "mentioned" | "mentioned_unread":
                chosen = mentioned(self.values[0], unread=self.name == "mentioned_unread")
            case "unread":
                chosen = unread(self.values[0])
            case name if name in BEYOND:
                chosen = BEYOND[name](self.values[0])
            case "unanswered":
                chosen = Q(waiting_since__isnull=False)
            case "created_before":
                chosen = Q(created_at__lt=self.values[0])
            case "created_from":
                chosen = Q(created_at__gte=self.values[0])
            case _:
                ids = [value for value in self.values if value is not None]
                chosen = Q(**{f"{self.name}__in": ids}) if ids else Q()
                if None in self.values:
                    chosen |= Q(**{f"{self.name}__isnull": True})
                if self.unwanted and self.name.endswith("_id") and None not in self.values:
                    # somebody else's, and nobody's
                    return ~chosen | Q(**{f"{self.name}__isnull": True})
        return ~chosen if self.unwanted else chosen


NOTHING = Condition("nothing", ())


def tagged(name: str) -> QuerySet[Tagging]:
    """The taggings of the outer ticket with the tag that a word means, also by an old word of it."""
    meant = Tag.objects.filter(name__iexact=name).values_list(Coalesce("merged_into_id", "pk"))
    return Tagging.objects.filter(ticket=OuterRef("pk"), tag_id__in=meant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of tickets. Empty parts choose everything; ids of 0 mean "none" (nobody assigned, no team).

    Suspected spam is in only when `suspected`, and then alone. Snoozed tickets are out unless `snoozed` says otherwise
    (True: those alone, None: both). `within`: only of what that one chooses, which also says whether spam is in.
    """

    categories: tuple[str, ...] = ()
    status_id: int | None = None
    assignee_id: int | None = None
    team_id: int | None = None
    priorities: tuple[int, ...] = ()
    tag: str | None = None
    type_id: int | None = None
    brand_id: int | None = None
    channel: str | None = None
    customer_id: int | None = None
    organisation_id: int | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None
    updated_from: datetime | None = None
    suspected: bool = False
    snoozed: bool | None = None
    merged: bool = False
    conditions: tuple[Condition, ...] = ()
    within: "Filter | None" = None

    def apply(self, tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
        """The tickets of `tickets` that this chooses."""
        if self.within is not None:
            tickets = self.within.apply(tickets)
        elif self.suspected:
            tickets = tickets.filter(suspected_at__isnull=False, merged_into__isnull=True)
        elif self.merged:
            tickets = tickets.filter(merged_into__isnull=False)
        else:
            tickets = standing(tickets)
        if self.categories:
            tickets = tickets.filter(category__in=self.categories)
        if self.priorities:
            tickets = tickets.filter(priority__in=self.priorities)
        if self.channel:
            tickets = tickets.filter(channel=self.channel)
        if self.tag:
            tickets = tickets.filter(Exists(tagged(self.tag)))
        for condition in self.conditions:
            tickets = tickets.filter(condition.q())
        return tickets.filter(self._ids() & self._times())

    def _ids(self) -> Q:
        chosen = Q()
        for column in ("status", "assignee", "team", "type", "brand", "customer", "organisation"):
            value = getattr(self, f"{column}_id")
            if value == NOBODY:
                chosen &= Q(**{f"{column}_id__isnull": True})
            elif value is not None:
                chosen &= Q(**{f"{column}_id": value})
        return chosen

    def _times(self) -> Q:
        chosen = Q()
        if self.created_from:
            chosen &= Q(created_at__gte=self.created_from)
        if self.created_before:
            chosen &= Q(created_at__lt=self.created_before)
        if self.updated_from:
            chosen &= Q(updated_at__gte=self.updated_from)
        if self.snoozed is True:
            chosen &= Q(snoozed_until__gt=now())
        elif self.snoozed is False:
            chosen &= Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=now())
        return chosen
