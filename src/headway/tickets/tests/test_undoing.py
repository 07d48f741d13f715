"""Taking a change of status back: as if it had not been made, and never over somebody else's act."""

import pytest

from headway.events.models import Entry
from headway.foundation.errors import Conflict
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import again, asks, status, writes


def _stands(ticket: Ticket) -> tuple[object, ...]:
    row = again(ticket)
    return (row.category, row.waiting_since, row.solved_at, row.snoozed_until)


@pytest.mark.parametrize("category", ["solved", "waiting", "open", "hold"])
def test_new_again_and_waiting_as_long(dana: Customer, sam: Agent, category: str) -> None:
    ticket = asks(dana)
    before = _stands(ticket)
    assert before[0] == "new"
    actions.set_status(ticket, status(category), actor=sam.actor)
    actions.take_move_back(ticket, actor=sam.actor)
    assert _stands(ticket) == before
    taken = Entry.objects.get(kind="ticket.move_taken_back")
    undone = Entry.objects.filter(pk__in=taken.data["undone_ids"]).values_list("kind", flat=True)
    assert set(undone) == ({"ticket.status_changed"} | ({"ticket.solved"} if category == "solved" else set()))


def test_a_solved_one_that_was_reopened_is_solved_since_then(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    actions.set_status(ticket, status("solved"), actor=sam.actor)
    before = _stands(ticket)
    actions.set_status(ticket, status("open"), actor=sam.actor)
    actions.take_move_back(ticket, actor=sam.actor)
    assert _stands(ticket) == before


def test_only_ones_own_latest_move(dana: Customer, sam: Agent, mia: Agent) -> None:
    ticket = asks(dana)
    with pytest.raises(Conflict):
        actions.take_move_back(ticket, actor=sam.actor)
    actions.set_status(ticket, status("waiting"), actor=sam.actor)
    with pytest.raises(Conflict):
        actions.take_move_back(ticket, actor=mia.actor)
    writes(dana, ticket, "Here it is.")
    with pytest.raises(Conflict):
        actions.take_move_back(ticket, actor=sam.actor)
    actions.set_status(ticket, status("solved"), actor=sam.actor)
    actions.take_move_back(ticket, actor=sam.actor)
    with pytest.raises(Conflict):
        actions.take_move_back(ticket, actor=sam.actor)


def test_out_of_closed_nothing_comes(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    actions.set_status(ticket, status("closed"), actor=sam.actor)
    with pytest.raises(Conflict):
        actions.take_move_back(ticket, actor=sam.actor)
