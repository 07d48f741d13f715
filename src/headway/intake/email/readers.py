"""To which of a customer's addresses we answer: the one they wrote from last, among those that are theirs."""

from typing import Final

from headway.foundation import files
from headway.intake.email.parse import addresses, headers
from headway.intake.email.parse.words import clean, raw_text
from headway.intake.models import RawMail
from headway.people.models import Identity
from headway.people.rules.identities import email as comparable
from headway.tickets.models import Ticket

_HEAD: Final = 256 * 1024  # bytes of a mail in which its From stands


def address_of(ticket: Ticket) -> str:
    """The mail address of a ticket's customer, empty when there is none. Two queries for who has only one."""
    if ticket.customer_id is None:
        return ""
    rows = Identity.objects.filter(customer_id=ticket.customer_id, kind=Identity.Kinds.EMAIL)
    known = list(rows.order_by("pk").values_list("value", flat=True))
    if len(known) > 1:
        written = _written_from(ticket, ticket.customer_id)
        if written in known:
            return written
    return known[0] if known else ""


def _written_from(ticket: Ticket, customer_id: int) -> str:
    """The address in From of the customer's latest mail on the ticket; empty when that is gone."""
    mails = RawMail.objects.filter(
        message__ticket_id=ticket.pk,
        message__customer_id=customer_id,
        message__held=False,
        state=RawMail.States.DONE,
    )
    sha256 = mails.order_by("-message__at", "-pk").values_list("sha256", flat=True).first()
    if sha256 is None:
        return ""
    try:
        with files.open_blob(sha256) as blob:
            head = blob.read(_HEAD)
    except FileNotFoundError:
        return ""
    block, _body = headers.read(head, 0, len(head), [])
    author = addresses.one(clean(raw_text(block.first("from"))))
    return (comparable(author.email) or "") if author else ""
