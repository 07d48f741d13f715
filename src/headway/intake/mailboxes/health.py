"""How reading and sending by a mailbox went. The journal hears of it when it changes, not each time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mailboxes import MailboxFailed, MailboxRecovered
from headway.foundation.clock import now
from headway.intake.models import Mailbox, MailboxHealth

# A success is written again when the last one written is so old: a busy mailbox is not written to at each mail.
_FRESH: Final = timedelta(seconds=20)


def fetched(
    mailbox_id: int, *, waiting: int = 0, mail_at: datetime | None = None, lag_seconds: int = 0, idle: bool = False
) -> None:
    """A look at the server succeeded. `mail_at` when a mail was taken; `lag_seconds` says how late that one was."""
    at = now()
    changes: dict[str, Any] = {"looked_at": at, "waiting": waiting, "idle": idle}
    if mail_at is not None:
        changes |= {"mail_at": mail_at, "lag_seconds": max(0, lag_seconds)}
    healthy = MailboxHealth.objects.filter(mailbox_id=mailbox_id, failing_since__isnull=True)
    if mail_at is None and healthy.filter(looked_at__gt=at - _FRESH, waiting=waiting, idle=idle).exists():
        return
    if not healthy.update(**changes):
        _recover(mailbox_id, "in", {**changes, "failing_since": None, "failure": "", "error": ""})


def looked(mailbox_ids: Iterable[int]) -> None:
    """The connections to these mailboxes stand and told of nothing new. One statement for all."""
    MailboxHealth.objects.filter(mailbox_id__in=list(mailbox_ids), failing_since__isnull=True).update(looked_at=now())


def ask(mailbox_id: int) -> None:
    """Has the worker look at the server within seconds, also where it waits after failures."""
    MailboxHealth.objects.filter(mailbox_id=mailbox_id).update(asked_at=now())


def failed(mailbox_id: int, *, failure: str, error: str) -> None:
    """Reading does not work. `failure` is a word for programs, `error` a sentence for people: what, and what to do."""
    _fail(mailbox_id, "in", failure, {"failure": failure, "error": error[:500], "idle": False}, "failing_since")


def sent(mailbox_id: int) -> None:
    """A mail left by the mailbox."""
    at = now()
    working = MailboxHealth.objects.filter(mailbox_id=mailbox_id, sending_failed_since__isnull=True)
    if working.filter(sent_at__gt=at - _FRESH).exists():
        return
    if not working.update(sent_at=at):
        _recover(mailbox_id, "out", {"sent_at": at, "sending_failed_since": None, "sending_error": ""})


def sending_failed(mailbox_id: int, *, error: str, failure: str = "refused") -> None:
    """Sending does not work: the server is away or refuses us, not one mail. `error` is a sentence for people."""
    _fail(mailbox_id, "out", failure, {"sending_error": error[:500]}, "sending_failed_since")


@transaction.atomic
def _fail(mailbox_id: int, way: str, failure: str, changes: dict[str, Any], since: str) -> None:
    row = _locked(mailbox_id)
    if row is None:
        return
    if getattr(row, since) is None:
        changes[since] = now()
        journal.record(MailboxFailed(subject_id=mailbox_id, way=way, failure=failure), actor=Actor.system())
    MailboxHealth.objects.filter(pk=row.pk).update(**changes)


@transaction.atomic
def _recover(mailbox_id: int, way: str, changes: dict[str, Any]) -> None:
    row = _locked(mailbox_id)
    if row is None:
        return
    if (row.failing_since if way == "in" else row.sending_failed_since) is not None:
        journal.record(MailboxRecovered(subject_id=mailbox_id, way=way), actor=Actor.system())
    MailboxHealth.objects.filter(pk=row.pk).update(**changes)


def _locked(mailbox_id: int) -> MailboxHealth | None:
    """The row, made when it is missing; None for a mailbox that is gone or archived."""
    if not Mailbox.objects.filter(pk=mailbox_id, archived_at__isnull=True).exists():
        return None
    MailboxHealth.objects.get_or_create(mailbox_id=mailbox_id)
    return MailboxHealth.objects.select_for_update().get(mailbox_id=mailbox_id)
