"""How people of the cast come in."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.test import Client

from headway.intake.channel import Outcome, Outgoing
from headway.people.actions import agents
from headway.people.models import Agent

GOOD = "correct horse battery"


def sign_in(client: Client, agent: Agent, password: str = GOOD) -> Any:
    """Gives the person a password and signs in with it. The response of the first step."""
    agents.set_password(agent, password, actor=agent.actor, by="command")
    return client.post("/sign-in", {"login": agent.email, "password": password})


class Outbox:
    """A way out that keeps what leaves; `refuses` makes it refuse everything."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses = False

    def send(self, message: Outgoing) -> list[Outcome]:
        """As a server would."""
        if self.refuses:
            return [Outcome(one, sent=False, reply="421 come again later") for one in message.recipients]
        mail = message_from_bytes(message.raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return [Outcome(one, sent=True) for one in message.recipients]

    def last(self) -> EmailMessage:
        """The last mail that left."""
        return self.mails[-1]

    def link(self) -> str:
        """The path of the link in the last mail."""
        found = re.search(r"https?://[^/\s]+(/\S+)", self.last().get_content())
        assert found
        return found.group(1)
