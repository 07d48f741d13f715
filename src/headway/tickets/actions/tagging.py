"""Words put on tickets."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tags import TagCreated, TagRestored
from headway.events.vocabulary.tickets import TicketTagged, TicketUntagged
from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets.actions.opening import opened, touched
from headway.tickets.models import Tag, Tagging, Ticket
from headway.tickets.rules.texts import one_line

MOST = 100


@transaction.atomic
def tag(ticket: Ticket, names: Sequence[str], *, actor: Actor, expected: int | None = None) -> Ticket:
    """Puts tags on, making those that do not exist. Tags that are there already change nothing."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    if put_on(row, names, actor=actor):
        touched(row)
    return row


@transaction.atomic
def untag(ticket: Ticket, names: Sequence[str], *, actor: Actor, expected: int | None = None) -> Ticket:
    """Takes tags off. Tags that are not there change nothing."""
    row = opened(ticket, actor=actor, needs=Permission.WORK, expected=expected)
    wanted = [name.casefold() for name in _names(names)]
    meant = (
        Tag.objects.alias(lower=Lower("name")).filter(lower__in=wanted).values_list(Coalesce("merged_into_id", "pk"))
    )
    gone = Tagging.objects.filter(ticket=row, tag_id__in=meant)
    ids = tuple(sorted(gone.values_list("tag_id", flat=True)))
    if ids:
        Tagging.objects.filter(ticket=row, tag_id__in=ids).delete()
        journal.record(TicketUntagged(ticket_id=row.pk, tag_ids=ids), actor=actor)
        touched(row)
    return row


def put_on(
    ticket: Ticket, names: Sequence[str], *, actor: Actor, at: datetime | None = None, silent: bool = False
) -> tuple[int, ...]:
    """Puts tags on a locked or new ticket; returns the ids of those that are new on it."""
    ids = {_tag(name, actor=actor, at=at, silent=silent).pk for name in _names(names)}
    there = set(Tagging.objects.filter(ticket=ticket).values_list("tag_id", flat=True))
    fresh = tuple(sorted(ids - there))
    if len(there) + len(fresh) > MOST:
        raise Invalid(_("A ticket can carry %(most)s tags.") % {"most": MOST}, field="tags")
    if fresh:
        Tagging.objects.bulk_create([Tagging(ticket=ticket, tag_id=pk) for pk in fresh], ignore_conflicts=True)
        journal.record(TicketTagged(ticket_id=ticket.pk, tag_ids=fresh), actor=actor, at=at, silent=silent)
    return fresh


def _names(names: Sequence[str]) -> list[str]:
    cleaned = [one_line(name, 60) for name in names]
    if any(not name for name in cleaned):
        raise Invalid(_("A tag needs a name."), field="tags")
    return list({name.casefold(): name for name in cleaned}.values())


def _tag(name: str, *, actor: Actor, at: datetime | None, silent: bool) -> Tag:
    """The tag a word means, made if need be. Whoever writes an archived one brings it back."""
    found = Tag.objects.select_related("merged_into").filter(name__iexact=name).first()
    if found is None:
        # two writers may make the same tag at once: the unique index decides, and both use the winner
        Tag.objects.bulk_create([Tag(name=name)], ignore_conflicts=True)
        found = Tag.objects.get(name__iexact=name)
        journal.record(TagCreated(subject_id=found.pk), actor=actor, at=at, silent=silent)
    found = found.merged_into or found
    if found.archived_at is not None:
        Tag.objects.filter(pk=found.pk).update(archived_at=None)
        journal.record(TagRestored(subject_id=found.pk), actor=actor, at=at, silent=silent)
    return found
