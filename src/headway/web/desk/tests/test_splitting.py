"""Splitting a ticket at the desk."""

from headway.events.actor import Actor
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Ticket
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_messages_move_once_they_were_looked_at(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    words = Words(text="And another thing.")
    other = actions.receive(ticket, words, customer=dana, actor=Actor.customer(dana.pk))
    address = f"/desk/tickets/{ticket.pk}/split"
    assert "And another thing." in client.get(address).content.decode()
    form = {"subject": "Another thing", "messages": str(other.pk)}
    assert client.post(address, {"subject": "x"}, headers=HTMX).status_code == 422
    looked = client.post(address, form, headers=HTMX).content.decode()
    assert "1 message moves to a new ticket" in looked
    everything = ",".join(str(pk) for pk in Message.objects.order_by("pk").values_list("pk", flat=True))
    swapped = {"subject": "x", "messages": everything.split(","), "sure": str(other.pk)}
    assert "2 messages move" in client.post(address, swapped, headers=HTMX).content.decode(), "looked at anew"
    assert client.post(address, swapped | {"sure": everything}, headers=HTMX).status_code == 422, "one must stay"
    assert Ticket.objects.count() == 1
    done = client.post(address, form | {"sure": str(other.pk)}, headers=HTMX)
    fresh = Ticket.objects.exclude(pk=ticket.pk).get()
    assert f"/desk/tickets/{fresh.pk}" in done.headers["HX-Trigger"]
    assert (fresh.subject, fresh.messages.get()) == ("Another thing", other)
