"""The automatic acknowledgement of a new ticket: to whom it may go, and that it repeats nothing."""

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.intake.email import automatic, layouts, sending
from headway.intake.email.answering import OLD
from headway.intake.email.identities import Identity, identity_of
from headway.intake.email.senders import CHANNEL
from headway.intake.models import Mailbox, RawMail
from headway.intake.suppression import queries as suppression
from headway.people.models import Identity as Known
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Ticket


def is_used() -> bool:
    """Whether any mailbox acknowledges its tickets. One query, asked before all the others."""
    return Mailbox.objects.filter(archived_at__isnull=True).exclude(acknowledgement="").exists()


@transaction.atomic
def acknowledge(message_id: int) -> str:
    """Acknowledges the ticket that a message began, where its mailbox does so.

    "sent", or why nothing is; "" where none is wanted. The mail's path says it too.
    """
    message = Message.objects.select_related("ticket").get(pk=message_id)
    row = RawMail.objects.filter(message=message, state=RawMail.States.DONE).order_by("pk").first()
    if row is None or message.channel != CHANNEL:
        return ""
    ticket = Ticket.objects.select_for_update().select_related("status").get(pk=message.ticket_id)
    identity = identity_of(ticket)
    if identity.mailbox is None or not identity.mailbox.acknowledgement.strip():
        return ""
    said = _reason(ticket, message, row, identity) or _written(ticket, identity)
    row.findings = {**row.findings, "acknowledgement": said}
    row.save(update_fields=["findings"])
    return said


def _reason(ticket: Ticket, message: Message, row: RawMail, identity: Identity) -> str:
    """Why nothing is sent; "" when it may be, which then is counted."""
    if ticket.is_sample or message.held or message.automatic or ticket.suspected_at is not None:
        return "not a customer's own"
    if ticket.merged_into_id is not None:
        return "merged"
    if row.findings.get("no_answer"):
        return str(row.findings["no_answer"])
    if now() - row.stored_at > OLD:
        return "an old mail"
    address = next(iter(sending.recipients_of(message)), "")
    if not address:
        return "no address"
    if not _believed(row, address):
        return "the sender is not verified"
    if suppression.reasons([address]):
        return "suppressed"
    reached = automatic.count(address, mailbox=identity.address)
    return f"limit: {reached}" if reached else ""


def _believed(row: RawMail, address: str) -> bool:
    """Whether the sender passed DMARC, or the address was shown to be the customer's own. One that failed never is."""
    verdict = row.findings.get("sender")
    if verdict == "pass":
        return True
    verified = Known.objects.filter(kind=Known.Kinds.EMAIL, value=address, verified_at__isnull=False)
    return verdict != "fail" and verified.exists()


def _written(ticket: Ticket, identity: Identity) -> str:
    assert identity.mailbox is not None
    pieces = {"ticket": layouts.plain(str(ticket.pk)), "signature": layouts.plain(identity.signature)}
    text = layouts.render(identity.mailbox.acknowledgement, pieces).text.strip()
    try:
        # the ticket stays where it stands: this is no answer
        actions.reply(ticket, Words(text=text, automatic=True), actor=Actor.automation(), status=ticket.status)
    except HeadwayError as error:
        return error.code
    return "sent"
