"""Keeping the words that are put on tickets in order. An old word goes on leading to the tag it became."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tags import TagArchived, TagMerged, TagRenamed, TagRestored
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Tag
from headway.tickets.rules.texts import one_line

# in one statement: a tag may stand on hundreds of thousands of tickets
_MOVE = """
WITH gone AS (DELETE FROM tickets_tagging WHERE tag_id = %s RETURNING ticket_id),
     put AS (INSERT INTO tickets_tagging (ticket_id, tag_id) SELECT ticket_id, %s FROM gone ON CONFLICT DO NOTHING)
SELECT count(*) FROM gone
"""


@transaction.atomic
def rename(tag: Tag, name: str, *, actor: Actor) -> Tag:
    """Writes a tag in another way; the old word leads to it. Raises Conflict when another tag has the name."""
    require(actor, Permission.SETTINGS)
    row = _locked(tag)
    wanted, before = one_line(name, 60), row.name
    if not wanted:
        raise Invalid(_("A tag needs a name."), field="name")
    if wanted == before:
        return row
    other = Tag.objects.filter(name__iexact=wanted).exclude(pk=row.pk).first()
    if other is not None and other.merged_into_id == row.pk:
        other.delete()
    elif other is not None:
        raise Conflict(
            _("There is a tag %(name)s already. Merge the two instead.") % {"name": other.name}, field="name"
        )
    row.name = wanted
    row.save(update_fields=["name"])
    if wanted.casefold() != before.casefold():
        Tag.objects.create(name=before, merged_into=row)
    journal.record(TagRenamed(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def merge(tag: Tag, into: Tag, *, actor: Actor) -> int:
    """Makes two tags one; returns how many tickets were moved. It cannot be undone: which had which is forgotten."""
    require(actor, Permission.SETTINGS)
    if tag.pk == into.pk:
        raise Invalid(_("Choose another tag than this one."), field="into")
    # in one order, so that two who merge in opposite directions wait for each other
    first, second = sorted((tag, into), key=lambda one: one.pk)
    rows = {one.pk: one for one in (_locked(first), _locked(second))}
    row, target = rows[tag.pk], rows[into.pk]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [row.pk, target.pk])
        moved = int(cursor.fetchone()[0])
    Tag.objects.filter(merged_into=row).update(merged_into=target)
    row.merged_into, row.archived_at = target, None
    row.save(update_fields=["merged_into", "archived_at"])
    journal.record(TagMerged(subject_id=row.pk, into_id=target.pk, tickets=moved), actor=actor)
    return moved


@transaction.atomic
def archive(tag: Tag, *, actor: Actor) -> Tag:
    """The tag is offered no more; tickets that carry it keep it, and whoever writes it brings it back."""
    require(actor, Permission.SETTINGS)
    row = _locked(tag)
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        journal.record(TagArchived(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def restore(tag: Tag, *, actor: Actor) -> Tag:
    """Offers an archived tag again."""
    require(actor, Permission.SETTINGS)
    row = _locked(tag)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        journal.record(TagRestored(subject_id=row.pk), actor=actor)
    return row


def _locked(tag: Tag) -> Tag:
    row = Tag.objects.select_for_update().filter(pk=tag.pk, merged_into__isnull=True).first()
    if row is None:
        raise NotFound(_("This tag does not exist any more; somebody merged it with another one."))
    return row
