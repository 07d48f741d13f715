"""What is read of a conversation: passages of it, never the whole of a long one, each with what happened in it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from headway.foundation import clock
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.tickets.queries.conversation import Place, Turn, how_many, passage, place_of
from headway.tickets.queries.readings import first_unread, reading_of
from headway.web.desk.folding import FEWEST, LATEST, MOST, STEP

# beyond what is shown at first: fewer than are worth a fold are shown with the rest
SPARE = FEWEST - 1


@dataclass(slots=True)
class Passage:
    """Messages and notes without a gap. `skipped`: how many before them are not read. What happened belongs to it from
    `begin` (None: from the beginning) and before `end` (None: until now)."""

    turns: list[Turn] = field(default_factory=list)
    skipped: int = 0
    begin: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether what happened then stands in it."""
        return (self.begin is None or at >= self.begin) and (self.end is None or at < self.end)

    @property
    def events(self) -> Q:
        """The same as a condition on the journal."""
        return (Q(at__gte=self.begin) if self.begin else Q()) & (Q(at__lt=self.end) if self.end else Q())


def latest(reader: Agent, ticket: Ticket) -> list[Passage]:
    """The end of the conversation and, where that is not in it, what the reader has not read yet. One query for a short
    one, at most six more for a long one."""
    end = _last(ticket.pk, LATEST)
    if not end.skipped:
        return [end]
    read = reading_of(reader, ticket)
    first = first_unread(reader, ticket, read, end.turns[0].place) if read is not None else None
    if first is None:
        return [end]
    return _with_first(ticket.pk, first, LATEST, None, end)


def between(ticket_id: int, after: str, before: str, most: int, reach: str) -> list[Passage] | None:
    """What stands between two messages or notes, by their keys ("" is an end of the conversation): the last `most`.
    With `reach`, from that one on; None when it is not there."""
    left, right = place_of(ticket_id, after) if after else None, place_of(ticket_id, before) if before else None
    if not reach:
        return [_last(ticket_id, min(most, MOST), left, right)]
    target = place_of(ticket_id, reach)
    if target is None or (left and target <= left) or (right and target >= right):
        return None
    rest = how_many(ticket_id, after=target, before=right)
    nothing = right.at if right else clock.now()
    end = Passage(begin=nothing, end=nothing)
    return _with_first(ticket_id, target, MOST if rest < MOST else STEP, left, end, right)


def _last(ticket_id: int, most: int, after: Place | None = None, before: Place | None = None) -> Passage:
    turns = passage(ticket_id, most + SPARE, after=after, before=before)
    end = before.at if before else None
    if len(turns) < most + SPARE:
        return Passage(turns, begin=after.at if after else None, end=end)
    skipped = how_many(ticket_id, after=after, before=turns[0].place)
    return Passage(turns, skipped, turns[0].at if skipped else after.at if after else None, end)


def _with_first(
    ticket_id: int, first: Place, most: int, left: Place | None, end: Passage, right: Place | None = None
) -> list[Passage]:
    """From the first of something on, and the end behind it; they are one where there is no gap between."""
    until = end.turns[0].place if end.turns else right
    # one more than is wanted says that there is a gap, and when what happened before it ends
    turns = passage(ticket_id, most + SPARE + 1, after=_just_before(first), before=until, forwards=True)
    following = turns.pop() if len(turns) > most + SPARE else None
    skipped, last = how_many(ticket_id, after=left, before=first), turns[-1].place
    if 0 < skipped < FEWEST:
        turns, skipped = [*passage(ticket_id, FEWEST, after=left, before=first), *turns], 0
    begin = turns[0].at if skipped else left.at if left else None
    if following is None:
        return [Passage([*turns, *end.turns], skipped, begin, end.end)]
    end.skipped = how_many(ticket_id, after=last, before=until)
    return [Passage(turns, skipped, begin, following.at), end]


def _just_before(place: Place) -> Place:
    return Place(place.at, place.note, place.id - 1)
