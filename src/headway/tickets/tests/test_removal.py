"""A removed ticket leaves nothing but the fact that something was removed."""

from datetime import timedelta

from django.db import connection

from headway.events.models import Entry
from headway.foundation import files
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words, stored
from headway.tickets.actions.removal import remove
from headway.tickets.models import Message, Ticket
from headway.tickets.tests.desk import again, asks, customer_actor


def test_nothing_is_left(committed_db: str, dana: Customer, leo: Agent) -> None:
    kept = asks(dana, "Kept", "Stays where it is")
    shared = stored("terms.txt", "text/plain", b"shared by both")
    own = stored("photo.png", "image/png", b"only here")
    words = Words(text="Please look", files=[shared, own])
    opening = Opening(subject="Gone", channel="email", customer=dana)
    ticket, _message = actions.open_ticket(opening, words, actor=customer_actor(dana))
    actions.receive(kept, Words(text="And this", files=[shared]), customer=dana, actor=customer_actor(dana))
    ticket_id = ticket.pk
    assert remove([ticket_id], actor=leo.actor, reason="asked by the customer") == 1
    assert not Entry.objects.filter(ticket_id=ticket_id).exists()
    assert [entry.pk for entry in Ticket.objects.all()] == [kept.pk]
    assert Message.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_searchentry WHERE ticket_id = %s", [ticket_id])
        assert cursor.fetchone() == (0,)
    assert files.exists(shared.blob.sha256)
    assert not files.exists(own.blob.sha256)


def test_a_file_that_anything_else_names_stays(committed_db: str, dana: Customer, leo: Agent, acme: Brand) -> None:
    logo = stored("logo.png", "image/png", b"the very same picture")
    acme.logo = logo.blob.sha256
    acme.save()
    opening = Opening(subject="Gone", channel="email", customer=dana)
    ticket, _message = actions.open_ticket(opening, Words(text="Hi", files=[logo]), actor=customer_actor(dana))
    remove([ticket.pk], actor=leo.actor, reason="test")
    assert files.exists(logo.blob.sha256)


def test_an_old_answer_leaves_a_later_question_open(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    asked = ticket.waiting_since
    assert asked is not None
    actions.reply(ticket, Words(text="Earlier"), actor=sam.actor, at=asked - timedelta(hours=1))
    assert again(ticket).waiting_since == asked
    actions.reply(ticket, Words(text="Now"), actor=sam.actor)
    assert again(ticket).waiting_since is None
