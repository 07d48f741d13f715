"""The clock of one ticket: what it owes its customer and by when, read from what happened to it and from nothing else.

A customer who writes is owed a response; the promise runs from the first message not yet answered until a reply, and
counts only open time while the ticket is new or open. Waiting on the customer and on hold pause it. What surprises:

- **No `now` anywhere.** A clock is a fold over facts, so a deadline is the same whenever, and however often, it is
  computed. Time spent paused is never stored, hence never counted twice.
- **A deadline once passed stays.** Pausing, a gentler priority or a new policy afterwards does not unmake a breach.
- **A new target counts what is already used.** Priority or policy changed after 3 of 4 hours to a target of 8 leaves
  5; to a target of 1 it is due at the change (or the next opening), never before: nobody can keep a promise made later.
- **Solving settles what was owed.** A reopened ticket whose customer wrote again starts a fresh "next" promise, one
  reopened without a message owes nothing, and time spent solved counts nowhere.
- **Thanks cost nothing**: a message that leaves the ticket waiting or solved is a promise that does not run.
- **A merge keeps the more urgent promise** on the ticket that lives on; the other ticket's clock ends there. A split
  takes along what is owed for the messages that go.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from headway.sla.rules.calendars import NeverOpen, add_open_time, next_open, open_between
from headway.sla.rules.targets import Policy, Target

Kind = Literal["first", "next"]
How = Literal["replied", "solved", "merged"]

COUNTING = frozenset({"new", "open"})
SETTLING = frozenset({"solved", "closed"})
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wrote:
    """The customer wrote and waits for a response. Automatic mail (out of office, bounces) is not this fact."""

    at: datetime
    channel: str
    message: int = 0


@dataclass(frozen=True)
class Replied:
    """A response reached for the customer: a reply by a person or an automated answer, not an acknowledgement."""

    at: datetime


@dataclass(frozen=True)
class Moved:
    """The ticket's status went to this category: new, open, waiting, hold, solved or closed."""

    at: datetime
    category: str


@dataclass(frozen=True)
class Prioritised:
    """The priority changed."""

    at: datetime
    priority: str


@dataclass(frozen=True)
class Governed:
    """A policy (its targets or its calendars) took effect, for the first time or anew."""

    at: datetime
    policy: Policy


@dataclass(frozen=True)
class Absorbed:
    """Another ticket, with everything that had happened to it, was merged into this one."""

    at: datetime
    history: tuple["Fact", ...]


@dataclass(frozen=True)
class MergedAway:
    """This ticket was merged into another, which carries on what was owed."""

    at: datetime


@dataclass(frozen=True)
class Parted:
    """Messages went to a ticket of their own, which answers them from then on."""

    at: datetime
    messages: tuple[int, ...]


Fact = Wrote | Replied | Moved | Prioritised | Governed | Absorbed | MergedAway | Parted


@dataclass(frozen=True)
class Promise:
    """A response owed. `due` is None while paused or without a target; `used` is open time until `counted_to`."""

    kind: Kind
    since: datetime
    channel: str
    messages: tuple[int, ...] = ()
    allowed: timedelta | None = None
    used: timedelta = timedelta()
    counted_to: datetime | None = None
    due: datetime | None = None
    passed: bool = False

    @property
    def left(self) -> timedelta | None:
        """Open time left when the clock last stopped or started; what a paused clock shows. None: no target."""
        return None if self.allowed is None else max(self.allowed - self.used, timedelta())


@dataclass(frozen=True)
class Outcome:
    """How a promise ended. `due` is None when it ended paused or without a target; then it was kept."""

    kind: Kind
    since: datetime
    due: datetime | None
    at: datetime
    how: How

    @property
    def kept(self) -> bool:
        """Whether the response came in time."""
        return self.due is None or self.at <= self.due


@dataclass(frozen=True)
class Clock:
    """Where a ticket's service level stands after its history so far."""

    at: datetime | None = None
    policy: Policy | None = None
    priority: str = "normal"
    category: str = "new"
    promise: Promise | None = None
    outcomes: tuple[Outcome, ...] = ()
    merged: bool = False

    @property
    def due(self) -> datetime | None:
        """When the next response is due; None when none is owed, promised or running."""
        return self.promise.due if self.promise else None

    @property
    def paused(self) -> bool:
        """A response is owed and promised on an unsettled ticket, but the clock stands still."""
        return (
            self.promise is not None
            and self.promise.allowed is not None
            and self.promise.due is None
            and self.category not in COUNTING | SETTLING
        )


