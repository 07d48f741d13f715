"""What rules say about addresses goes with the people it is about."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from headway.foundation.clock import now
from headway.intake.models import SenderRule
from headway.people.rules.identities import email as comparable

_KEPT: Final = timedelta(days=30)


@transaction.atomic
def forget(addresses: list[str]) -> int:
    """Erases the rules about addresses of somebody who is erased; returns how many went."""
    known = [one for address in addresses if (one := comparable(address))]
    return SenderRule.objects.filter(pattern__in=known).delete()[0]


@transaction.atomic
def sweep() -> int:
    """Erases rules about addresses that were removed a month ago; of domains it is kept that a person decided."""
    old = SenderRule.objects.filter(removed_at__lt=now() - _KEPT, pattern__contains="@")
    return old.delete()[0]
