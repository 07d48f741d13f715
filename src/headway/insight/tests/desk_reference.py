"""The definitions that look at the whole desk again, slow and obvious, from each ticket's own facts."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.insight.reading.staged import Event, Ticket
from headway.insight.tests import reference
from headway.insight.tests.reference import DAY, Facts


@dataclass
class Story:
    """A ticket of the population: its events in order, its row, and its facts."""

    events: list[Event]
    row: Ticket
    facts: Facts

    @property
    def created_ms(self) -> int:
        return self.events[0].at_ms


@dataclass
class Desk:
    """Everything that is counted."""

    stories: list[Story]
    tiers: Mapping[str, int]

    @property
    def end_ms(self) -> int:
        return max(event.at_ms for story in self.stories for event in story.events)


def desk(events: Sequence[Event], tickets: Sequence[Ticket], tiers: Mapping[str, int]) -> Desk:
    """The tickets that customers began; all others are apart."""
    rows = {ticket.ticket: ticket for ticket in tickets if ticket.origin in (None, "customer")}
    counted = [event for event in events if event.ticket in rows]
    facts = reference.facts(counted, writes=reference.records_writing(events))
    own: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(counted, key=lambda event: event.at_ms):
        own[event.ticket].append(event)
    # only teams that the source names have a tier, and one tier alone is none
    known = {team: tiers[team] for event in events if (team := event.team) is not None and team in tiers}
    known = known if len(set(known.values())) > 1 else {}
    return Desk([Story(own[name], rows[name], facts[name]) for name in own], known)


def first_contact(whole: Desk) -> tuple[int, int, int]:
    """Due, resolved at first contact, asked again."""
    due = first = again = 0
    for story in whole.stories:
        at = story.facts.resolved_ms
        if at is None or at + 7 * DAY > whole.end_ms:
            continue
        followed = any(
            other is not story
            and story.row.customer is not None
            and other.row.customer == story.row.customer
            and other.row.category == story.row.category
            and at <= other.created_ms < at + 7 * DAY
            for other in whole.stories
        )
        escalated = any(event.kind == "escalated" for event in story.events) or _ups(story, whole.tiers)
        due += 1
        again += followed
        first += story.facts.our_turns == 1 and not escalated and not story.facts.reopens and not followed
    return due, first, again


def backlog(whole: Desk) -> tuple[int, list[int]]:
    """How many are unresolved, and the ages of those that wait for us."""
    ages, unresolved = [], 0
    for story in whole.stories:
        if story.facts.resolved_ms is not None:
            continue
        unresolved += 1
        status = [event.status for event in story.events if event.status][-1]
        if status in ("waiting", "hold"):
            continue
        replies = [e.at_ms for e in story.events if e.kind == "replied" and e.actor_kind == "agent"]
        asked = [e.at_ms for e in story.events if e.kind == "received" and (not replies or e.at_ms > max(replies))]
        ages.append(whole.end_ms - (min(asked) if asked else story.created_ms))
    return unresolved, sorted(ages)


def reopened(whole: Desk) -> tuple[int, int]:
    """Tickets whose first solve is 14 days ago, and those of them that came back."""
    solved = [
        story
        for story in whole.stories
        if any(e.status in ("solved", "closed") for e in story.events)
        and next(e.at_ms for e in story.events if e.status in ("solved", "closed")) <= whole.end_ms - 14 * DAY
    ]
    return len(solved), sum(1 for story in solved if story.facts.reopens)


def escalated(whole: Desk) -> tuple[int, int, int]:
    """Tickets that went up or outside, those of them that tier 1 had, and all that tier 1 had. None without tiers."""
    lowest = min(whole.tiers.values(), default=None)
    ups = touched = both = 0
    for story in whole.stories:
        up = _ups(story, whole.tiers) or any(event.kind == "escalated" for event in story.events)
        teams = {event.team for event in story.events if event.team is not None}
        had = bool(whole.tiers) and any(whole.tiers[team] == lowest for team in teams)
        ups += up
        touched += had
        both += up and had
    return ups, both, touched


def complexity(whole: Desk) -> dict[str, tuple[int, int]]:
    """Of each bucket how many tickets, and the working time on them."""
    found: dict[str, tuple[int, int]] = {}
    for story in whole.stories:
        tickets, spent = found.get(story.facts.bucket, (0, 0))
        found[story.facts.bucket] = tickets + 1, spent + story.facts.handle["mid"]
    return found


def waits(whole: Desk) -> dict[str, tuple[int | None, int | None]]:
    """The median and the 90th percentile, by nearest rank, of the time to each of what customers wait for."""
    found: dict[str, list[int]] = {"first_response": [], "first_touch": [], "resolution": []}
    for story in whole.stories:
        facts = story.facts
        # one that begins with somebody's work came in at a time that nobody knows
        touch = facts.first_touch_ms if facts.first_touch_ms != story.created_ms else None
        moments = (facts.first_reply_ms, touch, facts.resolved_ms)
        for name, moment in zip(found, moments, strict=True):
            if moment is not None:
                found[name].append(moment - story.created_ms)
    return {name: (_rank(times, 50), _rank(times, 90)) for name, times in found.items()}


def _rank(values: list[int], percent: int) -> int | None:
    return sorted(values)[-(-len(values) * percent // 100) - 1] if values else None


def cost(whole: Desk) -> dict[str, float]:
    """Each category's share of the working time."""
    spent: dict[str, float] = defaultdict(float)
    for story in whole.stories:
        spent[story.row.category or "(none)"] += story.facts.handle["mid"]
    total = sum(spent.values())
    return {name: part / total for name, part in spent.items()} if total else {}


def _ups(story: Story, tiers: Mapping[str, int]) -> bool:
    teams = [event.team for event in story.events if event.team is not None and tiers]
    return any(tiers[to] > tiers[fro] for fro, to in itertools.pairwise(teams))
