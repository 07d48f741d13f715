"""Somebody at the desk, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from headway.events.actor import Actor
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Ticket

At = Callable[[Agent], Client]
Ask = Callable[..., Ticket]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at_desk(database: None) -> At:
    """A client that is signed in as somebody."""

    def sign_in(person: Agent) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def ask(acme: Brand) -> Ask:
    """A customer's new ticket."""

    def begin(customer: Customer, subject: str = "Card declined", text: str = "Twice today.", **more: Any) -> Ticket:
        html = more.pop("html", "")
        opening = Opening(subject=subject, channel="email", customer=customer, brand=acme, **more)
        words = Words(text=text, html=html, language="en")
        return actions.open_ticket(opening, words, actor=Actor.customer(customer.pk))[0]

    return begin
