"""Tickets of another system: brought whole, and what came to them since brought after; silently, each thing once.

Whatever is said or happens has a `source_key` in the journal, the same at every run. For what is said it is `Said.key`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.journal import Draft
from headway.events.models import Entry
from headway.events.vocabulary.imports import TicketImported
from headway.events.vocabulary.tickets import StatusChanged, TicketClosed, TicketReopened, TicketsLinked, TicketSolved
from headway.foundation.statements import add_many
from headway.tickets.actions import index, rewording
from headway.tickets.actions.files import columns
from headway.tickets.actions.history import Happened, Past, Said, message_of, note_of, write
from headway.tickets.models import Link, MessageFile, NoteFile, Origin, Status, Tag, Tagging, Ticket
from headway.tickets.rules.texts import SNIPPET, SUBJECT, one_line
from headway.tickets.rules.transitions import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A ticket as its old system knows it."""

    system: str
    number: str
    url: str = ""


@transaction.atomic
def bring(pasts: Sequence[tuple[Past, Elsewhere]], *, actor: Actor) -> list[int]:
    """Writes tickets with all that was said and happened; their numbers, in the same order."""
    written = write([past for past, _there in pasts])
    add_many(
        Origin(ticket_id=one.ticket_id, system=there.system, number=there.number, url=there.url[:1000])
        for one, (_past, there) in zip(written, pasts, strict=True)
    )
    drafts = [
        Draft(event=TicketImported(ticket_id=one.ticket_id, entries=len(past.happened)), actor=actor)
        for one, (past, _there) in zip(written, pasts, strict=True)
    ]
    journal.record_many(drafts, silent=True)
    return [one.ticket_id for one in written]


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket of the past stands so to another, since `at`. `key` is the journal's."""

    ticket_id: int
    other_id: int
    kind: str
    at: datetime
    key: str


@transaction.atomic
def bring_links(links: Sequence[Linked], *, actor: Actor) -> None:
    """Links tickets, silently; what is linked so already stays."""
    rows = [Link(ticket_id=one.ticket_id, other_id=one.other_id, kind=one.kind, at=one.at) for one in links]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    drafts = [
        Draft(
            event=TicketsLinked(ticket_id=one.ticket_id, other_id=one.other_id, link=one.kind),
            actor=actor,
            at=one.at,
            source_key=one.key,
        )
        for one in links
    ]
    journal.record_many(drafts, silent=True)


@transaction.atomic
def bring_again(ticket_id: int, past: Past, *, actor: Actor) -> int:
    """Makes a ticket what it is in its old system now; returns how many things are new.

    What was written here beside it stays.
    """
    row = Ticket.objects.select_for_update().get(pk=ticket_id)
    known = set(
        Entry.objects.filter(source_key__in=[one.source_key for one in past.happened]).values_list(
            "source_key", flat=True
        )
    )
    new = [one for one in past.happened if one.source_key not in known]
    ids = _say(row, past, [said for said in past.said if said.key not in known])
    drafts = [_draft(one, row.pk, ids) for one in new]
    drafts += _moved(row, past, drafts)
    reworded = rewording.reword(row, [said for said in past.said if said.key in known])
    changed = _change(row, past) | _tag(row, past.tags) | reworded
    if drafts or changed:
        drafts.append(Draft(event=TicketImported(ticket_id=row.pk, entries=len(new), again=True), actor=actor))
        journal.record_many(drafts, silent=True)
    return len(new) + changed


def _draft(one: Happened, ticket_id: int, ids: Mapping[str, int]) -> Draft:
    return Draft(event=one.make(ticket_id, ids), actor=one.actor, at=one.at, source_key=one.source_key)


def _moved(row: Ticket, past: Past, new: Sequence[Draft]) -> list[Draft]:
    """The move to where it stands there, where nothing new tells of it: then it was made before it was last changed."""
    told = any(isinstance(one.event, StatusChanged) and one.event.to_category == past.category for one in new)
    if past.category == row.category or told:
        return []
    target = Status.objects.get(category=past.category, is_default=True)
    moved = StatusChanged(
        ticket_id=row.pk,
        from_status=row.status_id,
        from_category=row.category,
        to_status=target.pk,
        to_category=past.category,
        reason="import",
    )
    events: list[Event] = [moved]
    if past.category == Category.SOLVED:
        events.append(TicketSolved(ticket_id=row.pk, status_id=target.pk, reason="import"))
    elif past.category == Category.CLOSED:
        events.append(TicketClosed(ticket_id=row.pk, reason="import"))
    elif row.category in (Category.SOLVED, Category.CLOSED):
        events.append(TicketReopened(ticket_id=row.pk, from_category=row.category, by="import"))
    at = past.updated_at or past.created_at
    key = f"import:{row.pk}:{past.category}:{int(at.timestamp())}"
    return [
        Draft(event=event, actor=Actor.system(), at=at, source_key=f"{key}:{number}")
        for number, event in enumerate(events)
    ]


def _say(row: Ticket, past: Past, new: Sequence[Said]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for said in new:
        names = [entry.name for entry in said.files]
        if said.direction == "note":
            note = note_of(row, said)
            note.save()
            NoteFile.objects.bulk_create(NoteFile(note=note, **columns(entry)) for entry in said.files)
            index.add([index.of_note(row, note, names)])
            ids[said.key] = note.pk
            continue
        message = message_of(row, past, said)
        message.save()
        MessageFile.objects.bulk_create(MessageFile(message=message, **columns(entry)) for entry in said.files)
        index.add([index.of_message(row, message, names)])
        ids[said.key] = message.pk
    return ids


def _change(row: Ticket, past: Past) -> bool:
    """Sets what differs; whether anything does. A status of the same category that was chosen here stays."""
    wanted = {
        name: getattr(past, name)
        for name in (
            *("priority", "type_id", "team_id", "assignee_id", "customer_id", "organisation_id", "waiting_since"),
            *("first_replied_at", "solved_at", "closed_at"),
        )
    }
    wanted["subject"] = one_line(past.subject, SUBJECT) or row.subject
    wanted["fields"] = {**row.fields, **past.fields}
    spoken = [said for said in past.said if said.direction != "note"]
    wanted["active_at"] = max([row.active_at, *(said.at for said in spoken)])
    if spoken:
        wanted["snippet"] = one_line(spoken[-1].text, SNIPPET) or row.snippet
    if past.category != row.category:
        wanted["category"] = past.category
        wanted["status_id"] = Status.objects.get(category=past.category, is_default=True).pk
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.version += 1
        row.updated_at = max(row.updated_at, past.updated_at or row.updated_at)
        row.save(update_fields=[name.removesuffix("_id") for name in changed] + ["version", "updated_at"])
    if "subject" in changed:
        index.again(row)
    return bool(changed)


def _tag(row: Ticket, names: Sequence[str]) -> bool:
    """Puts on the tags that are missing; whether any were."""
    present = {name.casefold() for name in row.tags.values_list("name", flat=True)}
    missing = {one_line(name, 60) for name in names if one_line(name, 60).casefold() not in present}
    for name in sorted(missing - {""}):
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
        Tagging.objects.get_or_create(ticket=row, tag_id=tag.merged_into_id or tag.pk)
    return bool(missing)
