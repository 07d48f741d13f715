"""As whom we answer on a ticket: name, address, signature, and the mailbox it leaves by."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from headway.intake.models import Mailbox, RawMail
from headway.people.models import Brand, BrandAddress
from headway.tickets.models import Ticket
from headway.tickets.rules.texts import one_line

_NAME = 200
_MAILBOX = "mailbox:"


@dataclass(frozen=True, slots=True)
class Identity:
    """Our side of a ticket. `mailbox` None: no mailbox is connected, mail leaves by the installation's own way."""

    name: str
    address: str
    signature: str = ""
    mailbox: Mailbox | None = None
    brand: Brand | None = None

    @property
    def template(self) -> str:
        """How an answer is laid out; empty for the usual way."""
        return self.mailbox.template if self.mailbox else ""


def identity_of(ticket: Ticket) -> Identity:
    """The mailbox that the customer wrote to last, when it is of the ticket's brand; else the brand's primary address,
    else the default brand's, else the installation's. Up to three queries."""
    written_to = _written_to(ticket)
    if written_to is not None and ticket.brand_id in (None, written_to.address.brand_id):
        return _by(written_to)
    addresses = BrandAddress.objects.filter(Q(brand_id=ticket.brand_id) | Q(brand__is_default=True))
    either = list(addresses.select_related("brand").order_by("-is_primary", "pk"))
    own = [one for one in either if one.brand_id == ticket.brand_id]
    found = own or [one for one in either if one.brand.is_default]
    if not found:
        return Identity("", str(settings.HEADWAY.mail_from))
    mailboxes = {one.address_id: one for one in _standing().filter(address__in=found)}
    primary = found[0]
    best = mailboxes.get(primary.pk) or next((one for one in mailboxes.values() if one.smtp_host), None)
    if best is not None:
        return _by(best)
    return Identity(_name(primary), primary.address, primary.brand.signature.strip(), brand=primary.brand)


def _by(mailbox: Mailbox) -> Identity:
    address = mailbox.address
    signature = mailbox.signature.strip() or address.brand.signature.strip()
    return Identity(_name(address), address.address, signature, mailbox, address.brand)


def _written_to(ticket: Ticket) -> Mailbox | None:
    mails = RawMail.objects.filter(message__ticket_id=ticket.pk, message__held=False, source__startswith=_MAILBOX)
    source = mails.order_by("-pk").values_list("source", flat=True).first()
    number = (source or "").removeprefix(_MAILBOX)
    return _standing().filter(pk=int(number)).first() if number.isdigit() else None


def _standing() -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(archived_at__isnull=True).select_related("address__brand")


def _name(address: BrandAddress) -> str:
    return one_line(address.name or address.brand.name, _NAME)
