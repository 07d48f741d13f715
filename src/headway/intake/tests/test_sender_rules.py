"""Sender rules: what arrives is suspected before anything comes of it, and rules learn from what people mark."""

import itertools
from collections.abc import Callable

import pytest

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.intake.email import acknowledging
from headway.intake.models import SenderRule
from headway.intake.spam import actions, erasing, learning, queries
from headway.intake.tests.letters import letter, message_of
from headway.people.actions import organisations
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions as tickets
from headway.tickets.actions import Opening, Words
from headway.tickets.models import Ticket

_numbers = itertools.count(1)


def comes(address: str, text: str = "Buy pills.", *headers: str) -> Ticket:
    """What a mail from an address became."""
    ticket = message_of(
        letter(text, *headers, sender=f"Somebody <{address}>", subject=f"Pills {next(_numbers)}")
    ).ticket
    return Ticket.objects.get(pk=ticket.pk)


def marks(ticket: Ticket, by: Agent) -> None:
    tickets.suspect(ticket, actor=by.actor)
    learning.learn(ticket, actor=by.actor)


def takes_back(ticket: Ticket, by: Agent) -> None:
    tickets.clear(ticket, actor=by.actor)
    learning.unlearn(ticket, actor=by.actor)


def in_force() -> dict[str, str]:
    return dict(SenderRule.objects.filter(removed_at__isnull=True).values_list("pattern", "verdict"))


def test_marking_teaches_the_address_and_taking_back_unteaches_it(database: None, sam: Agent) -> None:
    first = comes("Pills@Spam.example")
    assert first.suspected_at is None
    marks(first, sam)
    assert in_force() == {"pills@spam.example": "suspect"}
    second = comes("pills@spam.example")
    assert second.suspected_at is not None
    rule = SenderRule.objects.get()
    assert (rule.origin, rule.agent_id, rule.ticket_id, rule.matches) == ("marked", sam.pk, first.pk, 1)
    assert rule.matched_at is not None
    event = Entry.objects.get(kind="ticket.suspected", ticket_id=second.pk)
    assert event.data == {"by": "sender_rule", "rule_id": rule.pk}
    assert acknowledging.acknowledge(second.messages.get().pk) == ""
    assert comes("other@spam.example").suspected_at is None
    takes_back(second, sam)
    assert in_force() == {}
    assert comes("pills@spam.example").suspected_at is None


def test_marked_and_taken_back_at_once_teaches_nothing(database: None, sam: Agent) -> None:
    ticket = comes("dana@example.com")
    tickets.suspect(ticket, actor=sam.actor)
    tickets.clear(ticket, actor=sam.actor)
    learning.learn(ticket, actor=sam.actor)  # its job comes late
    learning.unlearn(ticket, actor=sam.actor)
    assert in_force() == {}
    assert not Entry.objects.filter(kind="sender_rule.made").exists()


def test_several_addresses_of_a_domain_teach_the_domain(database: None, sam: Agent, ada: Agent) -> None:
    marked = [comes(f"{name}@spam.example") for name in ("a", "b", "c")]
    for ticket in marked:
        marks(ticket, sam)
    assert in_force()["spam.example"] == "suspect"
    fourth = comes("d@spam.example")
    assert fourth.suspected_at is not None
    assert comes("d@mail.spam.example").suspected_at is None, "another domain"
    # one of them was right after all: the domain stands on too little
    takes_back(marked[0], sam)
    assert in_force() == {"b@spam.example": "suspect", "c@spam.example": "suspect"}
    marks(marked[0], sam)
    takes_back(fourth, sam)
    assert in_force()["d@spam.example"] == "allow", "the domain is suspected still, they are not"
    assert comes("d@spam.example").suspected_at is None
    assert comes("e@spam.example").suspected_at is not None
    # what a person removed is not learned again by itself
    actions.remove(SenderRule.objects.get(pattern="spam.example", removed_at__isnull=True), actor=ada.actor)
    marks(comes("f@spam.example"), sam)
    assert "spam.example" not in in_force()


def test_where_anybody_gets_an_address_no_domain_is_learned(database: None, sam: Agent) -> None:
    for name in "abcd":
        marks(comes(f"{name}@gmail.com"), sam)
    assert (len(in_force()), "gmail.com" in in_force(), queries.worth_asking()) == (4, False, [])


