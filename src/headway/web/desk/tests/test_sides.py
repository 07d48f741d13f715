"""Side conversations at the desk and in the API."""

from django.core.files.uploadedfile import SimpleUploadedFile

from headway.events.actor import Actor
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, SideConversation, SideMessage
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_begun_answered_closed(at_desk: At, ask: Ask, sam: Agent, lim: Agent, vic: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    chosen = Message.objects.get(ticket=ticket)
    address = f"/desk/tickets/{ticket.pk}/sides"
    assert "Twice today." in client.get(address).content.decode()
    typed = {"to": "li@supplier.example; mo@supplier.example", "subject": "Order 7", "body": "Where **is** it?"}
    for wrong in ({"to": "nobody at all"}, {"to": "dana@example.com"}, {"subject": " "}, {"body": ""}, {"quote": "99"}):
        refused = client.post(address, typed | wrong, headers=HTMX)
        assert refused.status_code == 422
        assert typed["to" if "to" not in wrong else "body"] in refused.content.decode()
    file = SimpleUploadedFile("order.txt", b"7", "text/plain")
    begun = typed | {"quote": str(chosen.pk), "files": file, "seen": "0.0.0"}
    page = client.post(address, begun, headers=HTMX).content.decode()
    assert "Order 7" in page
    side = SideConversation.objects.get()
    assert side.people == ["li@supplier.example", "mo@supplier.example"]
    words = Words(text="It <b>left</b> today.")
    answer = actions.receive_side(side, words, address="li@supplier.example", name="Li", actor=Actor.system())
    assert "Answered" in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    shown = client.get(f"/desk/sides/{side.pk}", headers=HTMX).content.decode()
    for words_shown in (
        "<strong>is</strong>",
        "It &lt;b&gt;left&lt;/b&gt; today.",
        "> Twice today.".replace(">", "&gt;"),
    ):
        assert words_shown in shown
    kept = f"/desk/side-messages/{answer.pk - 1}/files/{_file(side)}"
    sent = client.get(kept)
    assert (sent.getvalue(), sent["Content-Type"]) == (b"7", "application/octet-stream")
    assert f'hx-get="{kept}/preview" hx-target="#above"' in shown
    assert ">7</pre>" in client.get(f"{kept}/preview", headers=HTMX).content.decode()
    assert client.get(f"{kept}/content").status_code == 422  # a text is shown as text, never as itself
    assert client.get(f"{kept}0/content").status_code == client.get(f"{kept}0/preview").status_code == 404
    assert client.post(f"/desk/sides/{side.pk}/replies", {"body": " "}, headers=HTMX).status_code == 422
    assert (
        "Thanks." in client.post(f"/desk/sides/{side.pk}/replies", {"body": "Thanks."}, headers=HTMX).content.decode()
    )
    assert "Reopen" in client.post(f"/desk/sides/{side.pk}/closure", headers=HTMX).content.decode()
    assert "Reopen" not in client.delete(f"/desk/sides/{side.pk}/closure", headers=HTMX).content.decode()
    assert at_desk(lim).post(f"/desk/sides/{side.pk}/replies", {"body": "x"}, headers=HTMX).status_code == 403
    seen = at_desk(vic).get(f"/desk/sides/{side.pk}", headers=HTMX).content.decode()
    assert "Answer everybody" not in seen


def _file(side: SideConversation) -> int:
    return SideMessage.objects.filter(side=side).order_by("pk")[0].files.get().pk


def test_the_api_does_the_same(ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, program = ask(dana), Program(sam)
    address = f"/tickets/{ticket.pk}/side-conversations"
    body = {"to": ["li@supplier.example"], "subject": "Order 7", "text": "Where is it?"}
    assert program.post(address, body | {"to": ["dana@example.com"]}).status == 422
    made = program.post(address, body)
    assert (made.status, made.body["people"]) == (201, ["li@supplier.example"])
    one = f"{address}/{made.body['id']}"
    side = SideConversation.objects.get()
    held = actions.receive_side(
        side, Words(text="Me?", held=True), address="eve@else.example", name="", actor=Actor.system()
    )
    assert [turn["held"] for turn in program.get(one).body["messages"]] == [False, True]
    admitted = program.put(f"/tickets/{ticket.pk}/side-messages/{held.pk}/admission")
    assert admitted.body["people"] == ["li@supplier.example", "eve@else.example"]
    assert program.get(address).body["items"][0]["answered_at"]
    assert len(program.post(f"{one}/messages", {"text": "Thanks."}).body["messages"]) == 3
    assert program.put(f"{one}/closure").body["closed_at"]
    assert program.delete(f"{one}/closure").body["closed_at"] is None
    other = ask(dana, "Other")
    assert program.get(f"/tickets/{other.pk}/side-conversations/{side.pk}").status == 404
    assert program.put(f"/tickets/{other.pk}/side-messages/{held.pk}/admission").status == 404
