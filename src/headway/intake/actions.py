"""What people decide about mails: process again, discard; send again, take back."""

from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mail import MailDiscarded, MailRequeued, ReplyRequeued
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.intake.email import sending
from headway.intake.models import RawMail
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets import actions as tickets
from headway.tickets.models import Message

_AT_ONCE: Final = 1000
# as if it had just come; what was wrong stays until it is read, or is replaced by what is wrong now
_ANEW: Final[dict[str, Any]] = {
    "state": RawMail.States.STORED, "attempts": 0, "deaths": 0, "claimed_at": None, "run": None, "processed_at": None
}  # fmt: skip


@transaction.atomic
def process_again(raw: RawMail, *, actor: Actor) -> None:
    """Takes a mail out of quarantine and processes it. Raises Conflict when it is not there any more."""
    require(actor, Permission.OPERATE)
    if not RawMail.objects.filter(pk=raw.pk, state=RawMail.States.QUARANTINED).update(**_ANEW):
        raise Conflict(_("This mail is not in quarantine any more."))
    journal.record(MailRequeued(subject_id=raw.pk), actor=actor)
    _ask_for_processing()


@transaction.atomic
def process_many_again(*, ids: Collection[int] = (), error: str | None = None, actor: Actor) -> int:
    """Takes these mails out of quarantine, or all that were put aside for one reason; a thousand at a time.

    Returns how many it were: those that are not there any more are left out. Raises Conflict when none was.
    """
    require(actor, Permission.OPERATE)
    found = RawMail.objects.filter(state=RawMail.States.QUARANTINED)
    found = found.filter(pk__in=list(ids)) if error is None else found.filter(error=error)
    taken = list(found.select_for_update().order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    if not taken:
        raise Conflict(_("None of these mails is in quarantine any more."))
    RawMail.objects.filter(pk__in=taken).update(**_ANEW)
    journal.record_many([journal.Draft(event=MailRequeued(subject_id=each), actor=actor) for each in taken])
    _ask_for_processing()
    return len(taken)


@transaction.atomic
def discard(raw: RawMail, *, actor: Actor) -> None:
    """Gives a quarantined mail up. Its bytes stay until the sweep; the same mail is not taken again."""
    require(actor, Permission.OPERATE)
    changes = {"state": RawMail.States.DISCARDED, "processed_at": now()}
    if not RawMail.objects.filter(pk=raw.pk, state=RawMail.States.QUARANTINED).update(**changes):
        raise Conflict(_("This mail is not in quarantine any more."))
    journal.record(MailDiscarded(subject_id=raw.pk), actor=actor)


@transaction.atomic
def send_again(message: Message, *, actor: Actor) -> None:
    """Queues a failed message once more. Raises Conflict when nothing of it failed."""
    require(actor, Permission.REPLY)
    if not sending.retry(message):
        raise Conflict(_("Nothing of this message failed."))
    journal.record(ReplyRequeued(ticket_id=message.ticket_id, message_id=message.pk), actor=actor)
    from headway.intake.tasks import send

    send.defer(lock=f"send:{message.pk}", message_id=message.pk)


@transaction.atomic
def take_back(message: Message, *, actor: Actor) -> Message:
    """Stops a message that has not left yet and undoes what it did to its ticket. Raises Conflict when it is too late.

    See `tickets.actions.withdraw` for what stays as somebody changed it since.
    """
    require(actor, Permission.REPLY)
    withdrawn = tickets.withdraw(message, actor=actor)
    if not sending.take_back(message):
        raise Conflict(_("It has left already."))
    return withdrawn


def _ask_for_processing() -> None:
    from headway.intake.tasks import process  # the job's module reads this one

    process.defer(lock="intake.process")
