"""The checklist on the ticket's screen, and what is said of it when somebody solves."""

import json

from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import ChecklistItem, Message
from headway.tickets.queries import setup
from headway.tickets.rules.macros import Changes
from headway.tickets.tests.desk import again
from headway.web.desk.tests.conftest import HTMX, Ask, At

SEEN = {"seen": "0.0.0"}


def test_an_item_is_added_ticked_changed_and_removed(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    place = f"/desk/tickets/{ticket.pk}/checklist"
    client.post(place, {"text": "Ask <the> bank"} | SEEN, headers=HTMX)
    page = client.post(place, {"text": "Answer"} | SEEN, headers=HTMX).content.decode()
    assert "Ask &lt;the&gt; bank" in page
    assert "0 of 2" in page
    first, second = ChecklistItem.objects.order_by("position")
    page = client.post(f"{place}/{first.pk}/completion", SEEN, headers=HTMX).content.decode()
    assert "1 of 2" in page
    assert f"{sam.name} ticked off “Ask &lt;the&gt; bank”" in page
    form = client.get(f"{place}/{second.pk}", headers=HTMX).content.decode()
    assert 'value="Answer"' in form
    refused = client.post(f"{place}/{second.pk}", {"text": " "} | SEEN, headers=HTMX)
    assert (refused.status_code, "Say what is to be done." in refused.content.decode()) == (422, True)
    client.post(f"{place}/{second.pk}", {"text": "Answer Dana", "position": "1"} | SEEN, headers=HTMX)
    assert list(ChecklistItem.objects.order_by("position").values_list("text", flat=True)) == [
        "Answer Dana", "Ask <the> bank",
    ]  # fmt: skip
    client.delete(f"{place}/{first.pk}/completion?seen=0.0.0", headers=HTMX)
    told = client.post(f"{place}/{first.pk}/removal", SEEN, headers=HTMX)
    undo = json.loads(told.headers["HX-Trigger"])["toast"]["undo"]
    assert client.post(f"{place}/{first.pk}/completion", SEEN, headers=HTMX).status_code == 404
    assert client.delete(undo.removeprefix("DELETE "), headers=HTMX).status_code == 200
    assert f'id="item-{first.pk}"' in client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()


def test_solving_says_once_what_is_still_open(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    desk = f"/desk/tickets/{ticket.pk}"
    actions.add_items(ticket, ["One", "Two", "Three", "Four"], actor=sam.actor)

    def press(path: str, **more: str) -> tuple[int, str]:
        given = SEEN | {"version": str(again(ticket).version)} | more
        response = client.post(f"{desk}/{path}", given, headers=HTMX)
        page = response.content.decode()
        return response.status_code, page.split('name="warned" value="')[1].split('"')[0]

    answer = {"mode": "reply", "then": "solve", "body": "Done."}
    solved = {"status": str(setup.status_for("solved").pk)}
    for path, more in (("closure", {}), ("status", solved), ("replies", answer)):
        assert press(path, **more)[0] == 409, path
    assert (again(ticket).category, Message.objects.filter(direction="out").count()) == ("new", 0)
    page = client.post(f"{desk}/closure", SEEN, headers=HTMX).content.decode()
    assert "Still open on the checklist: “One”, “Two”, “Three” and 1 more." in page
    # waiting is no end
    assert press("replies", **(answer | {"then": "wait"}))[0] == 200
    warned = press("closure")[1]
    # what came since is said again
    actions.add_items(ticket, ["Five"], actor=sam.actor)
    refused, warned = press("closure", warned=warned)
    assert refused == 409
    assert press("closure", warned=warned) == (200, "")
    assert again(ticket).category == "solved"


def test_previews_name_it(at_desk: At, ask: Ask, ada: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(ada)
    actions.add_items(ticket, ["Ask the bank"], actor=ada.actor)
    solved = setup.status_for("solved").pk
    recipe = Recipe(name="Done", changes=Changes(status=solved, checklist=("Write it down",)))
    macro = actions.save_macro(recipe=recipe, actor=ada.actor)
    shown = client.get(f"/desk/tickets/{ticket.pk}/macros/{macro.pk}", headers=HTMX).content.decode()
    assert "On the checklist: “Write it down”" in shown
    assert "Still open on the checklist: “Ask the bank”" in shown
    form = client.get(f"/desk/macros/{macro.pk}", headers=HTMX).content.decode()
    assert ">Write it down</textarea>" in form
    several = {"ids": f"{ticket.pk},{ask(dana).pk}", "status": str(solved)}
    preview = client.post("/desk/bulk/preview", several, headers=HTMX).content.decode()
    assert "1 of them has items on its checklist that are still open." in preview
