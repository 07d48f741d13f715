"""One's own active time at the desk."""

import pytest

from headway.people.models import Agent, Customer
from headway.people.rules import Sees
from headway.tickets.models import Stretch
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At
from headway.web.desk.work import spent


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0, "under a minute"), (59_999, "under a minute"), (60_000, "1 min"), (4_800_000, "1 h 20 min")],
)
def test_lengths(milliseconds: int, words: str) -> None:
    assert spent(milliseconds) == words


def test_it_is_ones_own(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    path = f"/desk/tickets/{ticket.pk}"
    assert client.post(f"{path}/work", {"visit": "v1", "ms": "65000"}).content == b"1 min"
    assert ">1 min<" in client.get(path, headers=HTMX).content.decode()
    assert ">under a minute<" in at_desk(mia).get(path, headers=HTMX).content.decode()
    assert Program(sam).get(f"/tickets/{ticket.pk}/active-time").body == {"active_ms": 65_000}
    assert Program(mia).get(f"/tickets/{ticket.pk}/active-time").body == {"active_ms": 0}
    assert client.post(f"{path}/work", {"visit": "", "ms": "1"}).status_code == 422
    sam.sees = Sees.TEAMS
    sam.save()
    assert client.post(f"{path}/work", {"visit": "v1", "ms": "70000"}).status_code == 404
    assert Stretch.objects.get().active_ms == 65_000
