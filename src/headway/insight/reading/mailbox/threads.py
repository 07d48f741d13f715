"""Which mails belong together, and who of their writers works here."""

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from headway.insight.lake.words import Origin, Side
from headway.insight.reading.port import Options
from headway.insight.reading.staged import Person, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import quoted
from headway.intake.email import loops
from headway.intake.email.mail import ParsedMail

_MAILBOXES: Final = itertools.count(1)


@dataclass(slots=True)
class Written:
    """One mail, without its text."""

    mailbox: int
    node: int
    name: str
    at_ms: int
    author: str
    others: tuple[str, ...]
    automatic: str


class Threads:
    """Mails joined by In-Reply-To and References, whichever comes first in the file."""

    def __init__(self) -> None:
        self._mailbox = next(_MAILBOXES)
        self._written: list[Written] = []
        self._own: dict[str, int] = {}  # the node of a mail's own id
        self._above: dict[str, str] = {}  # union-find over ids

    def add(self, name: str, mail: ParsedMail) -> Written | None:
        """Takes one mail; None for a copy of one that was taken."""
        assert mail.author is not None
        if mail.message_id in self._own:
            return None
        moment = mail.date or mail.received_at
        assert moment is not None
        written = Written(
            self._mailbox,
            len(self._written),
            name,
            int(moment.timestamp() * 1000),
            mail.author.key,
            tuple(one.key for one in (*mail.to, *mail.cc) if one.email),
            loops.automatic(mail),
        )
        self._written.append(written)
        self._own[mail.message_id] = written.node
        for other in (*mail.in_reply_to, *mail.references):
            self._above[self._top(mail.message_id)] = self._top(other)
        return written

    def settle(self, staging: Staging, options: Options) -> None:
        """Gives the staged mails their ticket, and says who is who."""
        ours = self._ours(options)
        for person in sorted({one.author for one in self._written}):
            side = _told(person, options) or (Side.AGENT if _domain(person) in ours else Side.CUSTOMER)
            staging.add(Person(kind=side, id=person))
        staging.flush()
        lake = staging.lake
        lake.run("CREATE OR REPLACE TABLE mail_nodes (node VARCHAR, ticket VARCHAR, begins INTEGER)")
        path = lake.folder / "mail_nodes.csv"
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            rows = csv.writer(file)
            for thread in self._threads():
                first = thread[0]
                rows.writerows((f"{one.mailbox}:{one.node}", first.name, int(one is first)) for one in thread)
                staging.add(_ticket(first, ours))
        staging.flush()
        lake.run(f"COPY mail_nodes FROM '{quoted(path)}' (FORMAT csv, HEADER false)")
        path.unlink()
        lake.run(
            "UPDATE staged_events SET ticket = n.ticket, kind = CASE WHEN n.begins = 1 THEN 'created' ELSE kind END, "
            "status = CASE WHEN n.begins = 1 THEN 'open' ELSE status END FROM mail_nodes AS n WHERE n.node = "
            "staged_events.ticket"
        )
        lake.run("DROP TABLE mail_nodes")

    def _threads(self) -> Iterator[list[Written]]:
        """Each thread's mails, oldest first."""
        by_top: dict[str, list[Written]] = {}
        for key, node in self._own.items():
            by_top.setdefault(self._top(key), []).append(self._written[node])
        for thread in by_top.values():
            yield sorted(thread, key=lambda one: (one.at_ms, one.node))

    def _ours(self, options: Options) -> set[str]:
        """The domains of those who work here: as told, else the one with most writers for each who reads there."""
        told = {
            value for (field, value), meaning in options.meanings.items() if field == "actor" and meaning == Side.AGENT
        }
        if domains := {value for value in told if "@" not in value}:
            return domains
        writers: dict[str, set[str]] = {}
        readers: dict[str, set[str]] = {}
        for one in self._written:
            for other in one.others:
                if (domain := _domain(other)) != _domain(one.author):
                    writers.setdefault(domain, set()).add(one.author)
                    readers.setdefault(domain, set()).add(other)
        return set(sorted(writers, key=lambda domain: (-len(writers[domain]) / len(readers[domain]), domain))[:1])

    def _top(self, key: str) -> str:
        path = []
        while (above := self._above.get(key, key)) != key:
            path.append(key)
            key = above
        for one in path:
            self._above[one] = key
        return key


def _ticket(first: Written, ours: set[str]) -> Ticket:
    theirs = [address for address in (first.author, *first.others) if _domain(address) not in ours]
    origin = None
    if first.automatic:
        origin = Origin.MACHINE
    elif _domain(first.author) in ours:
        origin = Origin.PROACTIVE
    return Ticket(ticket=first.name, origin=origin, channel="email", customer=theirs[0] if theirs else None)


def _told(address: str, options: Options) -> str | None:
    return options.meanings.get(("actor", address))


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
