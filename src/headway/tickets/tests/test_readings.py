"""What somebody has read, and what is news to them."""

from dataclasses import replace

import pytest

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, readings
from headway.tickets.actions.removal import remove
from headway.tickets.models import Reading, Ticket
from headway.tickets.queries import listing, setup
from headway.tickets.queries.filters import Condition, Filter
from headway.tickets.queries.readings import reading_of, unread_among
from headway.tickets.tests.desk import asks, writes


def _unread(agent: Agent, *tickets: Ticket) -> set[int]:
    """By both ways of asking, which never differ."""
    ids = [ticket.pk for ticket in tickets]
    found = unread_among(agent, ids)
    chosen = Filter(conditions=(Condition("unread", (agent.pk,)),))
    assert {row.id for row in listing(agent, chosen, limit=100).rows} & set(ids) == found
    rest = Filter(conditions=(Condition("unread", (agent.pk,), unwanted=True),))
    assert {row.id for row in listing(agent, rest, limit=100).rows} & set(ids) == set(ids) - found
    return found


def test_news_is_what_others_said_since(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    assert _unread(sam, ticket) == {ticket.pk}
    readings.read_all(ticket, actor=sam.actor)
    assert _unread(sam, ticket) == set()
    assert _unread(mia, ticket) == {ticket.pk}
    actions.reply(ticket, Words(text="We look."), actor=sam.actor)
    actions.note(ticket, "Mine.", actor=sam.actor)
    assert _unread(sam, ticket) == set(), "one's own words are no news"
    actions.note(ticket, "Hers.", actor=mia.actor)
    assert _unread(sam, ticket) == {ticket.pk}
    readings.read_all(ticket, actor=sam.actor)
    writes(dana, ticket, "And another thing.")
    assert _unread(sam, ticket) == {ticket.pk}


def test_automatic_answers_and_withdrawn_ones_are_no_news(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    readings.read_all(ticket, actor=sam.actor)
    actions.reply(ticket, Words(text="We got your mail.", automatic=True), actor=Actor.system())
    assert _unread(sam, ticket) == set()
    hers = actions.reply(ticket, Words(text="Too early."), actor=mia.actor)
    assert _unread(sam, ticket) == {ticket.pk}
    actions.withdraw(hers, actor=mia.actor)
    assert _unread(sam, ticket) == set()


def test_finished_tickets_that_somebody_never_opened_ask_nothing_of_them(
    sam: Agent, mia: Agent, dana: Customer
) -> None:
    ticket = asks(dana)
    readings.read_all(ticket, actor=sam.actor)
    actions.set_status(ticket, setup.status_for("solved"), actor=sam.actor)
    assert _unread(mia, ticket) == set()
    actions.note(ticket, "It was the bank.", actor=mia.actor)
    assert _unread(sam, ticket) == {ticket.pk}


def test_reading_never_goes_back_by_itself(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    readings.read_all(ticket, actor=sam.actor)
    before = Reading.objects.get()
    readings.read(ticket, actor=sam.actor, message_id=1)
    readings.read_all(ticket, actor=sam.actor)
    after = Reading.objects.get()
    assert (after.message_id, after.note_id, after.at) == (before.message_id, before.note_id, before.at)


def test_a_ticket_is_marked_unread_again(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.note(ticket, "Hers.", actor=mia.actor)
    actions.note(ticket, "Mine.", actor=sam.actor)
    readings.read_all(ticket, actor=sam.actor)
    entries = Entry.objects.count()
    readings.mark_unread(ticket, actor=sam.actor)
    readings.mark_unread(ticket, actor=sam.actor)
    assert _unread(sam, ticket) == {ticket.pk}
    read = reading_of(sam, ticket)
    assert read is not None
    assert read.message_id > 0, "only the last of them is unread again"
    readings.read_all(ticket, actor=sam.actor)
    assert _unread(sam, ticket) == set()
    assert Entry.objects.count() == entries, "reading says nothing to the journal"


def test_a_ticket_that_nobody_opened_is_marked_unread(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.set_status(ticket, setup.status_for("solved"), actor=sam.actor)
    readings.mark_unread(ticket, actor=sam.actor)
    assert _unread(sam, ticket) == {ticket.pk}


def test_without_anybody_elses_words_there_is_nothing_to_mark(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    ticket.messages.all().delete()
    with pytest.raises(Conflict):
        readings.mark_unread(ticket, actor=sam.actor)


def test_what_goes_takes_its_readings_along(sam: Agent, leo: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    readings.read_all(ticket, actor=sam.actor)
    remove([ticket.pk], actor=leo.actor, reason="deleted")
    assert not Reading.objects.exists()


def test_a_reading_is_marked_behind_by_whatever_is_written_or_moved(sam: Agent, mia: Agent, dana: Customer) -> None:
    def behind(*tickets: Ticket) -> set[int]:
        rows = Reading.objects.filter(agent_id=sam.pk, behind=True, ticket__in=tickets)
        return set(rows.values_list("ticket_id", flat=True))

    ticket, other = asks(dana), asks(dana, "Other")
    for each in (ticket, other):
        readings.read_all(each, actor=sam.actor)
    assert behind(ticket, other) == set()
    writes(dana, ticket, "And?")
    assert behind(ticket, other) == {ticket.pk}
    readings.read(ticket, actor=sam.actor, message_id=ticket.messages.earliest("pk").pk)
    assert behind(ticket) == {ticket.pk}, "what came last was not seen"
    readings.read_all(ticket, actor=sam.actor)
    actions.note(ticket, "Hm.", actor=mia.actor)
    assert behind(ticket) == {ticket.pk}
    readings.read_all(ticket, actor=sam.actor)
    readings.mark_unread(ticket, actor=sam.actor)
    assert _unread(sam, ticket) == behind(ticket) == {ticket.pk}
    readings.read_all(ticket, actor=sam.actor)
    actions.merge(ticket, other, actor=mia.actor)
    assert behind(other) == {other.pk}, "messages came from elsewhere"


def test_unread_is_asked_for_in_every_list(sam: Agent, mia: Agent, dana: Customer) -> None:
    """Never opened and unfinished: in its list, and what is spam or merged in theirs."""
    plain, spam, merged = asks(dana), actions.suspect(asks(dana), actor=mia.actor), asks(dana)
    actions.merge(merged, plain, actor=mia.actor)
    condition = (Condition("unread", (sam.pk,)),)
    for chosen, expected in ((Filter(), plain), (Filter(suspected=True), spam), (Filter(merged=True), merged)):
        rows = listing(sam, replace(chosen, conditions=condition)).rows
        assert {row.id for row in rows} <= {expected.pk}
    assert [row.id for row in listing(sam, Filter(suspected=True, conditions=condition)).rows] == [spam.pk]
