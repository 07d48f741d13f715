"""The support floor: who is at work, what waits, and who takes what next."""

from collections.abc import Callable
from datetime import datetime, timedelta

from headway.simulator.case import MACHINE, PLEASED, SPAM, Case
from headway.simulator.chance import Dice
from headway.simulator.happenings import Given
from headway.simulator.people import Agent
from headway.simulator.plan import Plan
from headway.simulator.shifts import Shifts
from headway.simulator.timeline import Timeline

# Minutes of work for one step, by bucket; and in total for a ticket, to see how much of a day the desk takes.
STEP = {"simple": 5.0, "medium": 11.0, "complex": 19.0}
USUAL_MINUTES = 26.0
# How busy people shall be: beyond that share of their day, nothing else gets done and the queue grows.
AIM = 0.92
URGENCY = {1: -3.0, 2: 0.0, 3: 5.0, 4: 20.0}

Work = Callable[[Agent, Case, datetime], None]


class Floor:
    """Agents look at the queue when they come in, when they finish something, and when something new comes up."""

    def __init__(self, plan: Plan, agents: list[Agent], timeline: Timeline, work: Work) -> None:
        self.agents = agents
        self.shifts = [Shifts(agent, plan.start, plan.end, Dice(plan.seed, "shift", agent.number)) for agent in agents]
        self._dice = Dice(plan.seed, "floor")
        self._timeline = timeline
        self._work = work
        self._queue: dict[int, Case] = {}
        self._looks = [0] * len(agents)  # which look is the latest one planned, by agent
        self._busy = [False] * len(agents)
        capacity = len(agents) * 480 * 5 / 7 * AIM
        self._share = min(1.0, plan.tickets_per_day * USUAL_MINUTES / capacity)
        for agent, shifts in zip(agents, self.shifts, strict=True):
            for begins in shifts.starts():
                if begins >= plan.start:
                    self._come_in(agent, begins)

    def speed(self, agent: Agent, case: Case) -> float:
        """Minutes that this step takes this person."""
        if case.stage in (PLEASED, MACHINE, SPAM):
            return self._dice.around(0.8, 0.3)
        usual = STEP[case.topic.bucket] * (0.7 if case.tries else 1.0)
        return max(0.7, self._dice.around(usual * agent.habits.speed, 0.45))

    def put(self, case: Case, at: datetime) -> None:
        """We owe the next step on this case from now on. Somebody who is free notices after a while."""
        case.waiting = case.waiting or at
        self._queue[case.number] = case
        if case.taken:
            return
        quick = case.channel == "chat"
        free = [
            agent
            for agent in self._fitting(case, at)
            if not self._busy[agent.number] and self.shifts[agent.number].working(at)
        ]
        if free and (quick or case.priority == 4 or self._share > 0.6 or self._dice.happens(0.2)):
            agent = self._dice.pick(free)
            delay = self._dice.around(0.7 if quick else 9.0 / (1 + (case.priority == 4) * 2), 0.6)
            self._plan_look(agent, at + timedelta(minutes=delay))

    def drop(self, case: Case) -> None:
        """Nothing is owed on the case any more."""
        self._queue.pop(case.number, None)
        case.waiting = None

    def away(self, agent_number: int, at: datetime) -> bool:
        """Whether the person will not be at work within the next few hours."""
        return self.shifts[agent_number].back(at) > timedelta(hours=5)

    def _come_in(self, agent: Agent, begins: datetime) -> None:
        at = begins + timedelta(minutes=self._dice.around(6, 0.5))
        self._timeline.plan(at, lambda now: None if self._busy[agent.number] else self._look(agent, now))

    def _plan_look(self, agent: Agent, at: datetime) -> None:
        self._looks[agent.number] += 1
        look = self._looks[agent.number]
        self._timeline.plan(at, lambda now: self._look(agent, now) if self._looks[agent.number] == look else None)

    def _look(self, agent: Agent, at: datetime) -> None:
        """Takes the next case, if there is one and the person is at work."""
        if self._busy[agent.number] or not self.shifts[agent.number].working(at):
            return
        case = self._next(agent, at)
        if case is None:
            # looks again by and by, so that mail is not left to chance
            self._plan_look(agent, at + timedelta(minutes=self._dice.around(45, 0.4)))
            return
        self._take(agent, case, at)
        minutes = self.speed(agent, case)
        done = at + timedelta(minutes=minutes)
        self._timeline.plan(done, lambda now: self._finish(agent, case, now, minutes))

    def _take(self, agent: Agent, case: Case, at: datetime) -> None:
        self._busy[agent.number] = case.taken = True
        self._queue.pop(case.number, None)
        if case.stage in (SPAM, MACHINE):
            return
        if case.assignee != agent.number:
            self._timeline.tell(
                Given(at=at, ticket=case.number, agent=agent.number, before=case.assignee, after=agent.number)
            )
            case.handovers += case.assignee is not None and case.assignee in case.agents
            case.assignee = agent.number
        case.agents.add(agent.number)

    def _finish(self, agent: Agent, case: Case, at: datetime, minutes: float) -> None:
        self._busy[agent.number] = case.taken = False
        self._work(agent, case, at)
        rest = self._dice.wait(minutes * (1 / self._share - 1)) if self._share < 1 else 0.0
        self._plan_look(agent, at + timedelta(minutes=min(rest, 90) + 0.5))

    def _next(self, agent: Agent, at: datetime) -> Case | None:
        mine = [case for case in self._queue.values() if self._may_take(agent, case, at)]
        return max(mine, key=lambda case: (self._pull(agent, case, at), -case.number), default=None)

    def _may_take(self, agent: Agent, case: Case, at: datetime) -> bool:
        if case.taken or (case.team != agent.tier and self._has_tier(case.team)):
            return False
        waited = at - (case.waiting or at)
        if case.assignee is not None and case.assignee != agent.number:
            limit = timedelta(minutes=12) if case.channel == "chat" else timedelta(hours=3)
            if not (self.away(case.assignee, at) and waited > limit):
                return False
        speaks = case.language in agent.languages
        return speaks or waited > timedelta(minutes=10 if case.channel == "chat" else 240)

    def _pull(self, agent: Agent, case: Case, at: datetime) -> float:
        waited = (at - (case.waiting or at)) / timedelta(hours=1)
        chat = 40.0 if case.channel == "chat" else 0.0
        return waited + URGENCY[case.priority] + chat + (6.0 if case.assignee == agent.number else 0.0)

    def _fitting(self, case: Case, at: datetime) -> list[Agent]:
        if case.assignee is not None and not self.away(case.assignee, at):
            return [self.agents[case.assignee]]
        tier = [agent for agent in self.agents if agent.tier == case.team or not self._has_tier(case.team)]
        return [agent for agent in tier if case.language in agent.languages] or tier

    def _has_tier(self, tier: int) -> bool:
        return any(agent.tier == tier for agent in self.agents)
