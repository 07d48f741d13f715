"""The list: what is in which view, how it is narrowed, what it costs."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.models import Tagging
from headway.tickets.queries import setup
from headway.web.desk import listing
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_the_desk_opens_at_ones_own_tickets(at_desk: At, sam: Agent) -> None:
    assert at_desk(sam).get("/desk/").headers["Location"] == "/desk/views/mine"


def test_nobody_comes_in_unasked(db: None) -> None:
    nobody = Client()
    response = nobody.get("/desk/views/mine")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")
    part = nobody.get("/desk/views/mine", headers=HTMX)
    assert (part.status_code, part.headers["HX-Refresh"]) == (401, "true")


def test_each_view_has_what_it_says(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer, frontline: Team
) -> None:
    mine = ask(dana, "mine", assignee=sam)
    free = ask(dana, "free")
    team = ask(dana, "team", team=frontline, assignee=mia)
    spam = ask(dana, "spam")
    actions.suspect(spam, actor=sam.actor)
    waiting = ask(dana, "waiting", assignee=sam)
    actions.set_status(waiting, setup.status_for("waiting"), actor=sam.actor)
    solved = ask(dana, "solved", assignee=sam)
    actions.set_status(solved, setup.status_for("solved"), actor=sam.actor)
    expected = {
        "mine": {mine}, "unassigned": {free}, f"team-{frontline.pk}": {team}, "open": {mine, free, team},
        "waiting": {waiting}, "solved": {solved}, "spam": {spam}, "all": {mine, free, team, waiting, solved},
    }  # fmt: skip
    client = at_desk(sam)
    everything = {mine, free, team, spam, waiting, solved}
    for name, inside in expected.items():
        page = client.get(f"/desk/views/{name}").content.decode()
        assert {ticket for ticket in everything if f'id="row-{ticket.pk}"' in page} == inside, name


def test_filters_and_search(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    card = ask(dana, "Card declined", "The bank refused it.", tags=["billing"], priority=4)
    order = ask(dana, "Where is my order", "It should be here.")
    client = at_desk(sam)

    def shown(query: str) -> set[int]:
        page = client.get(f"/desk/views/open?{query}").content.decode()
        return {ticket.pk for ticket in (card, order) if f'id="row-{ticket.pk}"' in page}

    assert shown("tag=billing") == {card.pk}
    assert shown("priority=4") == {card.pk}
    assert shown("priority=2") == {order.pk}
    assert shown("assignee=none") == {card.pk, order.pk}
    assert shown("assignee=me") == set()
    assert shown("q=refused") == {card.pk}
    assert shown("q=bank+order") == set()
    assert shown("status=new&channel=email") == {card.pk, order.pk}


def test_more_rows_come_by_cursor(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    tickets = [ask(dana, f"number {index}") for index in range(55)]
    client = at_desk(sam)
    first = client.get("/desk/views/open").content.decode()
    cursor = first.split("cursor=")[1].split('"')[0]
    rest = client.get(f"/desk/views/open?cursor={cursor}", headers=HTMX).content.decode()
    seen = [ticket.pk for ticket in tickets if f'id="row-{ticket.pk}"' in first + rest]
    assert len(seen) == 55
    assert first.count("<li id=") == listing.FIRST
    assert rest.count("<li id=") == 55 - listing.FIRST
    assert "<html" not in rest


def test_changes_tell_what_arrived_and_draw_what_moved(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    here, new = ask(dana, "here", assignee=sam), ask(dana, "new", assignee=sam)
    other = ask(dana, "somebody else's")
    address = f"/desk/changes?in=mine&ids={here.pk},{new.pk},{other.pk}&here={here.pk}"
    response = at_desk(sam).get(address, headers=HTMX)
    assert response.headers["HX-Trigger"] == f'{{"arrived": {{"ids": [{new.pk}], "gone": [{other.pk}]}}}}'
    page = response.content.decode()
    assert f'id="row-{here.pk}" hx-swap-oob="true"' in page
    assert f'id="row-{new.pk}"' not in page


def test_what_a_list_costs(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    for index in range(12):
        ask(dana, f"number {index}", tags=["a", "b"])
    assert Tagging.objects.count() == 24
    client = at_desk(sam)
    client.get("/desk/views/open")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/desk/views/open")
    names = [
        "settings' version", "session", "person", "own teams", "rows", "their tags", "what is owed on them",

        "what is unread", "held or not", "saved views",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)


def test_what_more_rows_cost(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    for index in range(52):
        ask(dana, f"number {index}")
    client = at_desk(sam)
    page = client.get("/desk/views/open").content.decode()
    cursor = page.split("cursor=")[1].split('"')[0]
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/desk/views/open?cursor={cursor}", headers=HTMX)
    names = [
        "settings' version", "session", "person", "own teams", "rows", "their tags", "what is owed on them",

        "what is unread",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)
