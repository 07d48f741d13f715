"""Our answers as mails: one text and the same as HTML, headers that thread, the same bytes at every attempt."""

import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr
from typing import Final

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.translation import gettext as _

from headway.foundation import files, markdown
from headway.intake.email import layouts, links, logos, loops, tokens
from headway.intake.email.identities import Identity, identity_of
from headway.intake.email.letters import Letter
from headway.intake.models import MailId
from headway.settings import moments
from headway.settings import queries as settings
from headway.tickets.models import Message, MessageFile, SideMessage, Ticket
from headway.tickets.queries.signatures import signature_on

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]+")
_MOST_LOCAL: Final = 64  # characters before the @, RFC 5321
_MOST_REFERENCES: Final = 12
_QUOTED_CHARACTERS: Final = 20_000
_ROOM_FOR_TEXT: Final = 100_000  # bytes
_REPLY: Final = re.compile(r"(?i)\s*(?:re|aw|sv|antw|rv|ref)\s?:\s*")
_FOLDED_ID: Final = re.compile(rb"(?im)^((?:message-id|in-reply-to|references):)[ \t]*\r\n[ \t]+")
_NOTHING: Final = layouts.Piece("", "")
_TAG: Final = re.compile(r"\s*\[#\d+\]")


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to leave: its envelope sender and its bytes, lines ended by CRLF."""

    sender: str
    raw: bytes


def compose(
    message: Letter,
    *,
    mail_id: str,
    to: Sequence[str],
    copied: Sequence[str],
    identity: Identity | None = None,
    token: str = "",
) -> Composed:
    """The mail that carries one of our messages: the same bytes at every attempt.

    `token` is the signed reply token of the one reader these bytes are for; without one they are for all. What Headway
    itself says in it is in the ticket's language, where it speaks that one, else in the workspace's.
    """
    if isinstance(message, SideMessage):
        # its readers are not the ticket's customer
        with translation.override(settings.spoken("")):
            ours = identity or identity_of(message.ticket)
            return _compose_side(message, mail_id=mail_id, to=to, identity=ours, token=token)
    with translation.override(settings.spoken(message.ticket.language)):
        return _composed(message, mail_id, to, copied, identity or identity_of(message.ticket), token)


def _composed(
    message: Message, mail_id: str, to: Sequence[str], copied: Sequence[str], identity: Identity, token: str
) -> Composed:
    ticket = message.ticket
    answered = _answered(message)
    headers = {
        "Message-ID": f"<{mail_id}>",
        "Date": format_datetime(message.at),
        "X-Headway-Ticket": str(ticket.pk),
    }
    headers |= _threading(answered, _references(message), identity, token)
    if message.automatic:
        headers |= loops.stamps()
    limits = settings.current()
    logo = logos.of(identity)
    room = max(limits.mail_megabytes, 1) * 1_000_000 - _ROOM_FOR_TEXT - (len(logo.data) if logo else 0)
    along, linked = links.divided(message.files.order_by("pk"), most_bytes=room)
    body = body_of(message, identity, linked=linked, link_days=limits.link_days)
    mail = EmailMultiAlternatives(
        subject=_neutral(ticket) if message.automatic else subject_of(ticket),
        body=body.text,
        from_email=formataddr((identity.name, identity.address)),
        to=list(to),
        cc=list(copied),
        headers=headers,
    )
    mail.attach_alternative(logos.above(body.html, logo), "text/html")
    logos.attach(mail, logo, alone=not along)
    for file in along:
        mail.attach(file.name, files.read(file.sha256), file.media_type)
    return Composed(identity.address, on_the_wire(mail))


def _compose_side(message: SideMessage, *, mail_id: str, to: Sequence[str], identity: Identity, token: str) -> Composed:
    """A message of a side conversation. Nothing in it names the ticket, its customer, or the way to them."""
    side = message.side
    said = SideMessage.objects.filter(side=side, held=False, at__lte=message.at).exclude(pk=message.pk)
    before = said.filter(direction=SideMessage.Directions.IN).order_by("-at", "-pk").first()
    known = MailId.objects.filter(side__in=said).order_by("-side__at", "-pk")
    answered = known.filter(side__direction=SideMessage.Directions.IN).values_list("value", flat=True).first() or ""
    references = list(reversed(list(dict.fromkeys(known.values_list("value", flat=True)[:_MOST_REFERENCES]))))
    headers = {"Message-ID": f"<{mail_id}>", "Date": format_datetime(message.at)}
    headers |= _threading(answered, references, identity, token)
    text = "\n\n".join(part for part in (message.text.rstrip(), message.quoted) if part)
    answer = layouts.Piece(text, (message.html or paragraphs(message.text)) + paragraphs(message.quoted))
    conversation = _quote(_wrote_at(before.at, before.name or before.address), before.text) if before else _NOTHING
    body = layouts.render(
        layouts.USUAL,
        {"answer": answer, "signature": _signature(identity, _own(message)), "conversation": conversation},
    )
    bare = _REPLY.sub("", _one_line(side.subject), count=1).strip()
    mail = EmailMultiAlternatives(
        subject=(f"Re: {bare}" if references else bare)[:400],
        body=body.text,
        from_email=formataddr((identity.name, identity.address)),
        to=list(to),
        headers=headers,
    )
    mail.attach_alternative(f"<html><body>{body.html}</body></html>", "text/html")
    for file in message.files.order_by("pk"):
        mail.attach(file.name, files.read(file.sha256), file.media_type)
    return Composed(identity.address, on_the_wire(mail))


def _threading(answered: str, references: Sequence[str], identity: Identity, token: str) -> dict[str, str]:
    headers = {}
    if answered:
        headers["In-Reply-To"] = f"<{answered}>"
    if references:
        headers["References"] = " ".join(f"<{one}>" for one in references)
    reply_to = tokens.address(identity.address, token) if token else ""
    if reply_to and len(reply_to.partition("@")[0]) <= _MOST_LOCAL:
        headers["Reply-To"] = formataddr((identity.name, reply_to))
    return headers


def on_the_wire(mail: EmailMessage) -> bytes:
    """The bytes of a mail, lines ended by CRLF. An id stands on the line of its header however long it is: many
    programs look for it there and nowhere else."""
    raw: bytes = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
    head, blank, body = raw.partition(b"\r\n\r\n")
    return _FOLDED_ID.sub(rb"\1 ", head) + blank + body


def subject_of(ticket: Ticket) -> str:
    """ "Re: …" with our number, which finds the ticket again where a mail program drops the ids."""
    bare = _REPLY.sub("", _TAG.sub("", _one_line(ticket.subject)), count=1).strip()
    return f"Re: {bare} [#{ticket.pk}]"[:400]


def _neutral(ticket: Ticket) -> str:
    """The subject of an automatic mail: it repeats no word of the customer's, so nobody can have us send theirs."""
    said = _("Your request")
    return f"{said} [#{ticket.pk}]"


