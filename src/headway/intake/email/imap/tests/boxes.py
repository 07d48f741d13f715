"""Mailboxes of a test's own server."""

from typing import Any

from headway.intake.email import processing
from headway.intake.mailboxes import actions
from headway.intake.models import Mailbox
from headway.intake.tests.letters import letter
from headway.people.models import Agent, Brand
from headway.tickets.models import Message
from tests.mailservers.dovecot import PASSWORD, Dovecot

USER = "help@acme.example"


class Boxes:
    """Connects mailboxes of one server to one brand."""

    def __init__(self, server: Dovecot, agent: Agent, brand: Brand) -> None:
        self.server = server
        self._agent = agent
        self._brand = brand

    def connect(self, address: str = USER, **fields: Any) -> Mailbox:
        """A mailbox read by TLS, where nothing else is said."""
        given = {
            "imap_host": "localhost",
            "imap_port": self.server.imaps,
            "secrets": {"password": PASSWORD},
            **fields,
        }
        return actions.connect(address=address, brand=self._brand, actor=self._agent.actor, **given)


def mails(*names: str) -> list[bytes]:
    """Mails whose subjects are these names."""
    return [letter(name, subject=name, message_id=f"{name}@example.com") for name in names]


def subjects() -> list[str]:
    """Processes what was stored; the subjects of all messages, in order of arrival."""
    while processing.process_waiting():
        pass
    return list(Message.objects.order_by("pk").values_list("ticket__subject", flat=True))
