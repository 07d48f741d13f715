"""What happened, as the generator tells it: frozen, numbered, in order of time. Load, planning and tests read these."""

from dataclasses import dataclass, field
from datetime import datetime

from headway.simulator.people import Agent, Customer, Organisation

# Where a ticket stands, in the categories of the store.
NEW, OPEN, WAITING, HOLD, SOLVED, CLOSED = "new", "open", "waiting", "hold", "solved", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened to the ticket of this number. `agent` None: the system or the customer."""

    at: datetime
    ticket: int
    agent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Happening):
    """A customer (or a machine, or a spammer) began a ticket. `bucket`: simple, medium or complex by true effort."""

    customer: int
    channel: str
    language: str
    category: str
    topic: str
    bucket: str
    priority: int
    subject: str
    text: str
    automatic: bool = False
    suspected: bool = False
    typed: bool = False
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Happening):
    """The customer wrote again. `thanks`: nothing else; `automatic`: a machine answered."""

    text: str
    automatic: bool = False
    thanks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Happening):
    """A reply to the customer; without an agent it is an automatic one. `minutes` of work went into it."""

    text: str
    automatic: bool = False
    minutes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Happening):
    """A private note."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Happening):
    """Things to do were put on the ticket's list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked(Happening):
    """The thing in this place of the list, counted from 0, is done."""

    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Happening):
    """The status went from one category to another."""

    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Happening):
    """The assignee changed."""

    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Happening):
    """The team changed; teams are 1 and 2, as their tiers."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Happening):
    """The priority changed."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Happening):
    """The agent said what kind of matter it is (a category's key)."""

    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(Happening):
    """Tags were put on."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspected(Happening):
    """An agent found it to be spam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(Happening):
    """Out of sight until a time, or until the customer writes."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken(Happening):
    """The snooze ended by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Happening):
    """A reminder to a silent customer fell due."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Happening):
    """The customer rated the solution, 1 to 5."""

    score: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A whole history. `happenings` are in order of time; customers and organisations are those that occur."""

    start: datetime
    end: datetime
    agents: list[Agent]
    customers: list[Customer]
    organisations: list[Organisation]
    happenings: list[Happening]
