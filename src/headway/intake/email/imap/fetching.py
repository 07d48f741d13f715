"""The front door: fetch what one mailbox has, here and now."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.foundation.jobs.declaration import is_held
from headway.intake.email.imap.failures import Failure, explain
from headway.intake.email.imap.folders import Memory
from headway.intake.email.imap.session import TROUBLE, Session, open_session
from headway.intake.email.imap.taking import Taken, take
from headway.intake.mailboxes import health
from headway.intake.models import Mailbox

__all__ = ["Failure", "fetch_once", "look"]


def fetch_once(mailbox: Mailbox) -> int:
    """Fetches everything the mailbox has and we lack; returns how many mails were new. How it went stands in its
    health.

    What arrived before the mailbox was connected is not taken. Raises Failure, whose text is a sentence for people;
    Conflict when the workspace is held, or the mailbox is paused, archived or not fetched at all.
    """
    row = _fetchable(mailbox)
    fresh = 0
    try:
        session = open_session(row)
        try:
            memory = Memory()
            taken = look(row, session, memory)
            fresh = taken.fresh
            while taken.left and taken.fresh:
                taken = look(row, session, memory)
                fresh += taken.fresh
        finally:
            session.leave()
    except Failure as failure:
        health.failed(row.pk, failure=failure.word, error=failure.sentence)
        raise
    return fresh


def look(
    mailbox: Mailbox,
    session: Session,
    memory: Memory,
    *,
    going: Callable[[], bool] = lambda: True,
    idle: bool = False,
) -> Taken:
    """One turn of an open mailbox, noted in its health. Raises Failure."""
    try:
        taken = take(mailbox, session, memory, going)
    except TROUBLE as error:
        raise explain(error, mailbox.imap_host, mailbox.imap_port) from error
    health.fetched(
        mailbox.pk,
        waiting=taken.left + len(memory.strikes),
        mail_at=now() if taken.fresh else None,
        lag_seconds=taken.lag,
        idle=idle,
    )
    return taken


def _fetchable(mailbox: Mailbox) -> Mailbox:
    row = Mailbox.objects.select_related("address").filter(pk=mailbox.pk, archived_at__isnull=True).first()
    if row is None:
        raise Conflict(_("This mailbox does not exist any more."))
    if is_held():
        raise Conflict(_("The workspace is held: nothing is fetched until an administrator releases it."))
    if row.paused_at is not None:
        raise Conflict(_("This mailbox is paused. Resume it first."))
    if not row.imap_host:
        raise Conflict(_("This mailbox is not fetched: its mail comes by another way."))
    return row
