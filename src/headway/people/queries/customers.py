"""Customers: one, by what they are known by, and searched by name, address or organisation."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.people.models import Customer, Identity, Organisation
from headway.people.rules import identities

# Of a merged record one step leads to the record that lasts; a chain this long does not come about by people.
_MOST_STEPS = 20
# trigrams: shorter words find nothing in the indexes
_INDEXED = 3


def customer_by_id(customer_id: int) -> Customer:
    """One customer with organisation and identities; a merged one leads to the record it lives on in.

    Raises NotFound. Two queries.
    """
    wanted = customer_id
    for _step in range(_MOST_STEPS):
        found = Customer.objects.filter(pk=wanted).select_related("organisation").prefetch_related("identities").first()
        if found is None:
            break
        if found.merged_into_id is None:
            return found
        wanted = found.merged_into_id
    raise NotFound(_("This customer does not exist."))


def customer_exactly(customer_id: int) -> Customer:
    """This very record, also one that was merged away. Raises NotFound. One query."""
    found = Customer.objects.filter(pk=customer_id).first()
    if found is None:
        raise NotFound(_("This customer does not exist."))
    return found


def family(customer: Customer) -> list[int]:
    """The ids of the record and of those that were merged into it: what they wrote stands under their own. A query a
    step of merges, most often two."""
    found, last = [customer.pk], [customer.pk]
    for _step in range(_MOST_STEPS):
        last = list(Customer.objects.filter(merged_into_id__in=last).order_by("pk").values_list("pk", flat=True))
        if not last:
            break
        found += last
    return found


def merged_into(customer: Customer) -> list[Customer]:
    """The records that were merged into this one and can be parted from it, the latest known last. One query."""
    return list(Customer.objects.filter(merged_into=customer, erased_at__isnull=True).order_by("pk"))


def locked_version(customer_id: int) -> int | None:
    """The record's version, held until the caller's transaction ends; None when there is none. One query."""
    rows = Customer.objects.select_for_update().filter(pk=customer_id)
    return rows.values_list("version", flat=True).first()


def known_by(kind: str, value: str) -> Customer | None:
    """The customer with this identity, however it is written. One query."""
    comparable = identities.comparable(kind, value)
    if comparable is None:
        return None
    return Customer.objects.filter(identities__kind=kind, identities__value=comparable).first()


def ids_of_addresses(addresses: Iterable[str]) -> dict[str, int]:
    """Which customers these mail addresses (in comparable form) belong to. One query."""
    rows = Identity.objects.filter(kind=Identity.Kinds.EMAIL, value__in=list(addresses))
    return dict(rows.values_list("value", "customer_id"))


def names_of(ids: Collection[int]) -> dict[int, str]:
    """Names of these customers, by id. One query, none for nobody."""
    return dict(Customer.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def search(
    words: str = "", *, organisation_id: int | None = None, cursor: str | None = None, limit: int = 50
) -> Page[Customer]:
    """Customers in whose name, address, number, id or organisation every word stands, the latest known first. Two
    queries.

    A cursor from an earlier page goes on from there; raises Invalid when it is none of ours.
    """
    found = listed()
    for word in words.replace("\x00", "").split()[:8]:
        found = (
            found.filter(_short(word))
            if len(word) < _INDEXED
            else found.filter(pk__in=_with(word).union(_of_organisations(word)))
        )
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        found = found.filter(pk__lt=last)
    rows = list(found.order_by("-pk")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].pk) if more else None)


def ids_named(words: str, most: int) -> list[int]:
    """The customers in whose name or address every word stands, the latest known first, at most `most`. One query.

    A whole mail address means its owner alone.
    """
    address = identities.comparable("email", words) if "@" in words else None
    if address and (exact := list(Identity.objects.filter(value=address).values_list("customer_id", flat=True))):
        return exact
    found = Customer.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
    for word in words.replace("\x00", "").split()[:8]:
        found = found.filter(pk__in=_with(word))
    return list(found.order_by("-pk").values_list("pk", flat=True)[:most])


def listed() -> QuerySet[Customer]:
    """Customers who were neither merged away nor erased, with organisation and identities."""
    here = Customer.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
    return here.select_related("organisation").prefetch_related("identities")


def _with(word: str) -> QuerySet[Any, int]:
    """The ids of customers in whose name or identities the word stands; a union, so that each part has its index.

    A phone number is also found without its punctuation.
    """
    ids = Customer.objects.filter(name__icontains=word).values_list("pk", flat=True)
    own = Identity.objects.filter(value__contains=word.lower()).values_list("customer_id", flat=True)
    phone = identities.phone(word)
    if phone:
        same = Identity.objects.filter(kind=Identity.Kinds.PHONE, value=phone).values_list("customer_id", flat=True)
        return ids.union(own, same)
    return ids.union(own)


def _short(word: str) -> Q:
    """The same for a word too short for the indexes: so many have it that the newest first are found at once."""
    known = Identity.objects.filter(customer=OuterRef("pk"), value__contains=word.lower())
    return Q(name__icontains=word) | Exists(known) | Q(organisation__name__icontains=word)


def _of_organisations(word: str) -> QuerySet[Any, int]:
    named = Organisation.objects.filter(name__icontains=word).values("pk")
    return Customer.objects.filter(organisation_id__in=named).values_list("pk", flat=True)
