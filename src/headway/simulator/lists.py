"""The checklists of cases that take several steps."""

from datetime import datetime

from headway.simulator.case import FRESH, PASSED, TOLD, Case
from headway.simulator.chance import Dice
from headway.simulator.happenings import Listed, Ticked
from headway.simulator.people import Agent
from headway.simulator.timeline import Timeline


class Lists:
    """Thorough people keep one, and tick it off as they go."""

    def __init__(self, seed: int, timeline: Timeline) -> None:
        self._dice = Dice(seed, "lists")
        self._timeline = timeline

    def turn(self, agent: Agent, case: Case, at: datetime) -> None:
        """Each turn at the case does the next thing on its list; the first may begin one."""
        begins = case.topic.todo and not case.todo and case.stage in (FRESH, TOLD, PASSED)
        if begins and self._dice.happens(agent.habits.thorough * 0.5):
            case.todo = len(case.topic.todo)
            items = tuple(case.facts.fill(line.text) for line in case.topic.todo)
            self._timeline.tell(Listed(at=at, ticket=case.number, agent=agent.number, items=items))
        self._tick(agent, case, at, case.ticked + 1)

    def end(self, agent: Agent, case: Case, at: datetime) -> None:
        """Solved: the rest of the list is done as well, but for what somebody forgets."""
        if self._dice.happens(0.85):
            self._tick(agent, case, at, case.todo)

    def _tick(self, agent: Agent, case: Case, at: datetime, until: int) -> None:
        while case.ticked < min(until, case.todo):
            self._timeline.tell(Ticked(at=at, ticket=case.number, agent=agent.number, place=case.ticked))
            case.ticked += 1
