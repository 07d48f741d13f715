"""A batch of old mails put together into conversations in memory, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from headway.intake.email import recording, threading
from headway.intake.email.mail import ParsedMail
from headway.intake.email.threading import Decision, Facts, Place
from headway.tickets.actions import Attachment


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail of a conversation."""

    raw_id: int
    mail: ParsedMail
    files: Sequence[Attachment]
    at: datetime


@dataclass(slots=True)
class Conversation:
    """Mails that belong together: of a ticket that exists (`ticket_id`), or of one to be written."""

    ticket_id: int | None = None
    entries: list[Entry] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    # other tickets that turned out to be the same conversation
    also: list[int] = field(default_factory=list)


class Book:
    """The conversations of one batch. New ones have negative numbers in the rules of threading."""

    def __init__(self, facts: Facts, awaited: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        self._facts = facts
        self._awaited = awaited
        self._conversations: dict[int, Conversation] = {}
        self._moved: dict[int, int] = {}
        self._places: dict[str, Place] = dict(facts.places)
        self._waiting: dict[str, list[int]] = {}
        self.because: dict[int, str] = {}

    def add(self, entry: Entry, facts: Facts) -> None:
        """Puts a mail where it belongs, joining what turns out to belong together."""
        mail = entry.mail
        decision = self._decide(mail, facts)
        number, because = decision.ticket_id, str(decision.because)
        early = self._early(mail) if decision.because not in ("forward", "bulk") else []
        if number is None and early:
            number, because = early[0], "awaited"
        if number is None:
            number = -1 - len(self._conversations)
        number = self._find(number)
        self._conversation(number).entries.append(entry)
        for other in early:
            number = self._join(number, self._find(other))
        conversation = self._conversations[number]
        conversation.people |= {one.key for one in (*mail.authors, *mail.to, *mail.cc)}
        bulk = recording.is_bulk(mail)
        for value in recording.ids_of(mail):
            self._places.setdefault(value, Place(number, bulk))
        for value in threading.candidates(mail):
            if value not in self._places:
                self._waiting.setdefault(value, []).append(number)
        self.because[entry.raw_id] = because

    def conversations(self) -> list[Conversation]:
        """All of them, in the order in which they began."""
        return [one for number, one in self._conversations.items() if self._find(number) == number]

    def known(self) -> Mapping[str, Place]:
        """Every id that has a place."""
        return self._places

    def _decide(self, mail: ParsedMail, facts: Facts) -> Decision:
        places = {
            value: Place(self._find(place.ticket_id), place.bulk)
            for value in threading.candidates(mail)
            if (place := self._places.get(value)) is not None
        }
        numbers = {place.ticket_id for place in places.values()}
        here = {number: self._conversations[number].people for number in numbers if number in self._conversations}
        return threading.decide(
            mail,
            Facts(
                token=facts.token,
                places=places,
                subject_ticket=facts.subject_ticket,
                participants={**facts.participants, **here},
                domains=facts.domains,
                survivors=facts.survivors,
                trusted=True,
            ),
        )

    def _early(self, mail: ParsedMail) -> list[int]:
        """The conversations of answers to this mail that came before it."""
        if recording.is_bulk(mail):
            return []
        found: list[int] = []
        for value in recording.ids_of(mail):
            found += [ticket_id for ticket_id, _message in self._awaited.get(value, ())]
            found += self._waiting.pop(value, [])
        return list(dict.fromkeys(self._find(number) for number in found))

    def _conversation(self, number: int) -> Conversation:
        return self._conversations.setdefault(number, Conversation(ticket_id=number if number > 0 else None))

    def _find(self, number: int) -> int:
        while number in self._moved:
            number = self._moved[number]
        return number

    def _join(self, number: int, other: int) -> int:
        """Makes one conversation of two; a ticket that exists stays. Returns the number of what stays."""
        if number == other:
            return number
        keep, gone = (other, number) if other > 0 > number else (number, other)
        target, source = self._conversation(keep), self._conversation(gone)
        target.entries += source.entries
        target.people |= source.people
        if source.ticket_id is not None:
            target.also.append(source.ticket_id)
        target.also += source.also
        del self._conversations[gone]
        self._moved[gone] = keep
        return keep
