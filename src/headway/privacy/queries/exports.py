"""Archives of customers' data."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.people.models import Customer
from headway.privacy.models import Export


def export_by_id(export_id: int) -> Export:
    """One archive, also one that has expired. Raises NotFound."""
    found = Export.objects.filter(pk=export_id).first()
    if found is None:
        raise NotFound(_("There is no such archive."))
    return found


def latest(customer: Customer | None = None, limit: int = 100) -> Sequence[Export]:
    """Archives, the latest first: a customer's, or all. One query."""
    found = Export.objects.select_related("asked_by", "customer").order_by("-pk")
    return list((found if customer is None else found.filter(customer=customer))[:limit])


def overdue() -> Sequence[Export]:
    """Ready archives whose time is up, and those of customers who were erased. One query."""
    kept = Export.objects.exclude(state=Export.States.EXPIRED)
    return list(kept.filter(Q(expires_at__lte=now()) | Q(customer__erased_at__isnull=False))[:500])
