"""Raw mails whose message is gone: the bytes go too, and keyed hashes stay, so that a rescan revives nothing."""

import hmac
from collections.abc import Callable, Collection, Iterator

from django.db import transaction

from headway.foundation import files, keys
from headway.foundation.files import holders
from headway.intake.models import Awaited, Delivery, MailId, RawMail

_BATCH = 200


def sweep() -> int:
    """Erases raw mails whose message was removed, and those an administrator discarded; returns how many."""
    gone = RawMail.objects.filter(state=RawMail.States.DONE, message__isnull=True, side__isnull=True)
    discarded = RawMail.objects.filter(state=RawMail.States.DISCARDED)
    done = 0
    for row_id in list((gone | discarded).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        done += _erase(row_id)
    return done


@transaction.atomic
def forget_ticket(ticket_id: int, *, people: Collection[int], addresses: Collection[str]) -> int:
    """Erases the raw mails of a ticket that stays, for nobody can be cut out of them, what went to these addresses, and
    the ids of what these customers wrote; returns how many mails went."""
    Delivery.objects.filter(message__ticket_id=ticket_id, address__in=list(addresses)).delete()
    for model in (MailId, Awaited):
        model._default_manager.filter(  # noqa: SLF001 (Django's own name)
            message__ticket_id=ticket_id, message__customer_id__in=list(people)
        ).delete()
    rows = RawMail.objects.filter(message__ticket_id=ticket_id).exclude(state=RawMail.States.ERASED)
    return sum(_erase(row_id, every=True) for row_id in list(rows.order_by("pk").values_list("pk", flat=True)))


def unread_mails(after: int, limit: int) -> Iterator[tuple[int, Callable[[], bytes]]]:
    """Mails without a message beyond an id, in its order: quarantined, waiting, second copies. Each with what reads it;
    one whose bytes are missing reads as none."""
    found = RawMail.objects.filter(pk__gt=after, message__isnull=True).exclude(state=RawMail.States.ERASED)
    for row_id, sha256, envelope in found.order_by("pk").values_list("pk", "sha256", "envelope")[:limit]:
        yield row_id, lambda sha256=sha256, envelope=envelope: _bytes(sha256) + str(envelope).encode()  # type: ignore[misc]


def forget_mail(row_id: int) -> int:
    """Erases one raw mail, whatever its state; returns how many went."""
    return _erase(row_id, every=True)


def _bytes(sha256: str) -> bytes:
    try:
        return files.read(sha256)
    except FileNotFoundError:
        return b""


def keyed(digest: str) -> str:
    """A hash that says nothing without this installation's key."""
    return hmac.digest(keys.derive("intake.erased"), digest.encode(), "sha256").hex()


@transaction.atomic
def _erase(row_id: int, *, every: bool = False) -> int:
    row = RawMail.objects.select_for_update().get(pk=row_id)
    gone = row.state in (RawMail.States.DONE, RawMail.States.DISCARDED) and not (row.message_id or row.side_id)
    if row.state == RawMail.States.ERASED or not (gone or every):
        return 0
    digest = row.sha256
    row.sha256 = keyed(digest)
    row.mail_key = keyed(row.mail_key) if row.mail_key else None
    row.state, row.envelope, row.findings, row.error = RawMail.States.ERASED, {}, {}, ""
    row.message_id, row.run = None, None
    row.save(update_fields=["sha256", "mail_key", "state", "envelope", "findings", "error", "message_id", "run"])
    transaction.on_commit(lambda: holders.release([digest]))
    return 1
