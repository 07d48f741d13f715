"""Raw mails whose message is gone: the bytes go too, and keyed hashes stay, so that a rescan revives nothing."""

import hmac

from django.db import transaction

from headway.foundation import keys
from headway.foundation.files import holders
from headway.intake.models import RawMail

_BATCH = 200


def sweep() -> int:
    """Erases raw mails whose message was removed, and those an administrator discarded; returns how many."""
    gone = RawMail.objects.filter(state=RawMail.States.DONE, message__isnull=True)
    discarded = RawMail.objects.filter(state=RawMail.States.DISCARDED)
    done = 0
    for row_id in list((gone | discarded).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        done += _erase(row_id)
    return done


def keyed(digest: str) -> str:
    """A hash that says nothing without this installation's key."""
    return hmac.digest(keys.derive("intake.erased"), digest.encode(), "sha256").hex()


@transaction.atomic
def _erase(row_id: int) -> int:
    row = RawMail.objects.select_for_update().get(pk=row_id)
    if row.state not in (RawMail.States.DONE, RawMail.States.DISCARDED) or row.message_id is not None:
        return 0
    digest = row.sha256
    row.sha256 = keyed(digest)
    row.mail_key = keyed(row.mail_key) if row.mail_key else None
    row.state, row.envelope, row.findings, row.error = RawMail.States.ERASED, {}, {}, ""
    row.save(update_fields=["sha256", "mail_key", "state", "envelope", "findings", "error"])
    transaction.on_commit(lambda: holders.release([digest]))
    return 1
