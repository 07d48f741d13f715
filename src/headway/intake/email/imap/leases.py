"""Which mailboxes this worker reads: each is leased by one worker, and taken over when its lease ends."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

from headway.foundation.clock import now
from headway.foundation.jobs.declaration import is_held
from headway.intake.models import MailboxHealth

LEASE: Final = timedelta(seconds=60)
_RENEWAL: Final = timedelta(seconds=20)

# The fingerprint changes with everything that a connection depends on. One that nobody has signed in to waits for that.
_READABLE: Final = """
SELECT box.id, health.leased_by, health.leased_until,
       md5(concat_ws('|', box.imap_host, box.imap_port, box.imap_security, box.imap_folder, box.user, box.login,
                     md5(box.secrets), box.connected_at, granted.broken, granted.mailbox_id, box.address_id,
                     health.asked_at))
FROM intake_mailbox box
LEFT JOIN intake_mailboxhealth health ON health.mailbox_id = box.id
LEFT JOIN intake_grant granted ON granted.mailbox_id = box.id
WHERE box.archived_at IS NULL AND box.paused_at IS NULL AND box.imap_host <> '' AND NOT box.is_sample
  AND (box.login = 'password' OR granted.mailbox_id IS NOT NULL)
"""
_CLAIM: Final = """
UPDATE intake_mailboxhealth SET leased_by = %(worker)s, leased_until = %(until)s
WHERE mailbox_id IN (
    SELECT mailbox_id FROM intake_mailboxhealth
    WHERE mailbox_id = ANY(%(ids)s) AND (leased_by = %(worker)s OR leased_until IS NULL OR leased_until < %(at)s)
    FOR UPDATE SKIP LOCKED
)
RETURNING mailbox_id
"""


def held_by(worker: str) -> dict[int, str]:
    """The mailboxes that the worker may read from now on, each with the fingerprint of how it is reached.

    Claims those nobody reads and renews the worker's own. None while the workspace is held.
    """
    if is_held():
        release(worker)
        return {}
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(_READABLE)
        rows = cursor.fetchall()
    prints = {int(row[0]): str(row[3]) for row in rows}
    missing = [pk for pk, by, _until, _print in rows if by is None]
    if missing:
        MailboxHealth.objects.bulk_create([MailboxHealth(mailbox_id=pk) for pk in missing], ignore_conflicts=True)
    mine = {int(pk) for pk, by, until, _print in rows if by == worker and until and until > at}
    free = [pk for pk, by, until, _print in rows if by != worker and (until is None or until < at)]
    old = [pk for pk, by, until, _print in rows if by == worker and (until is None or until < at + LEASE - _RENEWAL)]
    if free or old:
        with transaction.atomic(), connection.cursor() as cursor:
            values: dict[str, Any] = {"worker": worker, "until": at + LEASE, "at": at, "ids": [*free, *old]}
            cursor.execute(_CLAIM, values)
            mine |= {int(row[0]) for row in cursor.fetchall()}
    return {pk: prints[pk] for pk in mine}


def release(worker: str) -> None:
    """Gives the worker's leases back, so that another may begin at once."""
    MailboxHealth.objects.filter(leased_by=worker).update(leased_by="", leased_until=None)