def replay(history: Iterable[Fact]) -> Clock:
    """The clock after a history, whose facts may come in any order; those of one moment keep the order given."""
    clock = Clock()
    for fact in sorted(history, key=lambda fact: fact.at):
        clock = advance(clock, fact)
    return clock


def advance(clock: Clock, fact: Fact) -> Clock:
    """The clock after one more fact, which must not lie before those already taken in."""
    if clock.at is not None and fact.at < clock.at:
        raise ValueError(f"A clock only goes forward: {fact} after {clock.at}")
    if clock.merged:
        return clock
    clock = replace(_stop(clock, fact.at), at=fact.at)
    match fact:
        case Wrote():
            clock = replace(clock, promise=_owe(clock, fact))
        case Replied(at):
            clock = _settle(clock, at, "replied")
        case Moved(at, category):
            if category in SETTLING and clock.category not in SETTLING:
                clock = _settle(clock, at, "solved")
            clock = replace(clock, category=category)
        case Prioritised(_, priority):
            clock = replace(clock, priority=priority)
        case Governed(_, policy):
            clock = replace(clock, policy=policy)
        case Absorbed(at, history):
            clock = _absorb(clock, at, history)
        case MergedAway(at):
            return replace(_settle(clock, at, "merged"), merged=True)
        case Parted(_, messages):
            clock = replace(clock, promise=_without(clock.promise, messages))
    return _start(clock, fact.at)


def _owe(clock: Clock, wrote: Wrote) -> Promise:
    """The promise with one more message to answer; the first of them began it."""
    promise = clock.promise
    if promise is None:
        promise = Promise("next" if clock.outcomes else "first", since=wrote.at, channel=wrote.channel)
    return replace(promise, messages=(*promise.messages, wrote.message))


def _without(promise: Promise | None, messages: tuple[int, ...]) -> Promise | None:
    """The promise without messages that went elsewhere; none when no message is left to answer."""
    if promise is None:
        return None
    left = tuple(message for message in promise.messages if message not in messages)
    return replace(promise, messages=left) if left else None


def _stop(clock: Clock, at: datetime) -> Clock:
    """Count the open time up to this moment, or find that the deadline has come by then and stands for good."""
    promise, target = clock.promise, _target(clock, clock.promise)
    if promise is None or target is None or promise.counted_to is None or promise.passed:
        return clock
    if promise.due is not None and promise.due <= at:
        return replace(clock, promise=replace(promise, passed=True, used=promise.allowed or promise.used))
    used = promise.used + open_between(target.calendar, promise.counted_to, at)
    return replace(clock, promise=replace(promise, used=used, counted_to=at))


def _start(clock: Clock, at: datetime) -> Clock:
    """Set the deadline from this moment on, by the target and the status now in force."""
    promise, target = clock.promise, _target(clock, clock.promise)
    if promise is None or promise.passed:
        return clock
    allowed = None if target is None else target.first if promise.kind == "first" else target.next
    promise = replace(promise, allowed=allowed, counted_to=None, due=None)
    if target is not None and clock.category in COUNTING:
        promise = replace(promise, counted_to=at, due=_due(target, promise, at))
    return replace(clock, promise=promise)


def _due(target: Target, promise: Promise, at: datetime) -> datetime | None:
    if promise.allowed is None:
        return None
    left = promise.allowed - promise.used
    try:
        return add_open_time(target.calendar, at, left) if left > timedelta() else next_open(target.calendar, at)
    except NeverOpen:
        return None


def _settle(clock: Clock, at: datetime, how: How) -> Clock:
    if clock.promise is None:
        return clock
    promise = clock.promise
    outcome = Outcome(promise.kind, promise.since, promise.due, at, how)
    return replace(clock, promise=None, outcomes=(*clock.outcomes, outcome))


def _absorb(clock: Clock, at: datetime, history: tuple[Fact, ...]) -> Clock:
    """Keep the more urgent of the two promises, counted under this ticket's priority and policy."""
    # its own end by this very merge is part of its history too
    other = _stop(replay(fact for fact in history if fact.at <= at and not isinstance(fact, MergedAway)), at)
    if other.promise is None:
        return clock
    ours = _start(clock, at)
    theirs = _start(replace(clock, promise=other.promise), at)
    return min(ours, theirs, key=_urgency)


def _urgency(clock: Clock) -> tuple[bool, datetime, timedelta, datetime]:
    promise = clock.promise
    if promise is None:
        return True, FAR, timedelta.max, FAR
    left = timedelta.max if promise.left is None else promise.left
    return not promise.passed, promise.due or FAR, left, promise.since


def _target(clock: Clock, promise: Promise | None) -> Target | None:
    if clock.policy is None or promise is None:
        return None
    return clock.policy.target(promise.channel, clock.priority)
