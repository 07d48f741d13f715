"""A ticket while its history is being told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from headway.simulator.facts import Facts
from headway.simulator.happenings import CLOSED, NEW, SOLVED
from headway.simulator.people import Customer
from headway.simulator.texts import Topic
from headway.simulator.wording import Situation

# What an agent finds when opening a case.
FRESH = "fresh"  # nobody has answered yet
TOLD = "told"  # the customer gave the details that were asked for
FAILED = "failed"  # the answer did not help
AGAIN = "again"  # solved once, and it is back
ASKED = "asked"  # a further question about the same
PLEASED = "pleased"  # the customer says that it works; only to be closed
PASSED = "passed"  # handed over by tier 1
BOUNCED = "bounced"  # given back by tier 2
RESUMED = "resumed"  # what it was on hold for has come
REPEAT = "repeat"  # a second ticket about what another already says
MACHINE = "machine"  # an automatic mail
SPAM = "spam"  # unwanted mail that was not recognised


@dataclass(slots=True)
class Case:
    """What is known of a ticket so far. `waiting` is since when we owe the next step."""

    number: int
    customer: Customer
    topic: Topic
    channel: str
    facts: Facts
    opened: datetime
    priority: int
    situation: Situation  # what the topic's variant and kind are
    stage: str = FRESH
    status: str = NEW
    team: int = 1
    assignee: int | None = None
    waiting: datetime | None = None
    taken: bool = False
    typed: bool = False
    asked: bool = False  # our last message was a question
    detailed: bool = False
    poorly_passed: bool = False
    tries: int = 0
    reopened: int = 0
    chased: int = 0
    handovers: int = 0
    late: float = 0.0  # hours beyond what was hoped for
    todo: int = 0  # things on its list
    ticked: int = 0  # of them, done
    answered: bool = False
    rated: bool = False
    # raised by whatever happens; a plan made for an earlier turn is dropped
    turn: int = 0
    agents: set[int] = field(default_factory=set)
    chasers: set[str] = field(default_factory=set)

    def now(self, at: datetime) -> Situation:
        """The situation with what has been so far, for choosing words."""
        been = {"D"} if self.detailed else set()
        since = self.waiting or self.opened
        been |= {"L"} if at - since > timedelta(hours=22) else set()
        return self.situation | been | ({"A"} if self.answered else set())

    @property
    def language(self) -> str:
        """In which it is written."""
        return self.facts.language

    @property
    def settled(self) -> bool:
        """Whether it is solved or closed."""
        return self.status in (SOLVED, CLOSED)
