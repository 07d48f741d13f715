"""A ticket's life through its actions: what moves it, what it records, who may."""

from datetime import timedelta

import pytest

from headway.events.actor import Actor
from headway.foundation import clock
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Field, Link, Message, Ticket, TicketType
from headway.tickets.tests.desk import NOON, again, answers, asks, status, story, writes


def test_from_question_to_answer(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    assert (ticket.category, ticket.snippet) == ("new", "My card was declined twice.")
    assert ticket.waiting_since is not None
    ticket = answers(sam, ticket)
    assert (ticket.category, ticket.assignee_id, ticket.waiting_since) == ("waiting", sam.pk, None)
    ticket = writes(dana, ticket, "It still does not work.")
    assert again(ticket).category == "open"
    ticket = answers(sam, ticket, then="solved")
    assert again(ticket).solved_at is not None
    assert story(ticket) == [
        "ticket.created",
        "message.received",
        "ticket.assigned",
        "message.written",
        "ticket.status_changed",
        "ticket.status_changed",
        "message.received",
        "message.written",
        "ticket.status_changed",
        "ticket.solved",
    ]


@pytest.mark.parametrize(
    ("days", "text", "automatic", "category", "linked"),
    [
        (13, "It happened again.", False, "open", False),
        (15, "It happened again.", False, "solved", True),
        (1, "Thank you very much!", False, "solved", False),
        (1, "I am out of office until Monday.", True, "solved", False),
    ],
)
def test_what_a_reply_to_a_solved_ticket_does(
    dana: Customer, sam: Agent, days: int, text: str, automatic: bool, category: str, linked: bool
) -> None:
    with clock.frozen(NOON):
        ticket = answers(sam, asks(dana), then="solved")
    with clock.frozen(NOON + timedelta(days=days)):
        where = writes(dana, ticket, text, automatic=automatic)
    assert again(ticket).category == category
    assert (where.pk != ticket.pk) == linked
    assert Link.objects.filter(ticket=where, other=ticket, kind="follow_up").exists() == linked


def test_thanks_while_we_wait_changes_nothing(dana: Customer, sam: Agent) -> None:
    ticket = answers(sam, asks(dana))
    writes(dana, ticket, "Vielen Dank für die schnelle Hilfe!")
    assert (again(ticket).category, again(ticket).waiting_since) == ("waiting", None)


def test_a_strangers_message_waits_until_it_is_admitted(dana: Customer, chen: Customer, sam: Agent) -> None:
    ticket = answers(sam, asks(dana))
    writes(chen, ticket, "Please send me the details.", held=True)
    assert again(ticket).category == "waiting"
    message = Message.objects.get(held=True)
    actions.admit(message, actor=sam.actor)
    assert again(ticket).waiting_since is not None
    with pytest.raises(Conflict):
        actions.admit(message, actor=sam.actor)


def test_a_stale_write_is_refused_and_nothing_is_lost(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    seen = ticket.version
    writes(dana, ticket, "One more thing.")
    with pytest.raises(Conflict, match="has changed"):
        actions.reply(ticket, Words(text="Done."), actor=sam.actor, expected=seen)
    assert Message.objects.filter(ticket=ticket).count() == 2


def test_nothing_leaves_closed(dana: Customer, sam: Agent) -> None:
    ticket = actions.set_status(asks(dana), status("closed"), actor=Actor.system())
    with pytest.raises(Conflict):
        actions.set_status(ticket, status("open"), actor=sam.actor)
    with pytest.raises(Conflict):
        actions.reply(ticket, Words(text="Hello?"), actor=sam.actor)
    assert writes(dana, ticket, "Is anybody there?").pk != ticket.pk


@pytest.mark.parametrize("who", ["lim", "vic"])
def test_who_only_reads_cannot_answer_or_move(request: pytest.FixtureRequest, dana: Customer, who: str) -> None:
    agent: Agent = request.getfixturevalue(who)
    ticket = asks(dana)
    for attempt in (
        lambda: actions.reply(ticket, Words(text="Hi"), actor=agent.actor),
        lambda: actions.set_status(ticket, status("solved"), actor=agent.actor),
        lambda: actions.tag(ticket, ["vip"], actor=agent.actor),
        lambda: actions.merge(ticket, asks(dana), actor=agent.actor),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_a_light_agent_notes_and_a_viewer_does_not(dana: Customer, lim: Agent, vic: Agent) -> None:
    ticket = asks(dana)
    actions.note(ticket, "Looks like 3-D Secure.", actor=lim.actor)
    with pytest.raises(Forbidden):
        actions.note(ticket, "Me too.", actor=vic.actor)
    assert Message.objects.filter(ticket=ticket).count() == 1


def test_another_team_takes_the_ticket_from_its_assignee(
    dana: Customer, sam: Agent, specialists: Team, mia: Agent
) -> None:
    ticket = actions.assign(asks(dana), sam, actor=sam.actor)
    ticket = actions.set_team(ticket, specialists, actor=sam.actor)
    assert (ticket.team_id, ticket.assignee_id) == (specialists.pk, None)
    assert actions.assign(ticket, mia, actor=mia.actor).assignee_id == mia.pk


def test_only_somebody_who_answers_can_be_assigned(dana: Customer, sam: Agent, lim: Agent) -> None:
    with pytest.raises(Invalid):
        actions.assign(asks(dana), lim, actor=sam.actor)


def test_merge_moves_what_was_said_and_replies_reach_the_survivor(dana: Customer, sam: Agent) -> None:
    first, second = asks(dana), asks(dana, "Card declined again", "Same problem.")
    actions.note(second, "Duplicate.", actor=sam.actor)
    actions.tag(second, ["cards"], actor=sam.actor)
    survivor = actions.merge(second, first, actor=sam.actor)
    assert survivor.messages.count() == 2
    assert survivor.notes.count() == 1
    assert [tag.name for tag in survivor.tags.all()] == ["cards"]
    assert writes(dana, second, "Any news?").pk == first.pk
    with pytest.raises(Conflict):
        actions.merge(second, first, actor=sam.actor)


def test_split_moves_messages_to_a_linked_ticket(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    writes(dana, ticket, "And how do I export invoices?")
    other = ticket.messages.order_by("pk").last()
    assert other is not None
    fresh = actions.split(ticket, [other.pk], subject="Export of invoices", actor=sam.actor)
    assert [message.pk for message in fresh.messages.all()] == [other.pk]
    assert Link.objects.filter(ticket=fresh, other=ticket, kind="split").exists()
    with pytest.raises(Conflict):
        actions.split(ticket, [ticket.messages.get().pk], subject="All", actor=sam.actor)


def test_required_fields_are_asked_for_before_solving(dana: Customer, sam: Agent) -> None:
    kind = TicketType.objects.create(name="Refund")
    kind.fields.add(Field.objects.create(key="order", label="Order", kind="text", required=True))
    ticket = actions.set_type(asks(dana), kind, actor=sam.actor)
    with pytest.raises(Invalid, match="order"):
        actions.set_status(ticket, status("solved"), actor=sam.actor)
    with pytest.raises(Invalid):
        actions.set_fields(ticket, {"colour": "red"}, actor=sam.actor)
    actions.set_fields(ticket, {"order": "A-17"}, actor=sam.actor)
    assert actions.set_status(ticket, status("solved"), actor=sam.actor).category == "solved"


def test_snooze_ends_with_the_customers_reply(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    with pytest.raises(Invalid):
        actions.snooze(ticket, clock.now() - timedelta(hours=1), actor=sam.actor)
    ticket = actions.snooze(ticket, clock.now() + timedelta(days=2), actor=sam.actor)
    assert again(writes(dana, ticket, "It is urgent now.")).snoozed_until is None


def test_texts_the_database_refuses_are_cleaned(dana: Customer) -> None:
    ticket = asks(dana, "Sub\x00ject \ud800 here", "NUL \x00 inside")
    assert ticket.subject == "Subject here"
    assert Message.objects.get(ticket=ticket).text == "NUL  inside"
    assert Ticket.objects.count() == 1


def test_of_two_who_take_a_ticket_the_first_has_it(sam: Agent, mia: Agent, leo: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.assign(ticket, mia, actor=mia.actor, instead_of=0)
    with pytest.raises(Conflict) as refused:
        actions.assign(ticket, sam, actor=sam.actor, instead_of=0)
    assert "Mia has had this ticket" in refused.value.message
    assert refused.value.details["assignee_id"] == mia.pk
    assert again(ticket).assignee_id == mia.pk
    actions.assign(ticket, mia, actor=sam.actor, instead_of=0)
    writes(dana, ticket, "What else changed does not matter.")
    actions.assign(ticket, leo, actor=sam.actor, instead_of=mia.pk)
    actions.assign(ticket, None, actor=leo.actor, instead_of=leo.pk)
    with pytest.raises(Conflict, match="took the assignee off"):
        actions.assign(ticket, sam, actor=sam.actor, instead_of=leo.pk)
