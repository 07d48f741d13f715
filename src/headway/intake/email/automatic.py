"""How many automatic mails may leave: help desks have been used as mail bombs, and two machines answer without end."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet

from headway.foundation import keys
from headway.foundation.clock import now
from headway.intake.models import Automatic
from headway.people.rules.identities import email as comparable
from headway.settings import queries as settings

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('headway.intake.automatic'))"
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@transaction.atomic
def count(address: str, *, mailbox: str) -> str:
    """Counts one automatic mail to an address; when one limit is reached counts nothing and says which.

    "": it may leave. Otherwise window, recipient, mailbox or all. Callers wait for each other, so that two at once do
    not both take the last place; the lock lasts until their transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    at, limits, recipient = now(), settings.current(), _hashed(address)
    to_them = Automatic.objects.filter(recipient=recipient)
    reached = (
        ("window", to_them.filter(at__gt=at - timedelta(minutes=limits.automatic_window_minutes)), 1),
        ("recipient", to_them.filter(at__gt=at - _DAY), limits.automatic_per_recipient_day),
        ("mailbox", _since(at - _HOUR).filter(mailbox_address=mailbox), limits.automatic_per_mailbox_hour),
        ("all", _since(at - _HOUR), limits.automatic_per_hour),
    )
    for name, found, most in reached:
        if found.count() >= most:
            return name
    Automatic.objects.create(recipient=recipient, mailbox_address=mailbox, at=at)
    return ""


def sweep() -> int:
    """Forgets what no limit looks back to; returns how many rows went."""
    minutes = max(settings.current().automatic_window_minutes, 0)
    oldest = now() - max(_DAY, timedelta(minutes=minutes))
    return Automatic.objects.filter(at__lt=oldest).delete()[0]


def _since(at: datetime) -> QuerySet[Automatic]:
    return Automatic.objects.filter(at__gt=at)


def _hashed(address: str) -> str:
    known = comparable(address) or address.casefold()
    return hmac.digest(keys.derive("intake.automatic"), known.encode("utf-8", "replace"), "sha256").hex()
