"""The bell, its page, the choices, and following, at the desk and through the API."""

from headway.events import tasks
from headway.events.models import Entry
from headway.notifications.models import Notification
from headway.people.models import Agent, Customer
from headway.people.rules import Sees
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At


def _call(ticket: Ticket, by: Agent, name: str = "Mia") -> None:
    actions.note(ticket, f"@{name}", actor=by.actor)
    for number in Entry.objects.filter(ticket_id=ticket.pk).order_by("pk").values_list("pk", flat=True):
        tasks.follow(number)


def test_the_bell_counts_and_lists(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana, "<b>Card</b>"), at_desk(mia)
    assert "Nothing yet" in client.get("/desk/notifications").content.decode()
    before = client.get("/desk/notifications/news").json()
    assert before == {"count": 0, "newest": 0, "items": []}
    _call(ticket, sam)
    counts = client.get("/desk/counts").content.decode()
    assert 'id="bell-count" hx-swap-oob="true" data-count="1"' in counts
    page = client.get("/desk/notifications", headers=HTMX).content.decode()
    assert "<html" not in page
    assert "Sam mentioned you" in page
    assert "&lt;b&gt;Card" in page
    news = client.get("/desk/notifications/news?after=0").json()
    assert news["count"] == 1
    assert news["items"] == [
        {
            "id": news["newest"],
            "title": "Sam mentioned you",
            "body": f"#{ticket.pk} <b>Card</b>",
            "href": f"/desk/tickets/{ticket.pk}",
        }
    ]
    assert client.get(f"/desk/notifications/news?after={news['newest']}").json()["items"] == []
    read = client.post("/desk/notifications/reading", {"up_to": news["newest"]}, headers=HTMX)
    assert '"bell": {"count": 0}' in read.headers["HX-Trigger"]


def test_who_opens_the_ticket_has_seen_it(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(mia)
    _call(ticket, sam)
    client.post(f"/desk/tickets/{ticket.pk}/reading", {"seen": "1.1.1"})
    assert client.get("/desk/notifications/news").json()["count"] == 0


def test_the_choices_are_kept(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    given = {"assignment": ["desk"], "mention": ["desk", "mail"], "follows": ["assigned"]}
    client.post("/desk/notifications/choices", given)
    program = Program(sam)
    assert program.get("/me/notification-choices").body == {
        "ways": {"assignment": ["desk"], "mention": ["desk", "mail"], "reply": [], "due": []},
        "follows": ["assigned"],
    }
    client.post("/desk/notifications/choices", {"assignment": "pigeon"})
    assert "There is no such kind" in client.get("/desk/notifications/choices").content.decode()
    ways = {"assignment": ["mail"], "mention": [], "reply": [], "due": ["desk"]}
    body = program.ask("PUT", "/me/notification-choices", {**ways, "follows": []}).body
    assert body == {"ways": ways, "follows": []}
    assert program.ask("PUT", "/me/notification-choices", {**ways, "follows": ["x"]}).status == 422


def test_following_is_one_key_away(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(mia)
    page = client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    assert f'hx-post="/desk/tickets/{ticket.pk}/following"' in page
    answer = client.post(f"/desk/tickets/{ticket.pk}/following", headers=HTMX).content.decode()
    assert f'hx-delete="/desk/tickets/{ticket.pk}/following"' in answer
    program = Program(sam)
    path = f"/tickets/{ticket.pk}/following"
    assert program.get(path).body == {"following": False, "followers": [{"id": mia.pk, "name": "Mia"}]}
    assert program.put(path).body["following"] is True
    assert program.delete(path).body["following"] is False
    client.delete(f"/desk/tickets/{ticket.pk}/following", headers=HTMX)
    assert program.get(path).body["followers"] == []


def test_through_the_api(ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, program = ask(dana), Program(mia)
    _call(ticket, sam)
    (one,) = program.get("/notifications").body["items"]
    assert (one["kind"], one["by"], one["ticket_id"], one["read"]) == ("mention", "Sam", ticket.pk, False)
    assert Program(sam).put(f"/notifications/{one['id']}/reading").status == 404, "somebody else's"
    assert program.put(f"/notifications/{one['id']}/reading").status == 204
    assert program.get("/notifications").body["items"][0]["read"] is True
    assert program.put("/notifications/reading").status == 204
    mia.sees = Sees.TEAMS
    mia.save()
    assert program.get("/notifications").body["items"] == []
    assert Notification.objects.count() == 1
