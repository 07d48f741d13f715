"""A list is sorted as asked; a search that finds nothing says what to try."""

from headway.people.models import Agent, Customer
from headway.web.desk.tests.conftest import Ask, At


def test_oldest_and_due_soonest(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    tickets = [ask(dana, f"Number {number}") for number in range(53)]
    client = at_desk(sam)

    def shown(order: str) -> list[int]:
        page = client.get(f"/desk/views/open?order={order}").content.decode()
        cursor = page.split("cursor=")[1].split('"')[0].replace("&amp;", "&")
        more = client.get(f"/desk/views/open?order={order}&cursor={cursor}", headers={"HX-Request": "true"})
        both = page + more.content.decode()
        return [int(piece.split('"')[0]) for piece in both.split('<li id="row-')[1:]]

    numbers = [ticket.pk for ticket in tickets]
    assert shown("oldest") == numbers
    # no clock runs on any: the newest first, each once
    assert shown("due") == numbers[::-1]


def test_nothing_found_says_what_to_try(at_desk: At, sam: Agent) -> None:
    page = at_desk(sam).get("/desk/views/open?q=card+refused+tag:vip&priority=4").content.decode()
    assert "Search without filters" in page
    assert 'href="/desk/views/all?q=card+refused"' in page
    assert "Only refused" in page
    assert "Only card" not in at_desk(sam).get("/desk/views/open?q=card").content.decode()
