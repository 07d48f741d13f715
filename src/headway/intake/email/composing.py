"""Our answers as mails: one text and the same as HTML, headers that thread, the same bytes at every attempt."""

import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from headway.foundation import files
from headway.intake.email import loops
from headway.intake.models import MailId
from headway.people.models import BrandAddress
from headway.tickets.models import Message, Ticket

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_MOST_REFERENCES: Final = 12
_QUOTED_CHARACTERS: Final = 20_000
_REPLY: Final = re.compile(r"(?i)\s*(?:re|aw|sv|antw|rv|ref)\s?:\s*")
_TAG: Final = re.compile(r"\s*\[#\d+\]")


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to leave: its envelope sender and its bytes, lines ended by CRLF."""

    sender: str
    raw: bytes


def compose(message: Message, *, mail_id: str, to: Sequence[str], copied: Sequence[str]) -> Composed:
    """The mail that carries one of our messages."""
    ticket = message.ticket
    name, address = sender_of(ticket)
    answered = _answered(message)
    headers = {
        "Message-ID": f"<{mail_id}>",
        "Date": format_datetime(message.at),
        "X-Headway-Ticket": str(ticket.pk),
    }
    references = _references(message)
    if answered:
        headers["In-Reply-To"] = f"<{answered}>"
    if references:
        headers["References"] = " ".join(f"<{one}>" for one in references)
    if message.automatic:
        headers |= loops.stamps()
    before = _before(message)
    mail = EmailMultiAlternatives(
        subject=subject_of(ticket),
        body=text_of(message, before),
        from_email=formataddr((name, address)),
        to=list(to),
        cc=list(copied),
        headers=headers,
    )
    mail.attach_alternative(html_of(message, before), "text/html")
    for file in message.files.all():
        mail.attach(file.name, files.read(file.sha256), file.media_type)
    return Composed(address, mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own


def sender_of(ticket: Ticket) -> tuple[str, str]:
    """The name and address our answers on a ticket leave from: its brand's primary address, else the installation's."""
    brands = BrandAddress.objects.select_related("brand").order_by("-is_primary", "pk")
    found = brands.filter(brand_id=ticket.brand_id).first() if ticket.brand_id else None
    found = found or brands.filter(brand__is_default=True).first()
    if found is None:
        return "", str(settings.HEADWAY.mail_from)
    return _one_line(found.name or found.brand.name), found.address


def subject_of(ticket: Ticket) -> str:
    """ "Re: …" with our number, which finds the ticket again where a mail program drops the ids."""
    bare = _REPLY.sub("", _TAG.sub("", _one_line(ticket.subject)), count=1).strip()
    return f"Re: {bare} [#{ticket.pk}]"[:400]


def text_of(message: Message, before: Message | None) -> str:
    """The plain text: the answer, the brand's signature, and what is answered, quoted."""
    parts = [message.text.rstrip()]
    signature = _signature(message)
    if signature:
        parts.append(f"-- \n{signature}")
    if before is not None:
        quoted = "\n".join(f"> {line}".rstrip() for line in before.text[:_QUOTED_CHARACTERS].split("\n"))
        parts.append(f"{_wrote(before)}\n{quoted}")
    return "\n\n".join(parts) + "\n"


def html_of(message: Message, before: Message | None) -> str:
    """The same as HTML."""
    body = message.html or paragraphs(message.text)
    signature = _signature(message)
    parts = [f"<div>{body}</div>"]
    if signature:
        parts.append(f"<div>-- <br>{entities.escape(signature).replace(chr(10), '<br>')}</div>")
    if before is not None:
        parts.append(
            f'<div class="headway_quote">{entities.escape(_wrote(before))}'
            f'<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
            f"{paragraphs(before.text[:_QUOTED_CHARACTERS])}</blockquote></div>"
        )
    language = entities.escape(message.ticket.language or "")
    return f'<html lang="{language}"><body>{"".join(parts)}</body></html>'


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for each empty line, line breaks kept."""
    found = [entities.escape(part.strip("\n")) for part in re.split(r"\n{2,}", text.strip("\n"))]
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in found if part.strip())


def _answered(message: Message) -> str:
    """The Message-ID of the customer's latest message before ours."""
    rows = MailId.objects.filter(
        message__ticket_id=message.ticket_id, message__direction="in", message__held=False, message__at__lte=message.at
    )
    return rows.order_by("-message__at", "pk").values_list("value", flat=True).first() or ""


def _references(message: Message) -> list[str]:
    """The ids of the conversation, oldest first, the one answered last."""
    rows = MailId.objects.filter(message__ticket_id=message.ticket_id, message__held=False, message__at__lte=message.at)
    found = rows.exclude(message_id=message.pk).order_by("-message__at", "-pk").values_list("value", flat=True)
    return list(reversed(list(dict.fromkeys(found[:_MOST_REFERENCES]))))


def _before(message: Message) -> Message | None:
    """The customer's message that ours answers."""
    rows = Message.objects.filter(ticket_id=message.ticket_id, direction="in", held=False, at__lte=message.at)
    return rows.select_related("customer").order_by("-at", "-pk").first()


def _wrote(before: Message) -> str:
    who = before.customer.name if before.customer and before.customer.name else _("you")
    at: datetime = before.at
    return _("On %(date)s, %(name)s wrote:") % {"date": at.strftime("%Y-%m-%d %H:%M UTC"), "name": _one_line(who)}


def _signature(message: Message) -> str:
    brand = message.ticket.brand
    return brand.signature.strip() if brand is not None else ""


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
