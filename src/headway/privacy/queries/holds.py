"""What law or contract keeps."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.privacy.models import Hold


def standing() -> QuerySet[Hold]:
    """Holds that count today."""
    return Hold.objects.filter(Q(until__isnull=True) | Q(until__gte=today()), lifted_at__isnull=True)


def listed() -> Sequence[Hold]:
    """Holds that count today, the latest first, with whom and what they keep. One query."""
    return list(standing().select_related("customer", "ticket", "placed_by").order_by("-pk")[:200])


def of_customer(customers: Collection[int]) -> Sequence[Hold]:
    """Today's holds on these records of one customer themselves. One query."""
    return list(standing().filter(customer_id__in=list(customers)).order_by("pk"))


def held_tickets(tickets: Collection[int]) -> set[int]:
    """Those of the tickets that are kept by a hold of their own. One query."""
    rows = standing().filter(ticket_id__in=list(tickets)).values_list("ticket_id", flat=True)
    return {pk or 0 for pk in rows}


def refusal(hold: Hold) -> str:
    """Why nothing is erased, and until when."""
    if hold.until is None:
        return _("A hold keeps this customer until it is lifted: %(reason)s") % {"reason": hold.reason}
    return _("A hold keeps this customer until %(until)s: %(reason)s") % {
        "until": hold.until.isoformat(), "reason": hold.reason,
    }  # fmt: skip


def hold_by_id(hold_id: int) -> Hold:
    """One hold. Raises NotFound."""
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise NotFound(_("There is no such hold."))
    return found


def today() -> date:
    """The workspace's own date."""
    return timezone.localdate(now())
