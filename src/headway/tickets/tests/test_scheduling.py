"""A reply for later: it leaves once, and never over news."""

from datetime import timedelta

import pytest

from headway.events.actor import Actor
from headway.foundation.clock import frozen, now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.actions.aging import send_due
from headway.tickets.models import Field, Message, Scheduled, Ticket, TicketType
from headway.tickets.queries.scheduled import held_back, waiting
from headway.tickets.rules.news import Happening, news
from headway.tickets.tests.desk import again, answers, asks, status, story, writes

SOON = timedelta(hours=2)


def wait() -> None:
    """Three hours pass, and the job runs."""
    with frozen(now() + timedelta(hours=3)):
        send_due()


def _later(sam: Agent, ticket: Ticket, text: str = "Good morning", then: str | None = "waiting") -> Scheduled:
    return actions.schedule(
        ticket, Words(text=text), now() + SOON, actor=sam.actor, status=status(then) if then else None
    )


def test_it_leaves_once_and_the_ticket_moves_then(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    files = [stored("steps.txt", "text/plain", b"1. restart")]
    words = Words(text="Good morning", html="<p>Good morning</p>", files=files, copied=["li@x.example"])
    actions.schedule(ticket, words, now() + SOON, actor=sam.actor, status=status("solved"))
    assert send_due() == 0, "its time has not come"
    assert (again(ticket).category, Message.objects.filter(direction="out").count()) == ("new", 0)
    wait()
    sent = Message.objects.get(direction="out")
    assert (sent.text, sent.html, sent.copied, sent.agent) == (words.text, words.html, ["li@x.example"], sam)
    assert sent.files.get().name == "steps.txt"
    assert again(ticket).category == "solved"
    assert send_due() == 0
    assert not Scheduled.objects.exists()
    assert story(ticket)[-4:] == ["message.written", "ticket.status_changed", "ticket.solved", "reply.came_due"]


@pytest.mark.parametrize("reason", ["customer", "colleague", "note", "solved", "admitted", "merged"])
def test_nothing_is_sent_over_news(sam: Agent, mia: Agent, dana: Customer, chen: Customer, reason: str) -> None:
    ticket = asks(dana)
    if reason == "admitted":
        writes(chen, ticket, "Me too", held=True)
    _later(sam, ticket)
    actions.snooze(ticket, now() + timedelta(days=9), actor=sam.actor)
    match reason:
        case "customer":
            writes(dana, ticket, "Never mind!")
        case "colleague":
            answers(mia, ticket, "I have it.")
        case "note":
            actions.note(ticket, "Do not send anything yet.", actor=mia.actor)
        case "solved":
            actions.set_status(ticket, status("solved"), actor=mia.actor)
        case "admitted":
            actions.admit(Message.objects.get(held=True), actor=mia.actor)
        case "merged":
            actions.merge(asks(chen), ticket, actor=mia.actor)
    written = Message.objects.filter(direction="out").count()
    wait()
    assert Message.objects.filter(direction="out").count() == written
    held = Scheduled.objects.get()
    expected = {"note": "colleague", "admitted": "customer"}.get(reason, reason)
    assert (held.held_because, held.text) == (expected, "Good morning")
    assert again(ticket).snoozed_until is None, "somebody has to look at it"
    assert story(ticket)[-1] == "reply.held_back"
    assert [one.id for one in held_back(sam)] == [held.pk]
    assert held_back(mia) == []
    wait()
    assert story(ticket).count("reply.held_back") == 1, "it is held back once"


def test_what_machines_say_and_what_one_does_oneself_is_no_news(sam: Agent, dana: Customer, chen: Customer) -> None:
    ticket = asks(dana)
    _later(sam, ticket)
    writes(dana, ticket, "I am away until Monday.", automatic=True)
    writes(chen, ticket, "Let me in", held=True)
    actions.note(ticket, "Said so on the phone.", actor=sam.actor)
    actions.note(ticket, "A machine says this.", actor=Actor.system())
    wait()
    assert Message.objects.filter(direction="out").count() == 1


def test_one_held_back_waits_again_or_leaves_by_its_writers_word(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    row = _later(sam, ticket)
    writes(dana, ticket, "One more thing.")
    wait()
    for verb in (actions.send_scheduled, actions.reschedule):
        with pytest.raises(Forbidden):
            verb(row, actor=mia.actor)
    actions.reschedule(row, actor=sam.actor, due=now() + SOON, text="Both things")
    assert Scheduled.objects.get().held_because == ""
    wait()
    assert Message.objects.get(direction="out").text == "Both things"
    other = _later(sam, ticket, "Third")
    with pytest.raises(Conflict):
        actions.send_scheduled(other, actor=sam.actor, expected=1)
    assert Scheduled.objects.get().text == "Third"
    assert actions.send_scheduled(other, actor=sam.actor).text == "Third"


def test_stopped_it_never_leaves(sam: Agent, mia: Agent, lim: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    row = _later(sam, ticket)
    with pytest.raises(Forbidden):
        actions.unschedule(row, actor=lim.actor)
    assert actions.unschedule(row, actor=mia.actor).text == "Good morning"
    with pytest.raises(NotFound):
        actions.unschedule(row, actor=sam.actor)
    with pytest.raises(NotFound):
        actions.send_scheduled(row, actor=sam.actor)
    wait()
    assert not Message.objects.filter(direction="out").exists()


def test_what_cannot_be_scheduled(sam: Agent, lim: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    for due in (now() - timedelta(seconds=1), now() + timedelta(days=400)):
        with pytest.raises(Invalid):
            actions.schedule(ticket, Words(text="x"), due, actor=sam.actor)
    with pytest.raises(Invalid):
        actions.schedule(ticket, Words(text=" "), now() + SOON, actor=sam.actor)
    for actor in (lim.actor, Actor.system()):
        with pytest.raises(Forbidden):
            actions.schedule(ticket, Words(text="x"), now() + SOON, actor=actor)
    with pytest.raises(Conflict):
        actions.schedule(ticket, Words(text="x"), now() + SOON, actor=sam.actor, expected=ticket.version + 1)
    actions.set_status(ticket, status("closed"), actor=sam.actor)
    with pytest.raises(Conflict):
        actions.schedule(ticket, Words(text="x"), now() + SOON, actor=sam.actor)


def test_what_became_of_the_writer_and_the_ticket(sam: Agent, leo: Agent, dana: Customer, frontline: Team) -> None:
    """The right is asked for when it leaves, as is the ticket's state; the words are kept."""
    kind = TicketType.objects.create(name="Order")
    kind.fields.add(Field.objects.create(key="number", label="Number", kind="text", required=True))
    spam, closed, unfit = asks(dana), asks(dana), asks(dana)
    rows = [_later(sam, spam), _later(sam, closed), _later(sam, unfit, then="solved"), _later(leo, asks(dana))]
    actions.suspect(spam, actor=sam.actor)
    actions.set_status(closed, status("closed"), actor=sam.actor)
    actions.set_type(unfit, kind, actor=sam.actor)
    leo.role = "light"
    leo.save()
    wait()
    found = [Scheduled.objects.get(pk=row.pk).held_because for row in rows]
    assert found == ["spam", "closed", "fields", "rights"]
    assert not Message.objects.filter(direction="out").exists()
    assert {one.id for one in waiting(sam)} == {row.pk for row in rows}


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ([], ""),
        ([Happening("ticket.tagged", "agent", 2, {})], ""),
        ([Happening("message.written", "agent", 2, {}), Happening("message.received", "customer", 5, {})], "customer"),
        ([Happening("message.written", "automation", None, {"automatic": True})], ""),
        ([Happening("ticket.solved", "system", None, {})], "solved"),
        ([Happening("ticket.solved", "agent", 1, {})], ""),
        ([Happening("note.written", "agent", 2, {}), Happening("ticket.solved", "agent", 2, {})], "colleague"),
        ([Happening("message.received", "agent", 1, {})], "customer"),
    ],
)
def test_what_is_news(happened: list[Happening], expected: str) -> None:
    assert news(happened, 1) == expected
