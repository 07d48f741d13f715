"""Tags as whoever keeps them in order sees them."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower

from headway.foundation import pages
from headway.foundation.pages import Page
from headway.tickets.models import Tag, Tagging

LIMIT = 100


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag and on how many tickets it stands."""

    id: int
    name: str
    archived: bool
    tickets: int


def tags_in_use(
    *, search: str = "", archived: bool = False, cursor: str | None = None, limit: int = LIMIT
) -> Page[TagRow]:
    """Tags by name, those on offer or the archived ones; `search` finds a part of a name. Two queries."""
    found = Tag.objects.filter(merged_into__isnull=True, archived_at__isnull=not archived).annotate(lower=Lower("name"))
    if search.strip():
        found = found.filter(name__icontains=search.strip())
    if cursor:
        (last,) = pages.decode(cursor, (str,))
        found = found.filter(lower__gt=last)
    rows = list(found.order_by("lower").values_list("pk", "name", "lower")[: limit + 1])
    counted = Tagging.objects.filter(tag_id__in=[pk for pk, *_names in rows]).values("tag_id")
    counts = dict(counted.annotate(number=Count("pk")).values_list("tag_id", "number"))
    shown = [TagRow(pk, name, archived, counts.get(pk, 0)) for pk, name, _lower in rows[:limit]]
    return Page(shown, pages.encode(rows[limit - 1][2]) if len(rows) > limit else None)


def tag_named(name: str) -> Tag | None:
    """The tag that a word means, also by an old word of it."""
    found = Tag.objects.select_related("merged_into").filter(name__iexact=name.strip()).first()
    return (found.merged_into or found) if found else None


def aliases_of(tag: Tag) -> list[str]:
    """The old words that lead to a tag."""
    return list(tag.aliases.order_by(Lower("name")).values_list("name", flat=True))
