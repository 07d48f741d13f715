"""The benches fill a database behind the models' back: a column that comes new must not stop them."""

import pytest

from bench.load import PER_TICKET, fill
from headway.people.models import Agent
from headway.tickets.models import Message, Ticket
from headway.tickets.queries import listing
from headway.tickets.queries.filters import Filter

pytestmark = pytest.mark.long


def test_a_filled_database_is_one_that_the_desk_lists(committed_db: str) -> None:
    fill(committed_db, 60, say=False)
    assert (Ticket.objects.count(), Message.objects.count()) == (60, 60 * PER_TICKET)
    assert Agent.objects.count() == 50
    assert len(listing(Agent.objects.order_by("pk")[0], Filter(), limit=50).rows) > 0