def test_where_customers_are_served_a_person_is_asked(database: None, sam: Agent, ada: Agent) -> None:
    organisations.create("Shop", actor=ada.actor, domains=("shop.example",))
    for name in "abc":
        marks(comes(f"{name}@shop.example"), sam)
    assert "shop.example" not in in_force()
    (asked,) = queries.worth_asking()
    assert (asked.name, asked.marked) == ("shop.example", 3)
    actions.add("shop.example", "suspect", actor=ada.actor)
    assert queries.worth_asking() == []


def test_a_domain_rule_never_catches_a_verified_customer_who_was_answered(
    database: None, sam: Agent, ada: Agent
) -> None:
    known, unanswered = comes("li@shop.example", "Where is it?"), comes("new@shop.example", "Hello?")
    tickets.reply(known, Words(text="On its way."), actor=sam.actor)
    rule = actions.add("@Shop.example", "suspect", actor=ada.actor)
    again = comes("li@shop.example", "And now?")
    assert again.suspected_at is None
    assert comes("new@shop.example").suspected_at is not None
    rule.refresh_from_db()
    assert rule.matches == 1
    assert unanswered.pk
    # a rule about the very address does
    marks(again, sam)
    assert comes("li@shop.example", "Hm.").suspected_at is not None


def test_a_mail_that_joins_a_ticket_is_not_judged(database: None, sam: Agent, ada: Agent) -> None:
    raw = letter("Where is it?", sender="Li <li@shop.example>", message_id="first@shop.example")
    ticket = message_of(raw).ticket
    rule = actions.add("li@shop.example", "suspect", actor=ada.actor)
    answer = letter("And?", "In-Reply-To: <first@shop.example>", sender="Li <li@shop.example>")
    assert message_of(answer).ticket_id == ticket.pk
    ticket.refresh_from_db()
    rule.refresh_from_db()
    assert (ticket.suspected_at, rule.matches) == (None, 0)


def test_rules_by_hand(database: None, ada: Agent, sam: Agent, acme: Brand) -> None:
    rule = actions.add("Example.ORG", "suspect", actor=ada.actor)
    assert actions.add("example.org", "suspect", actor=ada.actor).pk == rule.pk, "it says so already"
    allowed = actions.add("example.org", "allow", actor=ada.actor)
    assert in_force() == {"example.org": "allow"}
    with pytest.raises(Conflict):
        actions.put_back(rule, actor=ada.actor)
    actions.remove(allowed, actor=ada.actor)
    with pytest.raises(Conflict):
        actions.remove(allowed, actor=ada.actor)
    actions.put_back(rule, actor=ada.actor)
    assert in_force() == {"example.org": "suspect"}
    for wrong in ("", "com", "no address", "gmail.com", "@gmail.com", sam.email, "a@b@c", "x" * 300):
        with pytest.raises(Invalid):
            actions.add(wrong, "suspect", actor=ada.actor)
    with pytest.raises(Forbidden):
        actions.add("example.net", "suspect", actor=sam.actor)
    kinds = Entry.objects.filter(kind__startswith="sender_rule.").order_by("pk").values_list("kind", "data__reason")
    assert list(kinds) == [
        ("sender_rule.made", None), ("sender_rule.removed", "replaced"), ("sender_rule.made", None),
        ("sender_rule.removed", "removed"), ("sender_rule.put_back", None),
    ]  # fmt: skip


def test_our_own_and_forged_senders_are_never_learned(database: None, sam: Agent, acme: Brand, dana: Customer) -> None:
    """A customer record that has an agent's address; and a ticket whose sender nobody could believe."""
    own = comes(sam.email)
    marks(own, sam)
    opening = Opening(subject="Invoice", channel="email", brand=acme)
    forged, _message = tickets.open_ticket(opening, Words(text="Pay here."), actor=Actor.system())
    marks(forged, sam)
    assert in_force() == {}


def test_rules_go_with_the_person_they_are_about(database: None, ada: Agent) -> None:
    actions.add("dana@example.com", "suspect", actor=ada.actor)
    actions.add("example.org", "suspect", actor=ada.actor)
    assert erasing.forget(["Dana@Example.com", "no address"]) == 1
    assert in_force() == {"example.org": "suspect"}


def test_the_pipeline_teaches(committed_db: str, run_jobs: Callable[[], None], sam: Agent, dana: Customer) -> None:
    opening = Opening(subject="Pills", channel="email", customer=dana)
    ticket, _message = tickets.open_ticket(opening, Words(text="Buy."), actor=Actor.customer(dana.pk))
    tickets.suspect(ticket, actor=sam.actor)
    run_jobs()
    assert in_force() == {"dana@example.com": "suspect"}
    tickets.clear(ticket, actor=sam.actor)
    run_jobs()
    assert in_force() == {}
