"""For whom the listener takes mail: our own addresses, read again every few seconds."""

import threading
import time
from collections.abc import Iterable
from typing import Final

from django.db import Error, close_old_connections

from headway.intake.models import Mailbox
from headway.people.models import BrandAddress
from headway.people.rules.identities import email as comparable

_FRESH_SECONDS: Final = 10.0
# an address that nobody knows is looked up at once, but not for each guess of a stranger
_AGAIN_SECONDS: Final = 1.0


class Away(Exception):
    """The database does not answer, and it never did since the start."""


class OwnAddresses:
    """What `holds` answers is at most seconds old; while the database is away the last known addresses count."""

    def __init__(self) -> None:
        self._known: frozenset[str] | None = None
        self._read_at = -_FRESH_SECONDS
        self._lock = threading.Lock()

    def holds(self, address: str) -> bool:
        """Whether mail to this address is for us, also with a plus-part. Raises Away."""
        with self._lock:
            age = time.monotonic() - self._read_at
            if self._known is None or age > _FRESH_SECONDS or (age > _AGAIN_SECONDS and not self._has(address)):
                self._look()
            return self._has(address)

    def _has(self, address: str) -> bool:
        return self._known is not None and any(form in self._known for form in forms(address))

    def _look(self) -> None:
        close_old_connections()
        try:
            self._known = frozenset(form for address in _ours() if (form := comparable(address)))
        except Error as error:
            if self._known is None:
                raise Away from error
        finally:
            close_old_connections()
        self._read_at = time.monotonic()


def forms(address: str) -> Iterable[str]:
    """The address as we compare it, then the same without its plus-part."""
    whole = comparable(address)
    if whole is None:
        return
    yield whole
    local, _, domain = whole.rpartition("@")
    name, plus, _part = local.partition("+")
    if plus and name:
        yield f"{name}@{domain}"


def _ours() -> Iterable[str]:
    """Addresses of brands in use, and those of groups and forwarders that mailboxes name. Two queries."""
    yield from BrandAddress.objects.filter(brand__archived_at__isnull=True).values_list("address", flat=True)
    for written in Mailbox.objects.filter(archived_at__isnull=True).values_list("forwarders", flat=True):
        yield from (one for one in written or [] if isinstance(one, str))
