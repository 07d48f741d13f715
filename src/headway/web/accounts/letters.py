"""Mails that belong to no ticket: their words are templates, they leave as every other mail does."""

from collections.abc import Mapping
from email.utils import format_datetime, formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import loader
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.intake.channel import Outgoing
from headway.intake.email import loops
from headway.intake.email.smtp import exit_for
from headway.people.queries.brands import default_brand, sender_of


class NotTaken(HeadwayError):
    """The mail server did not take a mail. The job is tried again."""

    code = "not_taken"


def send(to: str, name: str, words: Mapping[str, Any], *, mail_id: str) -> None:
    """Sends `letters/NAME.jinja` to an address: its first line is the subject, the rest the text.

    `mail_id` is the same at every attempt, so that a mail that arrives twice is recognised. Raises NotTaken.
    """
    rendered = loader.render_to_string(f"letters/{name}.jinja", dict(words), using="jinja2").strip()
    subject, _newline, text = rendered.partition("\n")
    sender, address = _sender()
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{text.strip()}\n",
        from_email=formataddr((sender, address)),
        to=[to],
        headers={
            "Message-ID": f"<{mail_id}@{address.rpartition('@')[2]}>",
            "Date": format_datetime(now()),
            **loops.stamps(),
        },
    )
    raw: bytes = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
    (outcome,) = exit_for(settings.HEADWAY.mail).send(Outgoing(address, (to,), raw))
    if not outcome.sent:
        raise NotTaken(_("The mail server did not take the mail: %(reply)s") % {"reply": outcome.reply[:100]})


def _sender() -> tuple[str, str]:
    """The workspace's default brand, else the installation."""
    brand = default_brand()
    own = sender_of(brand) if brand else None
    return (own.name or own.brand.name, own.address) if own else ("", str(settings.HEADWAY.mail_from))
