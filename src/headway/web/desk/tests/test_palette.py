"""What the command palette finds on the server."""

import html
import re

from headway.people.models import Agent, Customer
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_tickets_customers_and_a_search(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    card, other = ask(dana, "Card <b>refused</b>", "Twice."), ask(dana, "Order", "It was refused.")
    client = at_desk(sam)

    def found(words: str) -> list[str]:
        page = client.get("/desk/palette", {"q": words}, headers=HTMX).content.decode()
        assert "<b>" not in page
        return [html.unescape(each) for each in re.findall(r'data-href="([^"]*)"', page)]

    assert found("refused") == [f"/desk/tickets/{other.pk}", f"/desk/tickets/{card.pk}", "/desk/views/all?q=refused"]
    assert found(f"#{card.pk}")[0] == f"/desk/tickets/{card.pk}"
    assert f"/desk/customers/{dana.pk}" in found("dana")
    assert found("refu")[:2] == found("refused")[:2]
    assert found("x") == ["/desk/views/all?q=x"]
    assert found("") == []


def test_nothing_out_of_sight(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = ask(dana, "Refused", assignee=mia)
    sam.sees = "teams"
    sam.save()
    for words in ("refused", str(ticket.pk)):
        page = at_desk(sam).get("/desk/palette", {"q": words}, headers=HTMX).content.decode()
        assert "/desk/tickets/" not in page
