"""Who still names a file: each package that keeps hashes in its rows says so at start-up. What nobody names goes."""

from collections.abc import Callable, Iterable

from django.db import transaction

from headway.foundation.files.store import store

Holder = Callable[[str], bool]

_holders: dict[str, Holder] = {}


def register(name: str, holder: Holder) -> None:
    """Adds a holder: given a hash, whether one of its rows names it. Registering a name again replaces it."""
    _holders[name] = holder


def release(hashes: Iterable[str]) -> int:
    """Deletes the files that no row names, after the commit of what named them; returns how many went.

    One stored again in the meantime is named again, and stays.
    """
    gone = 0
    for sha256 in hashes:
        with transaction.atomic():
            if not any(holder(sha256) for holder in _holders.values()):
                store().delete(sha256)
                gone += 1
    return gone
