"""Search at the desk: typed filters, what it found marked, completion."""

import html
import re

from headway.people.models import Agent, Customer, Team
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_typed_filters_and_marks(at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer) -> None:
    card = ask(dana, "Card <i>declined</i>", "The bank refused <script>alert(1)</script> it.", assignee=sam)
    ask(chen, "Another", "It was refused too.")
    page = at_desk(sam).get("/desk/views/open?q=refused+assignee:me").content.decode()
    assert re.findall(r'<li id="row-(\d+)"', page) == [str(card.pk)]
    assert "The bank <mark>refused</mark> &lt;script&gt;" in page
    assert "Card &lt;i&gt;declined&lt;/i&gt;" in page


def test_what_means_nothing_is_said(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ask(dana, "Card", "refused")
    page = at_desk(sam).get("/desk/views/open?q=refused+colour:red+assignee:zoe").content.decode()
    assert "colour: is not a filter" in page
    assert "assignee:zoe: nothing here has that name." in page


def test_completion(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer, frontline: Team) -> None:
    ask(dana, tags=["billing", "vip"])
    client = at_desk(sam)

    def offered(text: str) -> list[str]:
        page = client.get("/desk/completions", {"q": text}, headers=HTMX).content.decode()
        return [html.unescape(each) for each in re.findall(r'data-insert="([^"]*)"', page)]

    assert offered("card -as") == ["-assignee:"]
    assert offered("assignee:m") == ["assignee:me", "assignee:Mia", "assignee:Sam"]
    assert offered("to:fr") == ["to:Frontline"]
    assert offered("tag:b") == ["tag:billing"]
    assert offered('from:"dana or') == [f"from:{dana.identities.filter(kind='email').get().value}"]
    assert offered("is:op") == ["is:open"]
    assert offered("priority:u") == ["priority:urgent"]
    assert offered("status:wait") == ['status:"Waiting on customer"']
    assert offered("from:d") == offered("xyz") == offered("colour:") == []
    assert len(offered("is:")) == 8
    assert len(offered("")) == 13
