"""Views that people save at the desk."""

import json
import re

from django.test import Client

from headway.people.models import Agent, Customer, Team
from headway.tickets.models import SavedView
from headway.web.desk.tests.conftest import HTMX, Ask, At


def _save(client: Client, **values: str) -> SavedView:
    response = client.post("/desk/saved-views", values, headers=HTMX)
    assert response.status_code == 200, response.content.decode()
    address = json.loads(response.headers["HX-Trigger"])["view"]["address"]
    return SavedView.objects.get(pk=int(address.rpartition("-")[2]))


def test_from_filters_to_a_view_with_its_count(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, frontline: Team
) -> None:
    vip = ask(dana, "Card", tags=["vip"])
    ask(dana, "Order")
    client = at_desk(sam)
    assert "Save this view" not in client.get("/desk/views/open").content.decode()
    assert "Save this view" in client.get("/desk/views/open?tag=vip").content.decode()
    dialog = client.get("/desk/saved-views/new?in=open&tag=vip&order=waiting", headers=HTMX).content.decode()
    assert f'value="team-{frontline.pk}"' in dialog
    view = _save(client, name="VIP", audience="own", **{"in": "open", "tag": "vip", "order": "waiting"})
    assert (view.name, view.base, view.narrowing, view.order) == ("VIP", "open", {"tag": "vip"}, "waiting")
    page = client.get(f"/desk/views/saved-{view.pk}").content.decode()
    assert re.findall(r'<li id="row-(\d+)"', page) == [str(vip.pk)]
    assert "<title>VIP" in page
    counts = client.get("/desk/counts?in=open").content.decode()
    assert re.search(r'title="VIP".*?<span class="number"[^>]*>1</span>', counts)


def test_filters_on_top_go_into_the_view_or_into_a_new_one(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ask(dana, tags=["vip"])
    client = at_desk(sam)
    first = _save(client, name="VIP", audience="own", **{"in": "open", "tag": "vip"})
    place = {"in": f"saved-{first.pk}", "priority": "4"}
    second = _save(client, name="Urgent VIP", audience="own", **place)
    assert (second.base, second.narrowing) == ("open", {"tag": "vip", "priority": "4"})
    assert _save(client, into="1", **place).pk == first.pk
    first.refresh_from_db()
    assert (first.name, first.narrowing) == ("VIP", {"tag": "vip", "priority": "4"})


def test_what_cannot_be_saved_is_said_in_the_form(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    for values, words in (
        ({"name": "x", "in": "open", "q": "refund tag:vip"}, "refund"),
        ({"name": "", "in": "open", "tag": "vip"}, "Give the view a name"),
        ({"name": "x", "in": "open", "tag": "vip", "audience": "all"}, "Save it for yourself"),
    ):
        response = client.post("/desk/saved-views", values, headers=HTMX)
        assert response.status_code == 422
        assert words in response.content.decode()


def test_rename_move_remove_undo(at_desk: At, leo: Agent, sam: Agent) -> None:
    client = at_desk(leo)
    one = _save(client, name="One", audience="all", **{"in": "open", "tag": "a"})
    two = _save(client, name="Two", audience="all", **{"in": "open", "tag": "b"})
    client.post(f"/desk/saved-views/{two.pk}", {"name": "Second", "audience": "all"}, headers=HTMX)
    client.post(f"/desk/saved-views/{two.pk}/position", {"step": "-1"}, headers=HTMX)

    def listed(person: Agent) -> list[str]:
        page = at_desk(person).get("/desk/counts").content.decode()
        return re.findall(r'href="/desk/views/saved-\d+"[^>]*title="([^"]+)"', page)

    assert listed(sam) == ["Second", "One"]
    assert at_desk(sam).post(f"/desk/saved-views/{one.pk}/removal", headers=HTMX).status_code == 403
    gone = json.loads(client.post(f"/desk/saved-views/{one.pk}/removal", headers=HTMX).headers["HX-Trigger"])
    assert listed(sam) == ["Second"]
    assert client.get(f"/desk/views/saved-{one.pk}").status_code == 404
    client.post(gone["toast"]["undo"], headers=HTMX)
    assert listed(sam) == ["Second", "One"]
