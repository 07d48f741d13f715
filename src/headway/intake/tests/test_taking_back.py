"""A reply is taken back: the ticket stands as before, but for what others did to it since."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from headway.events import queries as events
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden
from headway.intake import actions
from headway.intake.email import sending
from headway.intake.models import Delivery
from headway.people.models import Agent, Brand, Customer
from headway.settings import actions as settings
from headway.sla.queries import clock_of
from headway.tickets import actions as tickets
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Message, Ticket
from headway.tickets.queries import conversation, search, setup
from headway.tickets.queries.filters import Filter

KEPT = (
    "status", "category", "assignee", "waiting_since", "first_replied_at", "solved_at", "snoozed_until", "active_at",
    "snippet",
)  # fmt: skip


def ask(customer: Customer, brand: Brand, text: str = "It does not start.") -> Ticket:
    opening = Opening(subject="Engine", channel="email", customer=customer, brand=brand)
    return tickets.open_ticket(opening, Words(text=text), actor=Actor.customer(customer.pk))[0]


def standing(ticket: Ticket) -> dict[str, object]:
    values = model_to_dict(Ticket.objects.get(pk=ticket.pk))
    return {name: values[name] for name in KEPT}


def answer(ticket: Ticket, sam: Agent, category: str = "waiting") -> Message:
    return tickets.reply(
        ticket, Words(text="Turn the key unicorn."), actor=sam.actor, status=setup.status_for(category)
    )


@pytest.mark.parametrize("category", ["waiting", "solved", "open", "hold"])
def test_everything_stands_as_before(category: str, sam: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    before, owed = standing(ticket), clock_of(ticket.pk).promise
    message = answer(ticket, sam, category)
    assert standing(ticket) != before
    sending.queue(message)
    actions.take_back(message, actor=sam.actor)
    assert standing(ticket) == before
    assert clock_of(ticket.pk).promise == owed is not None
    assert [turn.text for turn in conversation(ticket).turns] == ["It does not start."]
    assert search(sam, "unicorn", Filter()).rows == []
    assert list(Delivery.objects.values_list("state", flat=True)) == ["cancelled"]


def test_a_snoozed_and_given_ticket_is_both_again(sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    tickets.assign(ticket, mia, actor=sam.actor)
    tickets.snooze(ticket, now() + timedelta(days=2), actor=sam.actor)
    before = standing(ticket)
    actions.take_back(answer(ticket, sam, "solved"), actor=sam.actor)
    assert standing(ticket) == before


def test_what_somebody_changed_meanwhile_stays(sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam)
    tickets.set_status(ticket, setup.status_for("hold"), actor=mia.actor)
    tickets.assign(ticket, mia, actor=mia.actor)
    actions.take_back(message, actor=sam.actor)
    now_standing = standing(ticket)
    assert (now_standing["category"], now_standing["assignee"]) == ("hold", mia.pk)
    assert now_standing["waiting_since"] == ticket.waiting_since
    assert now_standing["first_replied_at"] is None


def test_back_and_forth_to_the_same_status_is_somebodys_change(
    sam: Agent, mia: Agent, dana: Customer, acme: Brand
) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam)
    for category in ("open", "waiting"):
        tickets.set_status(ticket, setup.status_for(category), actor=mia.actor)
    actions.take_back(message, actor=sam.actor)
    assert standing(ticket)["category"] == "waiting"


def test_the_customer_wrote_meanwhile(sam: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam)
    tickets.receive(ticket, Words(text="Any news?"), customer=dana, actor=Actor.customer(dana.pk))
    actions.take_back(message, actor=sam.actor)
    after = standing(ticket)
    assert (after["category"], after["snippet"]) == ("open", "Any news?")
    assert after["waiting_since"] == ticket.waiting_since, "the first question was never answered"


def test_a_colleagues_reply_after_it_counts(sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam)
    second = tickets.reply(ticket, Words(text="Call us."), actor=mia.actor)
    actions.take_back(message, actor=sam.actor)
    after = standing(ticket)
    assert (after["waiting_since"], after["first_replied_at"], after["snippet"]) == (None, second.at, "Call us.")


def test_once_claimed_for_sending_it_is_too_late(sam: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam)
    sending.queue(message)
    Delivery.objects.update(state="sending", attempts=1)
    before = standing(ticket)
    with pytest.raises(Conflict, match="left already"):
        actions.take_back(message, actor=sam.actor)
    assert standing(ticket) == before
    message.refresh_from_db()
    assert message.withdrawn_at is None
    assert not Entry.objects.filter(kind="message.taken_back").exists()


def test_taken_back_before_it_was_queued_it_is_never_queued(sam: Agent, dana: Customer, acme: Brand) -> None:
    message = answer(ask(dana, acme), sam)
    actions.take_back(message, actor=sam.actor)
    assert sending.queue(message) == 0
    assert not Delivery.objects.exists()


def test_twice_is_once(sam: Agent, dana: Customer, acme: Brand) -> None:
    message = answer(ask(dana, acme), sam)
    actions.take_back(message, actor=sam.actor)
    with pytest.raises(Conflict, match="already"):
        actions.take_back(message, actor=sam.actor)
    assert Entry.objects.filter(kind="message.taken_back").count() == 1


def test_an_imported_answer_cannot_be_taken_back(sam: Agent, dana: Customer, acme: Brand) -> None:
    message = tickets.reply(ask(dana, acme), Words(text="Old"), actor=sam.actor, silent=True)
    with pytest.raises(Conflict):
        actions.take_back(message, actor=sam.actor)


def test_a_light_agent_takes_nothing_back(sam: Agent, lim: Agent, dana: Customer, acme: Brand) -> None:
    message = answer(ask(dana, acme), sam)
    with pytest.raises(Forbidden):
        actions.take_back(message, actor=lim.actor)


def test_the_journal_says_what_counts_no_more(sam: Agent, dana: Customer, acme: Brand) -> None:
    ticket = ask(dana, acme)
    message = answer(ticket, sam, "solved")
    actions.take_back(message, actor=sam.actor)
    story = {each.id: each.event.kind for each in map(events.recorded, events.of_ticket(ticket.pk))}
    taken = Entry.objects.get(kind="message.taken_back")
    assert [story[number] for number in taken.data["undone_ids"]] == [
        "message.written",
        "ticket.status_changed",
        "ticket.solved",
    ]


def test_with_a_worker_nothing_leaves(
    committed_db: str, run_jobs: Callable[[], None], sam: Agent, dana: Customer, acme: Brand
) -> None:
    """The follower queues it, it is taken back, its time comes: the claim finds nothing."""
    settings.change({"undo_seconds": 60}, actor=Actor.system())
    ticket = ask(dana, acme)
    before = standing(ticket)
    message = answer(ticket, sam)
    run_jobs()
    assert list(Delivery.objects.values_list("state", flat=True)) == ["queued"]
    actions.take_back(message, actor=sam.actor)
    Delivery.objects.update(due_at=now())
    sending.send(message.pk)
    run_jobs()
    assert list(Delivery.objects.values_list("state", flat=True)) == ["cancelled"]
    assert standing(ticket) == before
