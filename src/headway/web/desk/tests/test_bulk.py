"""One change on many tickets: what would come of it, the change, the way back."""

import json
from typing import Any

from django.test import Client

from headway.events.models import Entry
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import setup
from headway.tickets.queries.beside import tag_names
from headway.web.desk.tests.conftest import HTMX, Ask, At


def _ids(*tickets: Ticket) -> str:
    return ",".join(str(ticket.pk) for ticket in tickets)


def _change(client: Client, address: str = "/desk/bulk", **values: Any) -> list[dict[str, Any]]:
    response = client.post(address, values, headers=HTMX)
    assert response.status_code == 200, response.content.decode()
    found: list[dict[str, Any]] = json.loads(response.content)
    return found


def test_a_preview_says_how_many_and_which_cannot_and_changes_nothing(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer
) -> None:
    fine, there, closed = ask(dana, "Fine"), ask(dana, "There", assignee=sam), ask(dana, "Closed for good")
    actions.set_status(closed, setup.status_for("closed"), actor=sam.actor)
    before = Entry.objects.count()
    values = {"ids": _ids(fine, there, closed) + ",999999", "assignee": sam.pk}
    page = at_desk(sam).post("/desk/bulk/preview", values, headers=HTMX).content.decode()
    assert "1 ticket will change." in page
    assert "2 cannot:" in page
    assert "1 is so already." in page
    assert f"#{closed.pk}</b> <bdi>Closed for good" in page
    assert "#999999" in page
    fine.refresh_from_db()
    assert (fine.assignee_id, Entry.objects.count()) == (None, before)
    form = at_desk(sam).get(f"/desk/bulk?ids={_ids(fine, there)}&focus=status", headers=HTMX).content.decode()
    assert "Change 2 tickets" in form
    nothing = at_desk(sam).post("/desk/bulk/preview", {"ids": _ids(fine)}, headers=HTMX).content.decode()
    assert "Choose what to change." in nothing


def test_everything_at_once_and_back(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer, frontline: Team
) -> None:
    one, two = ask(dana, "One", tags=["old", "kept"]), ask(dana, "Two", assignee=sam, priority=4)
    actions.set_status(two, setup.status_for("waiting"), actor=sam.actor)
    client = at_desk(sam)
    results = _change(
        client, ids=_ids(one, two), assignee=mia.pk, team=frontline.pk, status=setup.status_for("hold").pk, priority=3,
        add_tags="vip, kept", remove_tags="old",
    )  # fmt: skip
    assert [(result["id"], result["outcome"]) for result in results] == [(one.pk, "changed"), (two.pk, "changed")]
    for ticket in (one, two):
        ticket.refresh_from_db()
        assert (ticket.assignee, ticket.team, ticket.category, ticket.priority) == (mia, frontline, "hold", 3)
    assert tag_names(one) == ["kept", "vip"]
    back = _change(client, "/desk/bulk/undo", before=json.dumps([result["before"] for result in results]))
    assert [result["outcome"] for result in back] == ["changed", "changed"]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.assignee, one.team, one.category, one.priority) == (None, None, "new", 2)
    assert tag_names(one) == ["kept", "old"]
    assert (two.assignee, two.team, two.category, two.priority, tag_names(two)) == (sam, None, "waiting", 4, [])


def test_spam_and_back(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    (result,) = _change(client, ids=_ids(ticket), spam="yes")
    ticket.refresh_from_db()
    assert ticket.suspected_at is not None
    _change(client, "/desk/bulk/undo", before=json.dumps([result["before"]]))
    ticket.refresh_from_db()
    assert ticket.suspected_at is None


def test_what_somebody_changed_since_is_left_alone(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer
) -> None:
    ticket, client = ask(dana), at_desk(sam)
    (result,) = _change(client, ids=_ids(ticket), priority=4)
    actions.assign(ticket, mia, actor=mia.actor)
    (back,) = _change(client, "/desk/bulk/undo", before=json.dumps([result["before"]]))
    assert back["outcome"] == "refused"
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (4, mia)


def test_one_that_refuses_stops_nobody_else(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    closed, fine, same = ask(dana, "Closed"), ask(dana, "Fine"), ask(dana, "Same")
    actions.set_status(closed, setup.status_for("closed"), actor=sam.actor)
    actions.set_status(same, setup.status_for("waiting"), actor=sam.actor)
    results = _change(at_desk(sam), ids=_ids(closed, fine, same), status=setup.status_for("waiting").pk)
    assert [result["outcome"] for result in results] == ["refused", "changed", "same"]
    assert results[0]["reason"]


def test_odd_requests_change_nothing(at_desk: At, ask: Ask, sam: Agent, lim: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    for address, values in (
        ("/desk/bulk", {"ids": _ids(ticket)}),
        ("/desk/bulk", {"ids": ",".join(map(str, range(1, 13))), "priority": "4"}),
        ("/desk/bulk", {"ids": _ids(ticket), "priority": "9"}),
        ("/desk/bulk/undo", {"before": "[{}]"}), ("/desk/bulk/undo", {"before": "nothing"}),
    ):  # fmt: skip
        assert client.post(address, values, headers=HTMX).status_code in (400, 422), (address, values)
    assert at_desk(lim).post("/desk/bulk", {"ids": _ids(ticket), "priority": "4"}, headers=HTMX).status_code == 403
    assert "row-pick" in client.get("/desk/views/open").content.decode()
    assert "bulk-bar" not in at_desk(lim).get("/desk/views/open").content.decode()
    ticket.refresh_from_db()
    assert ticket.version == 1
