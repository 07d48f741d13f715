"""Out of sight until a time or a reply, and why it came back."""

from datetime import timedelta

from headway.foundation.clock import frozen, now
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions.aging import wake_due
from headway.tickets.models import Message, Ticket
from headway.tickets.queries import listing
from headway.tickets.queries.views import shown
from headway.tickets.rules.snoozing import UNTIL_A_REPLY
from headway.tickets.tests.desk import again, answers, asks, writes


def _why(sam: Agent, ticket: Ticket) -> list[str]:
    rows = listing(sam, shown("open", sam).filter).rows
    return [row.returned for row in rows if row.id == ticket.pk]


def test_until_a_reply_only_the_customer_ends_it(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    actions.snooze(ticket, None, actor=sam.actor)
    assert again(ticket).snoozed_until == UNTIL_A_REPLY
    with frozen(now() + timedelta(days=3650)):
        assert wake_due() == 0
    assert _why(sam, ticket) == []
    writes(dana, ticket, "I am away.", automatic=True)
    assert _why(sam, ticket) == []
    writes(dana, ticket, "Now it works again, but slowly.")
    assert _why(sam, ticket) == ["reply"]


def test_the_list_says_why_until_somebody_acts(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    assert _why(sam, ticket) == [""]
    actions.snooze(ticket, now() + timedelta(hours=1), actor=sam.actor)
    with frozen(now() + timedelta(hours=2)):
        wake_due()
    assert _why(sam, ticket) == ["time"]
    actions.note(ticket, "Looking at it.", actor=sam.actor)
    assert _why(sam, ticket) == ["time"]
    answers(sam, ticket)
    assert again(ticket).returned == ""
    actions.withdraw(Message.objects.get(direction="out"), actor=sam.actor)
    assert _why(sam, ticket) == ["time"], "taken back, it is as before"
    answers(sam, ticket)
    writes(dana, ticket, "It fails again with an error.")
    assert _why(sam, ticket) == ["reply"]
    actions.snooze(ticket, None, actor=sam.actor)
    actions.wake(ticket, actor=sam.actor)
    assert _why(sam, ticket) == [""], "they brought it back themselves"
