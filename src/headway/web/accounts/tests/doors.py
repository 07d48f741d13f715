"""How people of the cast come in."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from headway.people.actions import agents
from headway.people.models import Agent

GOOD = "correct horse battery"


def sign_in(client: Client, agent: Agent, password: str = GOOD) -> Any:
    """Gives the person a password and signs in with it. The response of the first step."""
    agents.set_password(agent, password, actor=agent.actor, by="command")
    return client.post("/sign-in", {"login": agent.email, "password": password})


def link_in_mail() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)
