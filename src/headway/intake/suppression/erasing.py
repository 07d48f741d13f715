"""What is kept about addresses goes with the people it is about."""

from django.db import transaction

from headway.intake.models import Suppression
from headway.people.models import Identity
from headway.people.rules.identities import email as comparable


@transaction.atomic
def forget(addresses: list[str]) -> int:
    """Erases what is kept about addresses of somebody who is erased; returns how many rows went.

    Mail to them is tried again if somebody ever writes to them, and comes back again.
    """
    known = [one for address in addresses if (one := comparable(address))]
    return Suppression.objects.filter(address__in=known).delete()[0]


@transaction.atomic
def sweep() -> int:
    """Erases rows that rest on a message that was removed, of an address that is nobody's any more."""
    left = Suppression.objects.filter(message__isnull=True).exclude(reason=Suppression.Reasons.ASKED)
    addresses = list(left.values_list("address", flat=True)[:1000])
    held = set(Identity.objects.filter(kind=Identity.Kinds.EMAIL, value__in=addresses).values_list("value", flat=True))
    return forget([one for one in addresses if one not in held])
