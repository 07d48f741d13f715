"""Which ticket a mail belongs to, and whether it may join it: pure rules over looked-up facts."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from headway.intake.email.mail import ParsedMail
from headway.intake.email.tokens import Token

Because = Literal["token", "in-reply-to", "references", "subject", "forward", "no-match", "bulk"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a known message id stands. `bulk`: the message went to many, so answering it joins nobody else's ticket."""

    ticket_id: int
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What was looked up for one mail.

    `participants` are the keys of the addresses that take part in each ticket, `domains` those of their verified
    organisations. `verified`: the sender is who the mail says (or the mailbox cannot know and counts addresses).
    `trusted`: imported history and our own agents; nothing of theirs is held.
    """

    token: Token | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    subject_ticket: int | None = None
    participants: Mapping[int, Set[str]] = field(default_factory=dict)
    domains: Mapping[int, Set[str]] = field(default_factory=dict)
    survivors: Mapping[int, int] = field(default_factory=dict)
    verified: bool = True
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`ticket_id` None: a new ticket. `held`: shown to agents on that ticket only, until admitted."""

    ticket_id: int | None
    because: Because
    held: bool = False


def candidates(mail: ParsedMail) -> list[str]:
    """The message ids to look up, in the order in which they count."""
    return list(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))


def decide(mail: ParsedMail, facts: Facts) -> Decision:
    """Token, then In-Reply-To, then References newest first, then our number in the subject of one who takes part."""
    author = mail.author.key if mail.author else ""
    if mail.forward and facts.token is None:
        return Decision(None, "forward")
    bulk = False
    for ticket_id, because, was_bulk in _matches(mail, facts):
        survivor = _survivor(ticket_id, facts.survivors)
        takes_part = _takes_part(author, survivor, facts) or _takes_part(author, ticket_id, facts)
        if facts.trusted:
            if was_bulk and not takes_part:
                bulk = True
                continue
            return Decision(survivor, because)
        if takes_part and facts.verified:
            return Decision(survivor, because)
        if was_bulk:
            bulk = True
            continue
        return Decision(survivor, because, held=True)
    number = facts.subject_ticket
    if number is not None and facts.verified:
        survivor = _survivor(number, facts.survivors)
        if _takes_part(author, survivor, facts) or _takes_part(author, number, facts):
            return Decision(survivor, "subject")
    return Decision(None, "bulk" if bulk else "no-match")


def _matches(mail: ParsedMail, facts: Facts) -> Iterator[tuple[int, Because, bool]]:
    if facts.token is not None:
        yield facts.token.ticket_id, "token", False
    for one in mail.in_reply_to:
        if (place := facts.places.get(one)) is not None:
            yield place.ticket_id, "in-reply-to", place.bulk
    for one in reversed(mail.references):
        if (place := facts.places.get(one)) is not None:
            yield place.ticket_id, "references", place.bulk


def _takes_part(author: str, ticket_id: int, facts: Facts) -> bool:
    if not author:
        return False
    domain = author.rpartition("@")[2]
    return author in facts.participants.get(ticket_id, ()) or domain in facts.domains.get(ticket_id, ())


def _survivor(ticket_id: int, survivors: Mapping[int, int]) -> int:
    """The ticket into which this one was merged in the end; a circle ends where it began."""
    seen = {ticket_id}
    while (following := survivors.get(ticket_id)) is not None and following not in seen:
        seen.add(following)
        ticket_id = following
    return ticket_id
