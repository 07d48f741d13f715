"""CSV: a row for each ticket, or a row for each message with its ticket's number."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from headway.foundation.errors import Invalid
from headway.insight.reading import meanings
from headway.insight.reading.unpacked import opened
from headway.moving.records import Asked, Comment, Matter, Organisation, Person, Team, Trouble
from headway.moving.sources import columns, times
from headway.moving.sources.port import Column, Options, Progress
from headway.moving.sources.times import Reading
from headway.moving.staging import Staging

Found = TypeVar("Found", int, str)

_GLANCE: Final = 2000
_EVERY: Final = 500
_TIMES: Final = ("at", "created_at", "updated_at", "first_reply_at", "solved_at", "closed_at")
_PRIVATE: Final = {"false", "0", "no", "private", "internal", "note"}
_PRIORITIES: Final = (("urgent|critical|blocker|p1", 4), ("high|important|p2", 3), ("low|minor|p4|p5", 1))
_SIDES: Final = {"customer": "customer", "agent": "agent", "automation": "automation", "system": "automation"}
_CHANNELS: Final = (("chat|messag", "chat"), ("phone|voice|call", "phone"), ("api", "api"), ("form|web", "form"))
_RATINGS: Final = {"good": 5, "bad": 1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


class Csv:
    """One file with a header line."""

    name = "csv"

    def columns(self, path: Path, options: Options) -> list[Column]:
        """The columns, whether or not they say enough. Raises Invalid for a mapping that is none."""
        rows = _rows(path)
        names = _names(next(rows, (0, []))[1])
        return _told(names, columns.guess(names, options.columns), next(rows, (0, []))[1])

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> list[Column]:
        """Stages every row; a row that cannot be read is a trouble with its line. A ticket that comes again grows."""
        rows = _rows(path)
        names = _names(next(rows, (0, []))[1])
        fields = columns.guess(names, options.columns)
        if "ticket" not in fields.values() or not {"created_at", "at"} & set(fields.values()):
            raise Invalid(
                f"{path.name}: no column was found for the ticket's number or its time. "
                "Say which columns hold them (in a terminal: --map COLUMN=ticket --map COLUMN=created_at). "
                f"The columns are: {', '.join(names)}."
            )
        head = list(islice(rows, _GLANCE))
        places = {name: names.index(column) for column, name in fields.items() if name != columns.CUSTOM}
        custom = {names.index(column): column for column, name in fields.items() if name == columns.CUSTOM}
        ways: dict[str, Reading] = {
            name: times.way_of([row[places[name]] for _line, row in head if len(row) == len(names)], options.zone)
            for name in _TIMES
            if name in places
        }
        table = _Table(path.name, len(names), places, custom, ways, options, staging)
        for count, (line, row) in enumerate(_chain(head, rows), start=1):
            table.take(line, row)
            if count % _EVERY == 0:
                progress(path.name, count)
        table.finish()
        return _told(names, fields, head[0][1] if head else [])


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip() or f"column {place + 1}" for place, name in enumerate(header)]


def _told(names: Sequence[str], fields: Mapping[str, str], first: Sequence[str]) -> list[Column]:
    return [
        Column(name, fields.get(name, ""), first[place] if place < len(first) else "")
        for place, name in enumerate(names)
    ]


@dataclass
class _Table:
    """Rows becoming records. What holds for a whole ticket is its last row's that says so."""

    file: str
    width: int
    places: Mapping[str, int]
    custom: Mapping[int, str]
    ways: Mapping[str, Reading]
    options: Options
    staging: Staging
    told: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    row: list[str] = field(default_factory=list)

    def take(self, line: int, row: list[str]) -> None:
        """One row."""
        if not any(row):
            return
        self.row = row
        key = self._of("ticket") if len(row) == self.width else ""
        try:
            if len(row) != self.width:
                raise ValueError(f"{len(row)} cells, and the header has {self.width}")
            if not key:
                raise ValueError("no ticket is named")
            self._ticket(key)
        except (ValueError, OverflowError, OSError) as error:
            reason = f"cannot be read: {error}"[:200]
            self.staging.trouble(Trouble(kind="row", reason=reason, key=key[:100], file=self.file, place=line))

    def finish(self) -> None:
        """What the columns became."""
        for name in self.custom.values():
            self.staging.add(Asked(key=name, label=name[:80], kind="text"))

    def _ticket(self, key: str) -> None:
        if len(key) > 80:
            raise ValueError("the ticket's number is longer than 80 characters")
        at = self._time("at") or self._time("created_at")
        if at is None:
            raise ValueError("there is no time")
        earlier = self.staging.one(Matter, key)
        created = min(self._time("created_at") or at, earlier.created_at if earlier else at)
        customer, assignee = self._people(created, earlier)
        text, html = self._of("text"), self._of("html")
        many = earlier is not None or "at" in self.places or "comment" in self.places
        matter = Matter(
            key=key,
            subject=self._of("subject") or (earlier.subject if earlier else ""),
            category=self._category(earlier),
            created_at=created,
            updated_at=max(self._time("updated_at") or at, earlier.updated_at if earlier else at),
            channel=_first(_CHANNELS, self._of("channel"), earlier.channel if earlier else "email"),
            priority=_first(_PRIORITIES, self._of("priority"), earlier.priority if earlier else 2),
            kind=self._of("category") or (earlier.kind if earlier else ""),
            customer=customer,
            organisation=self._organisation(created) or (earlier.organisation if earlier else ""),
            team=self._team() or (earlier.team if earlier else ""),
            assignee=assignee,
            tags=tuple(re.split(r"[,;|]\s*", self._of("tag"))) if self._of("tag") else earlier.tags if earlier else (),
            fields={name: row for place, name in self.custom.items() if (row := self.row[place].strip())},
            url=self._of("url") or self.options.link.replace("{id}", key),
            replied_at=self._time("first_reply_at"),
            solved_at=self._time("solved_at"),
            closed_at=self._time("closed_at"),
            rating=_RATINGS.get(self._of("satisfaction").lower()),
            text="" if many else text,
        )
        if many and (text or html):
            self._say(key, at, text, html, customer)
        self.staging.add(matter)
        if earlier is not None:
            self.staging.again -= 1  # a further row of it is no second ticket

    def _say(self, ticket: str, at: datetime, text: str, html: str, customer: str) -> None:
        self.counts[ticket] = number = self.counts.get(ticket, 0) + 1
        role = meanings.side(self._of("actor_kind")) if self._of("actor_kind") else None
        author = self._of("agent_email").lower() or self._of("actor")
        same = not author or author.casefold() in {customer.casefold(), self.told.get(customer, "").casefold()}
        self.staging.add(
            Comment(
                key=self._of("comment") or f"{ticket}.{number}",
                ticket=ticket,
                at=at,
                author=customer if same else author,
                side=_SIDES.get(role or "", "") or ("customer" if same else ""),
                public=self._of("public").lower() not in _PRIVATE,
                text=text,
                html=html,
            )
        )

    def _people(self, at: datetime, earlier: Matter | None) -> tuple[str, str]:
        address, name = self._of("customer_email").lower(), self._of("customer_name")
        if "@" in name and not address:
            address, name = name.lower(), ""
        customer = address or name or (earlier.customer if earlier else "")
        if customer and customer not in self.told:
            self.told[customer] = name
            self.staging.add(Person(key=customer, name=name, at=at, address=address))
        agent = self._of("agent_email").lower() or self._of("actor")
        role = meanings.side(self._of("actor_kind")) if self._of("actor_kind") else "agent"
        if not agent or role != "agent" or agent.casefold() in {customer.casefold(), name.casefold()}:
            return customer, earlier.assignee if earlier else ""
        key = f"agent {agent}"
        if key not in self.told:
            self.told[key] = agent
            address = agent if "@" in agent else ""
            self.staging.add(Person(key=agent, name=self._of("actor") or agent, at=at, agent=True, address=address))
        return customer, agent

    def _organisation(self, at: datetime) -> str:
        name = self._of("organisation")
        if name and f"organisation {name}" not in self.told:
            self.told[f"organisation {name}"] = name
            self.staging.add(Organisation(key=name[:100], name=name[:200], at=at))
        return name[:100]

    def _team(self) -> str:
        name = self._of("team")
        if name and f"team {name}" not in self.told:
            self.told[f"team {name}"] = name
            self.staging.add(Team(key=name[:80], name=name[:80]))
        return name[:80]

    def _category(self, earlier: Matter | None) -> str:
        text = self._of("status")
        if text:
            found = meanings.status(text)
            if found in {"open", "waiting", "hold", "solved", "closed"}:
                return "new" if text.strip().lower() == "new" else str(found)
            raise ValueError(
                f"the status {text[:40]!r} is not known; in the export call it open, pending, on hold, solved or closed"
            )
        if earlier:
            return earlier.category
        return "closed" if self._of("closed_at") else "solved" if self._of("solved_at") else "open"

    def _time(self, name: str) -> datetime | None:
        text = self._of(name)
        try:
            return self.ways[name](text) if text else None
        except (ValueError, OverflowError, OSError) as error:
            raise ValueError(f"{text[:40]!r} is no time, or not as the others of its column") from error

    def _of(self, name: str) -> str:
        return self.row[self.places[name]].strip() if name in self.places else ""


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every row with its line, whatever the encoding and the delimiter."""
    csv.field_size_limit(16 * 1024 * 1024)
    with opened(path) as file:
        sample = file.read(64 * 1024)
    encoding = "utf-16" if sample[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = sample.rsplit(b"\n", 1)[0].decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", sample.decode("cp1252", "replace")
    delimiter = max(",;\t|", key=text.split("\n", 1)[0].count)
    with opened(path) as file:
        lines: Iterator[str] = (line.decode(encoding, "replace") for line in file)
        if encoding == "utf-16":
            lines = iter(file.read().decode("utf-16", "replace").splitlines(keepends=True))
        reader = csv.reader((line.replace("\x00", "") for line in lines), delimiter=delimiter)
        try:
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            raise Invalid(f"{path.name}, line {reader.line_num}: this is no CSV: {error}") from error


def _chain(head: list[tuple[int, list[str]]], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield from head
    yield from rest


def _first(patterns: tuple[tuple[str, Found], ...], text: str, otherwise: Found) -> Found:
    return next((found for pattern, found in patterns if text and re.search(pattern, text.lower())), otherwise)
