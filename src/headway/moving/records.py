"""What a source says, in its own ids: the records that every source makes and everything behind it reads.

Times are aware. `key` is the source's id; empty keys of others mean none. Statuses are our categories.
"""

from datetime import datetime
from typing import Any, Final

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something with an id of its own at its source."""

    key: str


class Team(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A group of agents."""

    name: str


class Organisation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A company of customers."""

    name: str
    at: datetime
    domains: tuple[str, ...] = ()
    facts: dict[str, str | int | float | bool] = {}
    notes: str = ""


class Person(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody: of the team (`agent`) or a customer. `others`: kind and value of further identities.

    `hearsay`: named in passing; whatever else is said of them counts more.
    """

    name: str
    at: datetime
    agent: bool = False
    address: str = ""
    others: tuple[tuple[str, str], ...] = ()
    organisation: str = ""
    language: str = ""
    facts: dict[str, str | int | float | bool] = {}
    hearsay: bool = False


class Member(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody belongs to a team, or a customer to an organisation where nothing else says which."""

    person: str
    team: str = ""
    organisation: str = ""


class Brand(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A name under which customers are served."""

    name: str


class Bond(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How a ticket stands to another: `incident`, `follow_up` or `related`."""

    ticket: str
    other: str
    kind: str
    at: datetime


class Asked(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A custom field. `kind` is one of ours; `options` by the value that tickets hold.

    `hearsay`: told by a value of it; its definition counts more.
    """

    label: str
    kind: str
    options: dict[str, str] = {}
    hearsay: bool = False


class Matter(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket as it is at the end. `fields`: values by the keys of `Asked`."""

    subject: str
    category: str
    created_at: datetime
    updated_at: datetime
    channel: str = "email"
    priority: int = 2
    kind: str = ""
    customer: str = ""
    organisation: str = ""
    team: str = ""
    brand: str = ""
    assignee: str = ""
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    url: str = ""
    replied_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    rating: int | None = None
    rating_comment: str = ""
    text: str = ""  # what it began with, where the source gives no messages


class Attached(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of a comment: where it was, and under which id."""

    key: str
    name: str
    media_type: str = ""
    url: str = ""


class Comment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Something said on a ticket: publicly, or among the team. `side` where the source says whose it is."""

    ticket: str
    at: datetime
    author: str = ""
    side: str = ""  # customer, agent, automation; "" when the author tells
    public: bool = True
    text: str = ""
    html: str = ""
    files: tuple[Attached, ...] = ()


class Step(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One property of a ticket got another value: status (a category), assignee, team (keys) or priority."""

    ticket: str
    at: datetime
    what: str
    after: str
    author: str = ""


class Measured(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The source's own figures of the ticket `key`: milliseconds by the calendar, and how often it was reopened."""

    reply_ms: int | None = None
    resolve_ms: int | None = None
    reopens: int | None = None
    solved_at: datetime | None = None


class Prepared(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A macro. Changes in the source's own keys; `left` names the actions that have no counterpart here."""

    name: str
    text: str = ""
    note: str = ""
    category: str = ""
    priority: int = 0
    team: str = ""
    assignee: str = ""
    tags: tuple[str, ...] = ()
    owner: str = ""
    only: str = ""  # a team's key: for this team alone
    active: bool = True
    left: tuple[str, ...] = ()


class View(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A saved list: what of its conditions can be said as a search here, and which were left out."""

    name: str
    q: tuple[tuple[str, str], ...] = ()
    only: str = ""
    owner: str = ""
    active: bool = True
    left: tuple[str, ...] = ()


class Rule(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An automation or trigger, as the source wrote it: kept to be read, never run."""

    name: str
    kind: str
    active: bool = True
    written: dict[str, Any] = {}


class Trouble(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What could not be taken, or not whole. `lost`: it is not in the desk. `place`: a line, or a number in a list."""

    kind: str
    reason: str
    key: str = ""
    file: str = ""
    place: int = 0
    detail: str = ""
    lost: bool = True


Anything = (
    Team
    | Brand
    | Member
    | Bond
    | Organisation
    | Person
    | Asked
    | Matter
    | Comment
    | Step
    | Measured
    | Prepared
    | View
    | Rule
)
# The name of each kind of record, in the order in which they are brought.
KINDS: Final[dict[str, type[Record]]] = {
    "team": Team,
    "brand": Brand,
    "organisation": Organisation,
    "field": Asked,
    "person": Person,
    "member": Member,
    "ticket": Matter,
    "comment": Comment,
    "step": Step,
    "figure": Measured,
    "link": Bond,
    "macro": Prepared,
    "view": View,
    "rule": Rule,
}
NAMES: Final = {kind: name for name, kind in KINDS.items()}
