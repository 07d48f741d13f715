"""Organisations, and whose domain one is."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.people.models import Organisation, OrganisationDomain
from headway.people.rules.domains import is_free_mail


def id_of_domain(domain: str) -> int | None:
    """The organisation that a domain (in comparable form) belongs to. At most one query."""
    if is_free_mail(domain):
        return None
    return OrganisationDomain.objects.filter(domain=domain).values_list("organisation_id", flat=True).first()


def organisations(words: str = "") -> QuerySet[Organisation]:
    """Organisations by name, or those whose name or domain contains the words, with `people`: how many customers."""
    found = Organisation.objects.prefetch_related("domains").order_by("name", "pk")
    if words.strip():
        matches = Q(name__icontains=words.strip()) | Q(domains__domain__icontains=words.strip())
        found = found.filter(pk__in=Organisation.objects.filter(matches).values("pk"))
    return found.annotate(people=Count("customers", filter=Q(customers__merged_into__isnull=True), distinct=True))


def named(part: str, most: int) -> list[tuple[int, str]]:
    """Ids and names of organisations whose name contains `part`, by name, at most `most`. One query."""
    found = Organisation.objects.filter(name__icontains=part.replace("\x00", ""))
    return list(found.order_by("name", "pk").values_list("pk", "name")[:most])


def called(name: str) -> list[Organisation]:
    """The organisations of exactly this name, whatever its case; at most two. One query."""
    return list(Organisation.objects.filter(name__iexact=name.replace("\x00", "").strip()).order_by("pk")[:2])


def listed(words: str = "", *, cursor: str | None = None, limit: int = 50) -> Page[Organisation]:
    """Organisations by name, a page of them, with domains and `people`. Two queries."""
    found = organisations(words.replace("\x00", ""))
    if cursor:
        name, last = pages.decode(cursor, (str, int))
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=last))
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].name, rows[-1].pk) if more else None)


def organisation_by_id(organisation_id: int) -> Organisation:
    """One organisation. Raises NotFound."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound(_("This organisation does not exist."))
    return found
