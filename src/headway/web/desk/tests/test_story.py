"""A ticket's journal in words."""

from datetime import UTC, datetime

import pytest

from headway.events import event as events
from headway.events.actor import Actor
from headway.events.event import Event, Recorded
from headway.events.vocabulary import messages, tickets
from headway.web.desk.story import LINES, Names, line

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NAMES = Names(
    agents={1: "Sam", 2: "Mia"}, teams={3: "Billing"}, statuses={4: "Solved"}, tags={5: "vip", 6: "refund"},
    types={7: "Question"}, customer="Dana",
)  # fmt: skip
SAM, DANA = Actor.agent(1, "agent"), Actor.customer(9)

TOLD = [
    (tickets.TicketAssigned(ticket_id=1, from_agent=None, to_agent=2), SAM, "Sam assigned it to Mia"),
    (tickets.TicketAssigned(ticket_id=1, from_agent=None, to_agent=1), SAM, "Sam took the ticket"),
    (tickets.TicketAssigned(ticket_id=1, from_agent=2, to_agent=None), SAM, "Sam took the assignee off"),
    (tickets.TeamChanged(ticket_id=1, from_team=None, to_team=3), SAM, "Sam moved it to Billing"),
    (tickets.PriorityChanged(ticket_id=1, from_priority="low", to_priority="urgent"), SAM,
     "Sam set the priority to Urgent"),
    (tickets.StatusChanged(ticket_id=1, from_status=1, from_category="open", to_status=4, to_category="solved"),
     Actor.system(), "Headway set the status to Solved"),
    (tickets.TicketTagged(ticket_id=1, tag_ids=(5, 6)), SAM, "Sam added vip, refund"),
    (tickets.TicketsLinked(ticket_id=1, other_id=12, link="related"), SAM, "Sam linked it to #12"),
    (tickets.TicketMerged(ticket_id=1, into_id=13), SAM, "Sam merged it into #13"),
    (tickets.TicketRated(ticket_id=1, scale="csat", score=5), DANA, "Dana rated it 5"),
    (tickets.TicketSuspected(ticket_id=1, by="agent"), Actor.automation(), "An automation marked it as suspected spam"),
    (messages.MessageReceived(ticket_id=1, message_id=2, channel="email"), DANA, None),
]  # fmt: skip


@pytest.mark.parametrize(("event", "actor", "words"), TOLD, ids=lambda value: getattr(value, "kind", ""))
def test_words(event: Event, actor: Actor, words: str | None) -> None:
    told = line(Recorded(1, event, AT, AT, actor, None), NAMES)
    assert (told.words if told else None) == words


def test_forty_tags_are_five_and_the_rest() -> None:
    names = Names(agents={1: "Sam"}, tags={number: f"t{number}" for number in range(40)})
    told = line(Recorded(1, tickets.TicketTagged(ticket_id=1, tag_ids=tuple(range(40))), AT, AT, SAM, None), names)
    assert told is not None
    assert told.words == "Sam added t0, t1, t2, t3, t4 and 35 more"


def test_every_kind_that_is_told_exists() -> None:
    assert set(LINES) <= set(events.kinds())
