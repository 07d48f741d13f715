"""What did not leave: the reason beside the message, and a button that tries again."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from headway.events.actor import Actor
from headway.foundation import clock
from headway.foundation.clock import now
from headway.intake.email import sending
from headway.intake.models import Delivery
from headway.intake.suppression import actions as suppression
from headway.people.models import Agent, Customer
from headway.settings import actions as settings
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_a_mail_to_a_suppressed_address_says_why_and_is_sent_again_once_it_may(
    at_desk: At, ask: Ask, sam: Agent, ada: Agent, dana: Customer
) -> None:
    settings.change({"undo_seconds": 0}, actor=Actor.system())
    row = suppression.suppress("dana@example.com", "bounced", actor=ada.actor)
    ticket = ask(dana)
    message = actions.reply(ticket, Words(text="Hello"), actor=sam.actor)
    sending.queue(message)
    page = at_desk(sam).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "came back for good" in page
    assert f'hx-post="/desk/messages/{message.pk}/sending"' in page
    suppression.restore(row, actor=ada.actor)
    assert at_desk(sam).post(f"/desk/messages/{message.pk}/sending", headers=HTMX).status_code == 200
    sending.send(message.pk)
    assert Delivery.objects.get(message=message).state == "sent"
    assert "came back for good" not in at_desk(sam).get(f"/desk/tickets/{ticket.pk}").content.decode()


def test_a_mail_that_waits_after_a_refusal_says_what_the_server_said(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings.HEADWAY, "mail", "smtp://127.0.0.1:1")
    ticket = ask(dana)
    message = actions.reply(ticket, Words(text="Hello"), actor=sam.actor)
    sending.queue(message)
    with clock.frozen(now() + timedelta(minutes=1)):
        sending.send(message.pk)
    page = at_desk(sam).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "Waiting to leave, tried 1 times: ConnectionRefusedError" in page
