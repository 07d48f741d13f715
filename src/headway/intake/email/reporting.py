"""A bounce or complaint about a message of ours: noted where that message is."""

from datetime import datetime

from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.foundation.errors import Conflict, Invalid
from headway.intake.email import letters
from headway.intake.email.mail import FailedRecipient, ParsedMail
from headway.intake.models import Delivery, Suppression
from headway.intake.suppression import actions as suppression
from headway.tickets import actions
from headway.tickets.models import Message, SideMessage

_REASONS = {
    "hard": lambda: _("The mail to %(address)s came back: the address does not take mail."),
    "soft": lambda: _("The mail to %(address)s came back, perhaps only for now."),
    "delayed": lambda: _("The mail to %(address)s has not arrived yet; the server keeps trying."),
}


def settle(mail: ParsedMail, *, at: datetime) -> Message | SideMessage | None:
    """Notes what the mail reports about a delivery of ours; the message reported on, None when it is not ours."""
    if mail.report is None or not mail.report.original_message_id:
        return None
    deliveries = {
        one.address.casefold(): one
        for one in Delivery.objects.filter(mail_id=mail.report.original_message_id).select_related(
            "message__ticket", "side__side"
        )
    }
    message: Message | SideMessage | None = None
    for recipient in mail.report.recipients:
        delivery = deliveries.get(recipient.email.casefold())
        if delivery is None:
            continue
        message = letters.of(delivery)
        if mail.report.kind == "complaint":
            _note(message, _("%(address)s reported our mail as spam."), delivery.address, recipient, at)
            _suppress(delivery, Suppression.Reasons.COMPLAINED, at)
        elif recipient.kind in _REASONS:
            _bounced(delivery, recipient, at)
    if message is None and mail.report.kind == "complaint" and len(deliveries) == 1:
        # providers black out who complained; a mail that went to one reader says it anyway
        (delivery,) = deliveries.values()
        message = letters.of(delivery)
        blank = FailedRecipient(delivery.address)
        _note(message, _("%(address)s reported our mail as spam."), delivery.address, blank, at)
        _suppress(delivery, Suppression.Reasons.COMPLAINED, at)
    return message


def _bounced(delivery: Delivery, recipient: FailedRecipient, at: datetime) -> None:
    letter = letters.of(delivery)
    _note(letter, _REASONS[recipient.kind](), delivery.address, recipient, at)
    if recipient.kind == "delayed":
        return
    delivery.state, delivery.settled_at = Delivery.States.FAILED, at
    delivery.result = recipient.diagnostic[:500]
    delivery.save(update_fields=["state", "settled_at", "result"])
    journal.record(letters.failed(letter, f"bounced-{recipient.kind}"), actor=Actor.system(), at=at)
    if recipient.kind == "hard":
        _suppress(delivery, Suppression.Reasons.BOUNCED, at)


def _suppress(delivery: Delivery, reason: str, at: datetime) -> None:
    """Nothing more goes to the address; what is no proper address cannot be written to anyway."""
    try:
        suppression.suppress(delivery.address, reason, actor=Actor.system(), message=delivery.message, at=at)
    except Invalid:
        return


def _note(message: Message | SideMessage, text: str, address: str, recipient: FailedRecipient, at: datetime) -> None:
    said = text % {"address": address}
    if recipient.diagnostic:
        said += "\n\n" + recipient.diagnostic
    try:
        actions.note(message.ticket, said, actor=Actor.system(), at=at)
    except Conflict:  # merged away in the meantime: the note goes where the ticket lives on
        into = message.ticket.merged_into
        if into is not None:
            actions.note(into, said, actor=Actor.system(), at=at)
