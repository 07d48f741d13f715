"""Whole tickets with their past, written at once and silently: for imports, sample data and load tests.

The past arrives as it was, so nothing is decided here: no status moves, no followers, no mail. Everything goes in with
multi-row statements; what is found later is what the caller says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.journal import Draft
from headway.foundation.language import identify
from headway.foundation.statements import add_many
from headway.tickets.actions import index
from headway.tickets.actions.files import Attachment, columns
from headway.tickets.actions.index import Text
from headway.tickets.models import (
    ChecklistItem,
    Message,
    MessageFile,
    Note,
    NoteFile,
    Rating,
    Status,
    Tag,
    Tagging,
    Ticket,
)
from headway.tickets.rules.checklist import LENGTH
from headway.tickets.rules.texts import SNIPPET, SUBJECT, clean, one_line
from headway.tickets.rules.thanks import only_thanks


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message (`direction` in or out) or a note of the past. `key` names it for the caller's own tables."""

    direction: str
    at: datetime
    text: str
    customer_id: int | None = None
    agent_id: int | None = None
    html: str = ""
    quoted: str = ""
    language: str = ""
    automatic: bool = False
    held: bool = False
    copied: Sequence[str] = ()
    files: Sequence[Attachment] = ()
    key: str = ""

    @property
    def thanks(self) -> bool:
        """Whether a customer says no more than thank you."""
        return self.direction == "in" and not self.automatic and not self.held and only_thanks(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the past. `event` is made once the ticket has its id and its messages theirs, by key."""

    at: datetime
    actor: Actor
    make: Any  # Callable[[int, Mapping[str, int]], Event]: ticket id, ids by key of what was said and is to be done
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """An item of the checklist as it is at the end. `key` names it for the events."""

    text: str
    key: str
    done_at: datetime | None = None
    done_by_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A ticket as it is at the end of its past."""

    subject: str
    channel: str
    category: str
    created_at: datetime
    said: Sequence[Said]
    happened: Sequence[Happened]
    todo: Sequence[ToDo] = ()
    status_id: int | None = None
    customer_id: int | None = None
    organisation_id: int | None = None
    brand_id: int | None = None
    type_id: int | None = None
    team_id: int | None = None
    assignee_id: int | None = None
    priority: int = Ticket.Priorities.NORMAL
    tags: Sequence[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    waiting_since: datetime | None = None
    first_replied_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    suspected_at: datetime | None = None
    updated_at: datetime | None = None
    rating: int | None = None
    rating_comment: str = ""
    rated_at: datetime | None = None
    reminded: int = 0
    snoozed_until: datetime | None = None
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A ticket that was written, with the ids of what was said and is to be done by the caller's keys."""

    ticket_id: int
    ids: Mapping[str, int]


@transaction.atomic
def write(pasts: Sequence[Past]) -> list[Written]:
    """Writes the tickets with all that was said and happened; same order as given."""
    defaults = {status.category: status.pk for status in Status.objects.filter(is_default=True)}
    tickets = add_many(_ticket(past, defaults) for past in pasts)
    messages: list[tuple[int, Said, Message]] = []
    notes: list[tuple[int, Said, Note]] = []
    for number, (past, ticket) in enumerate(zip(pasts, tickets, strict=True)):
        for said in past.said:
            if said.direction == "note":
                notes.append((number, said, note_of(ticket, said)))
            else:
                messages.append((number, said, message_of(ticket, past, said)))
    add_many(message for _number, _said, message in messages)
    add_many(note for _number, _said, note in notes)
    add_many(
        MessageFile(message=message, content_id=entry.content_id[:255], **columns(entry))
        for _number, said, message in messages
        for entry in said.files
    )
    add_many(NoteFile(note=note, **columns(entry)) for _number, said, note in notes for entry in said.files)
    ids: list[dict[str, int]] = [{} for _past in pasts]
    for number, said, row in [*messages, *notes]:
        if said.key:
            ids[number][said.key] = row.pk
    _list(pasts, tickets, ids)
    _tag(pasts, tickets)
    _rate(pasts, tickets)
    _index(tickets, messages, notes)
    drafts = [
        Draft(
            event=_made(happened, ticket.pk, ids[number]),
            actor=happened.actor,
            at=happened.at,
            source_key=happened.source_key,
        )
        for number, (past, ticket) in enumerate(zip(pasts, tickets, strict=True))
        for happened in past.happened
    ]
    journal.record_many(drafts, silent=True)
    return [Written(ticket.pk, found) for ticket, found in zip(tickets, ids, strict=True)]


def _made(happened: Happened, ticket_id: int, ids: Mapping[str, int]) -> Event:
    event: Event = happened.make(ticket_id, ids)
    return event


def _ticket(past: Past, defaults: Mapping[str, int]) -> Ticket:
    spoken = [said for said in past.said if said.direction != "note" and not said.held]
    active = max((said.at for said in spoken), default=past.created_at)
    return Ticket(
        subject=one_line(past.subject, SUBJECT) or "—",
        status_id=past.status_id or defaults[past.category],
        category=past.category,
        priority=past.priority,
        type_id=past.type_id,
        team_id=past.team_id,
        assignee_id=past.assignee_id,
        customer_id=past.customer_id,
        organisation_id=past.organisation_id,
        brand_id=past.brand_id,
        channel=past.channel,
        language=next((said.language for said in past.said if said.language), ""),
        fields=dict(past.fields),
        created_at=past.created_at,
        updated_at=past.updated_at or active,
        active_at=active,
        waiting_since=past.waiting_since,
        first_replied_at=past.first_replied_at,
        solved_at=past.solved_at,
        closed_at=past.closed_at,
        suspected_at=past.suspected_at,
        reminded=past.reminded,
        snoozed_until=past.snoozed_until,
        snippet=one_line(spoken[-1].text, SNIPPET) if spoken else "",
        is_sample=past.is_sample,
    )


def message_of(ticket: Ticket, past: Past, said: Said) -> Message:
    """The row of what was said, not saved yet."""
    text = clean(said.text)
    return Message(
        ticket=ticket,
        direction=said.direction,
        channel=past.channel,
        customer_id=said.customer_id,
        agent_id=said.agent_id,
        at=said.at,
        text=text,
        quoted=clean(said.quoted),
        html=clean(said.html),
        language=said.language or identify(text),
        automatic=said.automatic,
        held=said.held,
        copied=list(said.copied),
    )


def note_of(ticket: Ticket, said: Said) -> Note:
    """The row of a note, not saved yet."""
    return Note(ticket=ticket, agent_id=said.agent_id, at=said.at, text=clean(said.text))


def _list(pasts: Sequence[Past], tickets: Sequence[Ticket], ids: Sequence[dict[str, int]]) -> None:
    todo = [(n, place, item) for n, past in enumerate(pasts) for place, item in enumerate(past.todo, 1)]
    rows = add_many(
        ChecklistItem(
            ticket=tickets[number],
            text=one_line(item.text, LENGTH),
            position=place,
            done_at=item.done_at,
            done_by_id=item.done_by_id,
        )
        for number, place, item in todo
    )
    for (number, _place, item), row in zip(todo, rows, strict=True):
        ids[number][item.key] = row.pk


def _tag(pasts: Sequence[Past], tickets: Sequence[Ticket]) -> None:
    names = {one_line(name, 60).casefold(): one_line(name, 60) for past in pasts for name in past.tags}
    if not names:
        return
    Tag.objects.bulk_create([Tag(name=name) for name in names.values()], ignore_conflicts=True)
    ids = {
        tag.name.casefold(): tag.merged_into_id or tag.pk for tag in Tag.objects.all() if tag.name.casefold() in names
    }
    pairs = {
        (ticket.pk, ids[one_line(name, 60).casefold()])
        for past, ticket in zip(pasts, tickets, strict=True)
        for name in past.tags
    }
    add_many(Tagging(ticket_id=ticket, tag_id=tag) for ticket, tag in sorted(pairs))


def _rate(pasts: Sequence[Past], tickets: Sequence[Ticket]) -> None:
    add_many(
        Rating(
            ticket=ticket, score=past.rating, comment=clean(past.rating_comment), at=past.rated_at or ticket.updated_at
        )
        for past, ticket in zip(pasts, tickets, strict=True)
        if past.rating is not None
    )


def _index(
    tickets: Sequence[Ticket],
    messages: Sequence[tuple[int, Said, Message]],
    notes: Sequence[tuple[int, Said, Note]],
) -> None:
    texts = [index.of_message(tickets[number], message, _names(said)) for number, said, message in messages]
    texts += [index.of_note(tickets[number], note, _names(said)) for number, said, note in notes]
    told = {text.ticket_id for text in texts}
    texts += [
        Text("s", ticket.pk, ticket.pk, ticket.created_at, ticket.language, ticket.subject, "")
        for ticket in tickets
        if ticket.pk not in told
    ]
    for start in range(0, len(texts), 500):
        index.add(texts[start : start + 500])


def _names(said: Said) -> list[str]:
    return [entry.name for entry in said.files]