def body_of(
    message: Message, identity: Identity, *, linked: Sequence[MessageFile] = (), link_days: int = 0
) -> layouts.Piece:
    """The text and the same as HTML, laid out as the mailbox wants it. `linked`: files that are too large to go along.

    An automatic message is itself whole: no signature, and nothing quoted, so that it repeats nobody's words.
    """
    answer = layouts.Piece(message.text.rstrip(), message.html or paragraphs(message.text))
    if message.automatic:
        said = layouts.render("{{ answer }}", {"answer": answer})
        return layouts.Piece(said.text, _document(message, said.html))
    if linked:
        answer = _with_links(answer, linked, message, link_days)
    said = layouts.render(
        identity.template,
        {
            "answer": answer,
            "signature": _signature(identity, _own(message)),
            "conversation": _conversation(_before(message)),
            "ticket": layouts.plain(str(message.ticket_id)),
            "agent": layouts.plain(message.agent.name if message.agent else identity.name),
        },
    )
    return layouts.Piece(said.text, _document(message, said.html))


def _document(message: Message, html: str) -> str:
    language = entities.escape(message.ticket.language or "")
    return f'<html lang="{language}"><body>{html}</body></html>'


def _with_links(answer: layouts.Piece, linked: Sequence[MessageFile], message: Message, days: int) -> layouts.Piece:
    until = links.expiry(message, days=days)
    heading = _("Files too large for a mail. They can be fetched until %(date)s:") % {"date": moments.day(until)}
    found = [
        (f"{_one_line(file.name)} ({filesizeformat(file.size)})".replace("\xa0", " "), address)
        for file, address in links.addresses(linked, until=until)
    ]
    text = "\n".join(f"- {name}: {address}" for name, address in found)
    items = "".join(
        f'<li><a href="{entities.escape(address)}">{entities.escape(name)}</a></li>' for name, address in found
    )
    return layouts.Piece(
        "\n\n".join(part for part in (answer.text, f"{heading}\n{text}") if part),
        f"{answer.html}<p>{entities.escape(heading)}</p><ul>{items}</ul>",
    )


def _own(message: Letter) -> str:
    """The signature of who wrote it, filled in."""
    beside = isinstance(message, SideMessage)
    return signature_on(message.agent, message.ticket, beside=beside) if message.agent else ""


def _signature(identity: Identity, own: str) -> layouts.Piece:
    """Who wrote, and below that the mailbox or the brand."""
    if not own and not identity.signature:
        return _NOTHING
    pieces = [layouts.Piece(own, markdown.to_html(own) or f"{layouts.plain(own).html}<br>")] if own else []
    pieces += [layouts.plain(identity.signature)] if identity.signature else []
    text = "\n".join(piece.text for piece in pieces)
    return layouts.Piece(f"-- \n{text}", f"-- <br>{''.join(piece.html for piece in pieces)}")


def _conversation(before: Message | None) -> layouts.Piece:
    """What is answered, quoted."""
    if before is None:
        return _NOTHING
    return _quote(_wrote(before), before.text)


def _quote(heading: str, text: str) -> layouts.Piece:
    words = text[:_QUOTED_CHARACTERS]
    quoted = "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
    return layouts.Piece(
        f"{heading}\n{quoted}",
        f'<div class="headway_quote">{entities.escape(heading)}'
        f'<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
        f"{paragraphs(words)}</blockquote></div>",
    )


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
    rows = rows.filter(message__withdrawn_at__isnull=True)
    found = rows.exclude(message_id=message.pk).order_by("-message__at", "-pk").values_list("value", flat=True)
    return list(reversed(list(dict.fromkeys(found[:_MOST_REFERENCES]))))


def _before(message: Message) -> Message | None:
    """The customer's message that ours answers."""
    rows = Message.objects.filter(ticket_id=message.ticket_id, direction="in", held=False, at__lte=message.at)
    return rows.select_related("customer").order_by("-at", "-pk").first()


def _wrote(before: Message) -> str:
    who = before.customer.name if before.customer and before.customer.name else _("you")
    return _wrote_at(before.at, who)


def _wrote_at(at: datetime, who: str) -> str:
    return _("On %(date)s, %(name)s wrote:") % {"date": moments.moment(at), "name": _one_line(who)}


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
