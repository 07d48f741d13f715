"""Mails that belong to no ticket: their words are templates, their way out is the workspace's."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.template import loader

from headway.people.queries.brands import default_brand, sender_of


def send(to: str, name: str, words: Mapping[str, Any], *, reference: str = "") -> None:
    """Sends `letters/NAME.jinja` to an address: its first line is the subject, the rest the text.

    `reference` is stable over repetitions, so that the receiver's server can tell a second copy. Raises what the
    transport raises; the job that called is then tried again.
    """
    subject, _line, text = loader.render_to_string(f"letters/{name}.jinja", dict(words), using="jinja2").partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    if reference:
        headers["X-Headway-Reference"] = reference
    EmailMessage(
        subject=" ".join(subject.split()), body=text.strip() + "\n", from_email=_sender(), to=[to], headers=headers
    ).send()


def _sender() -> str | None:
    """The default brand's own address; None for the installation's."""
    brand = default_brand()
    address = sender_of(brand) if brand else None
    return address.address if address else None
