"""The definitions again, slow and obvious: one ticket after the other, one event after the other, in Python."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from headway.insight.reading.staged import Event

MINUTE, DAY = 60_000, 86_400_000
STATES = {"open": "us", "waiting": "customer", "hold": "others", "solved": "done", "closed": "done"}
RANKS = {"replied": "1 replied", "note": "2 note", "escalated": "3 escalated"}


@dataclass
class Action:
    """One person on one ticket at one instant. `spent` is its working time by each of the three estimates."""

    ticket: str
    who: str
    at: int
    work: str
    size: int
    order: int
    gap: int | None = None
    spent: dict[str, int] = field(default_factory=dict)


@dataclass
class Facts:
    """What the audit must find of one ticket. `again` is when it was handed back, or came back."""

    resolved_ms: int | None = None
    solves: int = 0
    reopens: int = 0
    handoffs: int = 0
    backs: int = 0
    waits: dict[str, int] = field(default_factory=dict)
    handle: dict[str, int] = field(default_factory=dict)
    our_turns: int = 0
    their_turns: int = 0
    first_reply_ms: int | None = None
    first_touch_ms: int | None = None
    people: set[str] = field(default_factory=set)
    escalated: bool = False
    held: bool = False
    genuine: int = 0
    again: list[int] = field(default_factory=list)
    work: list[Action] = field(default_factory=list)

    @property
    def bucket(self) -> str:
        """How complex it was, by what it took and not by what it is about."""
        if not self.people:
            return "untouched"
        if self.genuine >= 20 * MINUTE or len(self.people) >= 4 or self.escalated or self.held:
            return "complex"
        smooth = not self.backs and not self.reopens and self.our_turns <= 2
        return "simple" if self.genuine < 5 * MINUTE and len(self.people) <= 2 and smooth else "medium"


def facts(events: Sequence[Event], *, writes: bool | None = None) -> dict[str, Facts]:
    """By ticket. Every history here records statuses; `writes`: whether it records what the team writes, if not these
    events alone tell it."""
    found: dict[str, Facts] = {}
    actions: list[Action] = []
    order = {id(event): place for place, event in enumerate(events)}
    for ticket in dict.fromkeys(event.ticket for event in events):
        own = sorted((event for event in events if event.ticket == ticket), key=lambda event: event.at_ms)
        found[ticket] = _one(own, actions, order)
    _handle(actions, found)
    if writes is None:
        writes = records_writing(events)
    for action in actions:
        found[action.ticket].genuine += _genuine(action, actions, writes)
    return found


def records_writing(events: Sequence[Event]) -> bool:
    """Whether anything of it was written by the team."""
    return any(event.kind in ("replied", "note") and event.actor_kind == "agent" for event in events)


def _one(own: list[Event], actions: list[Action], order: dict[int, int]) -> Facts:
    result = Facts()
    state = "us"
    known = False
    solved: Event | None = None
    states: list[str] = []
    mine: dict[tuple[str, int], Action] = {}
    for event in own:
        before = state if known else ""
        if event.status is not None:
            state, known = STATES[event.status], True
        if state == "done" and before != "done":
            result.solves += 1
            solved = event
        if before == "done" and state != "done":
            assert solved is not None
            courtesy = any(other.courtesy and other.at_ms == event.at_ms for other in own)
            undo = (
                event.actor_kind == "agent"
                and event.actor is not None
                and event.actor == solved.actor
                and event.at_ms - solved.at_ms < 600_000
            )
            if event.at_ms - solved.at_ms < 14 * DAY and not courtesy and not undo:
                result.reopens += 1
                result.again.append(event.at_ms)
        states.append(state)
        if event.actor_kind == "agent" and event.actor and not (event.status == "closed" and before == "done"):
            work = RANKS.get(event.kind) or {"assigned": "4 ", "status": "5 "}.get(event.kind, "6 ") + (
                event.activity or event.kind
            )
            key = (event.actor, event.at_ms)
            if key in mine:
                mine[key].work = min(mine[key].work, work)
                mine[key].size += event.length or 0
            else:
                mine[key] = Action(event.ticket, event.actor, event.at_ms, work, event.length or 0, order[id(event)])
    if states[-1] == "done" and solved is not None:
        result.resolved_ms = solved.at_ms
        result.waits = dict.fromkeys(("us", "idle", "customer", "others", "done"), 0)
        for event, following, now in zip(own, own[1:], states, strict=False):
            if following.at_ms <= result.resolved_ms:
                gap = following.at_ms - event.at_ms
                beyond = max(0, gap - DAY) if now == "us" else 0
                result.waits["idle"] += beyond
                result.waits[now] += gap - beyond
    for event in own:
        result.escalated = result.escalated or event.kind == "escalated"
        if event.kind == "replied" and event.actor_kind == "agent" and result.first_reply_ms is None:
            result.first_reply_ms = event.at_ms
    result.held = "others" in states
    result.people = {action.who for action in mine.values()}
    result.first_touch_ms = min((action.at for action in mine.values()), default=None)
    holders: list[str] = []
    for action in mine.values():
        if holders and holders[-1] != action.who:
            result.handoffs += 1
            if action.who in holders:
                result.backs += 1
                result.again.append(action.at)
        holders.append(action.who)
    _turns(own, result)
    result.work = list(mine.values())
    actions += result.work
    return result


def _turns(own: list[Event], result: Facts) -> None:
    last = ""
    for event in own:
        side = ""
        if event.kind == "replied" and event.actor_kind == "agent":
            side = "us"
        elif event.kind == "created" or (event.kind == "received" and not event.courtesy):
            side = "them"
        if side and side != last:
            result.our_turns += side == "us"
            result.their_turns += side == "them"
            last = side


def _handle(actions: list[Action], found: dict[str, Facts]) -> None:
    for action in actions:
        action.size = 0 if action.size == 0 else 1 if action.size < 200 else 2 if action.size < 800 else 3
    by_person: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        by_person[action.who].append(action)
    for own in by_person.values():
        own.sort(key=lambda action: (action.at, action.order))
        for before, action in itertools.pairwise(own):
            action.gap = action.at - before.at
    for name, cap in (("low", 480_000), ("mid", 900_000), ("high", 1_800_000)):
        gaps: dict[tuple[str, int], list[int]] = defaultdict(list)
        everything: list[int] = []
        for action in actions:
            if action.gap is not None and action.gap <= cap:
                gaps[action.work, action.size].append(action.gap)
                everything.append(action.gap)
        totals: Counter[str] = Counter()
        for action in actions:
            within = action.gap is not None and action.gap <= cap
            usual = _median(gaps[action.work, action.size] or everything)
            action.spent[name] = action.gap or 0 if within else usual
            totals[action.ticket] += action.spent[name]
        for ticket, result in found.items():
            result.handle[name] = totals[ticket]


def _genuine(action: Action, actions: list[Action], writes: bool) -> int:
    """What it takes when nothing gets in between: the lower quartile of its kind, and no more than it took."""
    if writes and action.work.startswith("4 "):
        return 0
    near = [one for one in actions if one.gap is not None and one.gap <= 15 * MINUTE]
    alike = [one.gap or 0 for one in near if (one.work, one.size) == (action.work, action.size)]
    usual = _quarter(alike or [one.gap or 0 for one in near])
    return usual if action.gap is None else min(action.gap, usual)


def _quarter(values: list[int]) -> int:
    """The lower quartile by nearest rank; 0 of nothing."""
    return sorted(values)[(len(values) + 3) // 4 - 1] if values else 0


def _median(values: list[int]) -> int:
    """The lower median; 0 of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else 0
