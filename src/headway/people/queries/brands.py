"""Brands, and whose address one is."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.rows import One, first
from headway.foundation.together import Asked, rows_of
from headway.people.models import Brand, BrandAddress
from headway.people.rules import identities


def brands() -> QuerySet[Brand]:
    """Today's brands, the default first, with their addresses, the primary first. Two queries."""
    addresses = Prefetch("addresses", BrandAddress.objects.order_by("-is_primary", "address"))
    return Brand.objects.filter(archived_at__isnull=True).prefetch_related(addresses).order_by("-is_default", "name")


def brand_by_id(brand_id: int) -> Brand:
    """One brand, also one that is used no more. Raises NotFound."""
    found = Brand.objects.filter(pk=brand_id).first()
    if found is None:
        raise NotFound(_("This brand does not exist."))
    return found


def archived() -> QuerySet[Brand]:
    """Brands that are used no more, the latest first. One query."""
    return Brand.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-pk")


def address_by_id(address_id: int) -> BrandAddress:
    """One address of a brand. Raises NotFound."""
    found = BrandAddress.objects.select_related("brand").filter(pk=address_id).first()
    if found is None:
        raise NotFound(_("This address was removed already."))
    return found


def brand_for(addresses: Iterable[str]) -> Brand | None:
    """The brand that the first known of these addresses belongs to. One query."""
    wanted = [known for address in addresses if (known := identities.email(address))]
    rows = BrandAddress.objects.filter(address__in=wanted, brand__archived_at__isnull=True).select_related("brand")
    owners = {row.address: row.brand for row in rows}
    return next((owners[address] for address in wanted if address in owners), None)


# the brand of what belongs to no other, to be gathered; there is none in a workspace without brands
DEFAULT = One(Brand, "is_default")


def default_brand() -> Brand | None:
    """The same by itself. One query."""
    return first(Brand, DEFAULT.condition)


def sender_of(brand: Brand) -> BrandAddress | None:
    """The address that replies of the brand leave from."""
    return brand.addresses.order_by("-is_primary", "pk").first()


def own_addresses_on() -> Asked[frozenset[str]]:
    """Every address that is ours: a mail from one of them is no customer's."""
    return rows_of(BrandAddress.objects.all(), ("address",), lambda rows: frozenset(address for (address,) in rows))


def own_addresses() -> frozenset[str]:
    """The same, now. One query."""
    return own_addresses_on().now()
