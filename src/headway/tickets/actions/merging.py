"""Two tickets about one thing become one; one about two things becomes two."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketAbsorbed, TicketCreated, TicketMerged, TicketSplit
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.people.rules import Permission
from headway.tickets.actions import checklist, index
from headway.tickets.actions.opening import default_status, must_be_open, opened, touched
from headway.tickets.models import Link, Mention, Message, Note, Scheduled, SideConversation, Tagging, Ticket
from headway.tickets.rules.texts import SNIPPET, SUBJECT, one_line
from headway.tickets.rules.transitions import Category


@transaction.atomic
def merge(ticket: Ticket, into: Ticket, *, actor: Actor, expected: int | None = None) -> Ticket:
    """Moves everything said on `ticket` into another, where it lives on; returns the survivor.

    Later replies to the merged ticket reach the survivor. Its clocks stop; nothing of it counts twice.
    """
    if ticket.pk == into.pk:
        raise Invalid(_("A ticket cannot be merged into itself."), field="into")
    # locked in the order of their numbers, so that two merges at once cannot wait for each other
    rows: dict[int, Ticket] = {}
    for entry in sorted((ticket, into), key=lambda each: each.pk):
        rows[entry.pk] = opened(
            entry, actor=actor, needs=Permission.WORK, expected=expected if entry.pk == ticket.pk else None
        )
    gone, survivor = rows[ticket.pk], rows[into.pk]
    must_be_open(survivor)
    moved = tuple(Message.objects.filter(ticket=gone).order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(ticket=gone).update(ticket=survivor)
    Note.objects.filter(ticket=gone).update(ticket=survivor)
    Mention.objects.filter(ticket=gone).update(ticket=survivor)
    # replies that wait go along; they are held back when their time comes, for this is news to them
    Scheduled.objects.filter(ticket=gone).update(ticket=survivor)
    SideConversation.objects.filter(ticket=gone).update(ticket=survivor)
    checklist.take_along(gone, survivor)
    tags = Tagging.objects.filter(ticket=gone).values_list("tag_id", flat=True)
    Tagging.objects.bulk_create([Tagging(ticket=survivor, tag_id=pk) for pk in tags], ignore_conflicts=True)
    gone.merged_into, gone.closed_at, gone.waiting_since, gone.snoozed_until = survivor, now(), None, None
    gone.status, gone.category = default_status(Category.CLOSED), Category.CLOSED
    touched(gone, "merged_into", "status", "category", "closed_at", "waiting_since", "snoozed_until")
    # tickets merged into this one earlier live on in the survivor too
    Ticket.objects.filter(merged_into=gone).update(merged_into=survivor)
    _settle(survivor)
    touched(survivor, "active_at", "snippet", "waiting_since", "first_replied_at")
    index.forget([gone.pk])
    index.again(survivor)
    journal.record(TicketMerged(ticket_id=gone.pk, into_id=survivor.pk), actor=actor)
    journal.record(TicketAbsorbed(ticket_id=survivor.pk, merged_id=gone.pk, message_ids=moved), actor=actor)
    return survivor


@transaction.atomic
def split(ticket: Ticket, message_ids: Sequence[int], *, subject: str, actor: Actor) -> Ticket:
    """Moves some messages to a ticket of their own, linked to this one; returns the new one. One message must stay.

    Notes and the checklist stay: they speak of the ticket, not of a message.
    """
    row = opened(ticket, actor=actor, needs=Permission.WORK)
    must_be_open(row)
    chosen = list(Message.objects.filter(ticket=row, pk__in=list(message_ids)).order_by("at", "pk"))
    if len(chosen) != len(set(message_ids)) or not chosen:
        raise Invalid(_("Choose messages of this ticket."), field="messages")
    if len(chosen) == Message.objects.filter(ticket=row).count():
        raise Conflict(_("At least one message must stay on the ticket."))
    at = now()
    fresh = Ticket.objects.create(
        subject=one_line(subject, SUBJECT) or row.subject,
        status=default_status(Category.OPEN),
        category=Category.OPEN,
        channel=row.channel,
        customer_id=next((message.customer_id for message in chosen if message.customer_id), row.customer_id),
        organisation_id=row.organisation_id,
        brand_id=row.brand_id,
        team_id=row.team_id,
        language=row.language,
        priority=row.priority,
        created_at=chosen[0].at,
        updated_at=at,
        active_at=chosen[-1].at,
        is_sample=row.is_sample,
    )
    Message.objects.filter(pk__in=[message.pk for message in chosen]).update(ticket=fresh)
    Link.objects.create(ticket=fresh, other=row, kind=Link.Kinds.SPLIT, at=at)
    for each in (row, fresh):
        _settle(each)
        touched(each, "active_at", "snippet", "waiting_since", "first_replied_at")
        index.again(each)
    ids = tuple(message.pk for message in chosen)
    created = TicketCreated(
        ticket_id=fresh.pk,
        channel=fresh.channel,
        customer_id=fresh.customer_id,
        brand_id=fresh.brand_id,
        priority=Ticket.Priorities(fresh.priority).name.lower(),
        split_from=row.pk,
    )
    journal.record(created, actor=actor, at=fresh.created_at)
    journal.record(TicketSplit(ticket_id=row.pk, new_id=fresh.pk, message_ids=ids), actor=actor)
    return fresh


def _settle(ticket: Ticket) -> None:
    """Works out anew what a ticket's messages say about it."""
    messages = list(Message.objects.filter(ticket=ticket, held=False).order_by("at", "pk"))
    ours = [message for message in messages if message.direction == Message.Directions.OUT and not message.automatic]
    ticket.first_replied_at = ours[0].at if ours else None
    if messages:
        ticket.active_at = messages[-1].at
        ticket.snippet = one_line(messages[-1].text, SNIPPET)
    since = ours[-1].at if ours else None
    unanswered = [
        message.at
        for message in messages
        if message.direction == Message.Directions.IN
        and not message.automatic
        and (since is None or message.at > since)
    ]
    unsolved = ticket.category in (Category.NEW, Category.OPEN)
    ticket.waiting_since = unanswered[0] if unanswered and unsolved else None
