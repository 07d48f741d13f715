"""The definitions of variability, of handing on and of preventable work again, slow and obvious."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import comb

from headway.insight.tests.desk_reference import Desk, Story
from headway.insight.tests.reference import Action

FEWEST_TICKETS, FEWEST_PEOPLE = 10, 3
Kind = tuple[str, str]
Rows = list[tuple[str, str]]  # a person and a step, for each ticket


def first_steps(whole: Desk) -> dict[Kind, Rows]:
    """By kind of ticket: who was first to work on each, and with what."""
    return _by_kind(whole, lambda work: _called(work[0]))


def steps_anywhere(whole: Desk) -> dict[Kind, dict[str, Rows]]:
    """By kind of ticket and step: who was first to work on each ticket, and whether the step comes on it."""
    every = sorted({_called(action) for story in whole.stories for action in story.facts.work})
    found: dict[Kind, dict[str, Rows]] = defaultdict(dict)
    for step in every:
        for kind, rows in _by_kind(whole, partial(_done, step)).items():
            if any(done for _who, done in rows):
                found[kind][step] = rows
    return found


def _done(step: str, work: Sequence[Action]) -> str:
    return step if step in map(_called, work) else ""


def _by_kind(whole: Desk, tells: Callable[[Sequence[Action]], str]) -> dict[Kind, Rows]:
    found: dict[Kind, Rows] = defaultdict(list)
    for story in whole.stories:
        if work := story.facts.work:
            found[story.row.category or "", story.facts.bucket].append((work[0].who, tells(work)))
    return found


def _called(action: Action) -> str:
    return action.work[2:]


def index(rows: Rows) -> tuple[float, dict[str, tuple[float, float]], int] | None:
    """The index of one kind of ticket, the least and the most of each step among people, and its tickets."""
    everybody = Counter(who for who, _step in rows)
    rows = [row for row in rows if everybody[row[0]] >= FEWEST_TICKETS]
    people = sorted({who for who, _step in rows})
    if len(people) < FEWEST_PEOPLE:
        return None
    steps = sorted({step for _who, step in rows})
    raw = chance = 0.0
    shares = {step: [_share(_of(rows, who), step) for who in people] for step in steps}
    for who in people:
        mine, others = _of(rows, who), [row for row in rows if row[0] != who]
        weight = len(mine) / len(rows)
        raw += weight * sum(abs(_share(mine, step) - _share(others, step)) for step in steps) / 2
        chance += weight * sum(_by_lot(rows, step, len(mine)) for step in steps) / 2
    figure = max(0.0, (raw - chance) / (1 - chance)) if chance < 1 else 0.0
    return figure, {step: (min(found), max(found)) for step, found in shares.items()}, len(rows)


def _of(rows: Rows, who: str) -> Rows:
    return [row for row in rows if row[0] == who]


def _share(rows: Rows, step: str) -> float:
    return sum(1 for row in rows if row[1] == step) / len(rows)


def _by_lot(rows: Rows, step: str, size: int) -> float:
    """By how much shares differ on average when so many tickets are drawn by lot, the rest being the others'."""
    all_of_them, marked = len(rows), sum(1 for row in rows if row[1] == step)
    expected = 0.0
    for hit in range(min(marked, size) + 1):
        if size - hit <= all_of_them - marked:
            ways = comb(marked, hit) * comb(all_of_them - marked, size - hit) / comb(all_of_them, size)
            expected += ways * abs(hit / size - (marked - hit) / (all_of_them - size))
    return expected


@dataclass
class Move:
    """A ticket was handed on: from team to team, or by what the source itself calls an escalation."""

    at: int
    up: bool


def handed_on(whole: Desk) -> list[tuple[Story, list[Move]]]:
    """Every ticket with what was handed on of it, in order."""
    return [(story, list(_moves(story, whole))) for story in whole.stories]


def _moves(story: Story, whole: Desk) -> Iterator[Move]:
    team, changes = None, set()
    calls = {event.at_ms for event in story.events if event.kind == "escalated"}
    moves = []
    for event in story.events:
        if event.team is not None:
            if team is not None and event.team != team:
                changes.add(event.at_ms)
                higher = bool(whole.tiers) and whole.tiers[event.team] > whole.tiers[team]
                moves.append(Move(event.at_ms, higher or event.at_ms in calls))
            team = event.team
    # what the source calls an escalation is one by itself where no team changed with it
    moves += [
        Move(event.at_ms, True) for event in story.events if event.kind == "escalated" and event.at_ms not in changes
    ]
    yield from sorted(moves, key=lambda move: move.at)


@dataclass
class Handovers:
    """Of escalations, or of everything handed on where tiers are not mapped."""

    all: int = 0
    early: int = 0
    told: int = 0
    again: int = 0
    asked: int = 0
    waits: list[int] = field(default_factory=list)


def handovers(whole: Desk) -> Handovers:
    """How tickets were handed on."""
    found = Handovers()
    for story, moves in handed_on(whole):
        for place, move in enumerate(moves):
            if whole.tiers and not move.up:
                continue
            before = moves[place - 1].at if place else None
            after = moves[place + 1].at if place + 1 < len(moves) else None
            _add(found, story, move.at, before, after)
    return found


def _add(found: Handovers, story: Story, at: int, before: int | None, after: int | None) -> None:
    ours = [event for event in story.events if event.actor_kind == "agent"]
    work = [event.at_ms for event in ours if event.kind in ("replied", "note", "step")]
    notes = [event.at_ms for event in ours if event.kind == "note"]
    replies = [event.at_ms for event in ours if event.kind == "replied" and event.at_ms > at]
    behind = [moment for moment in work if moment > at]
    found.all += 1
    found.early += not any(moment < at for moment in work)
    found.told += any(moment == at or ((before is None or before < moment) and moment < at) for moment in notes)
    found.again += after is not None and not any(moment < after for moment in behind)
    if behind:
        found.waits.append(min(behind) - at)
    if replies:
        found.asked += any(
            event.kind == "received"
            and not event.courtesy
            and event.at_ms > min(replies)
            and (after is None or event.at_ms < after)
            for event in story.events
        )


def preventable(whole: Desk) -> tuple[int, int, int, int]:
    """Working time: of simple tickets, low and high; of others, behind the first hand-off back or reopening."""
    simple, rework = Counter[str](), Counter[str]()
    for story in whole.stories:
        for action in story.facts.work:
            if story.facts.bucket == "simple":
                simple.update(action.spent)
            elif story.facts.again and action.at >= min(story.facts.again):
                rework.update(action.spent)
    return simple["low"], simple["high"], rework["low"], rework["high"]


def returned(whole: Desk) -> tuple[int, int]:
    """Changes of team, and those of them to a team that had the ticket before."""
    changes = backs = 0
    for story in whole.stories:
        teams = [event.team for event in story.events if event.team is not None]
        for place, (before, team) in enumerate(itertools.pairwise(teams), start=1):
            changes += team != before
            backs += team != before and team in teams[:place]
    return changes, backs
