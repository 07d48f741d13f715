"""A ticket's screen and what is done on it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.events.actor import Actor
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import Message, MessageFile, Note, Ticket
from headway.tickets.queries import setup
from headway.web.desk.tests.conftest import HTMX, Ask, At

DESK = "/desk/tickets"


def test_the_whole_ticket_is_there(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana, "Card declined", "Twice today.", tags=["billing"])
    actions.note(ticket, "Looks like 3DS.", actor=sam.actor)
    actions.reply(ticket, Words(text="We look into it."), actor=sam.actor)
    page = at_desk(sam).get(f"{DESK}/{ticket.pk}").content.decode()
    for words in (
        "Card declined",
        "Twice today.",
        "Looks like 3DS.",
        "We look into it.",
        "dana@example.com",
        "billing",
    ):
        assert words in page
    assert page.index("Twice today.") < page.index("Looks like 3DS.")
    assert 'id="rows"' in page


def test_beside_the_list_only_the_ticket_comes(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    page = at_desk(sam).get(f"{DESK}/{ticket.pk}?in=open", headers=HTMX).content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith("<title>")


def test_a_reply_is_queued_and_the_composer_begins_afresh(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    answer = {"body": "Hello Dana", "mode": "reply", "then": "wait", "version": ticket.version, "seen": "0.0.0"}
    response = at_desk(sam).post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX)
    assert response.status_code == 200
    ticket.refresh_from_db()
    assert (ticket.category, ticket.assignee) == ("waiting", sam)
    assert Message.objects.get(direction="out").text == "Hello Dana"
    page = response.content.decode()
    assert 'hx-swap-oob="innerHTML:#composer-place"' in page
    assert '"toast"' in response.headers["HX-Trigger"]


def test_a_stale_reply_shows_what_is_new_and_keeps_the_composer(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    seen, client = ticket.version, at_desk(sam)
    actions.receive(ticket, Words(text="Never mind!"), customer=dana, actor=Actor.customer(dana.pk))
    answer = {"body": "Hello Dana", "mode": "reply", "then": "wait", "version": seen, "seen": "1.0.1"}
    response = client.post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Never mind!" in page
    assert "composer-place" not in page
    assert not Message.objects.filter(direction="out").exists()
    version = page.split('name="version" value="')[1].split('"')[0]
    again = client.post(f"{DESK}/{ticket.pk}/replies", answer | {"version": version}, headers=HTMX)
    assert again.status_code == 200


def test_a_reply_taken_back_leaves_every_screen(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    answer = {"body": "Too early", "mode": "reply", "then": "solve", "version": ticket.version, "seen": "0.0.0"}
    client.post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX)
    message = Message.objects.get(direction="out")
    seen = {"seen": f"{message.pk}.0.1"}
    response = client.post(f"/desk/messages/{message.pk}/withdrawal", seen, headers=HTMX)
    page = response.content.decode()
    assert f'<article id="message-{message.pk}" hx-swap-oob="delete">' in page
    assert "took a reply back" in page
    assert '"text": "Too early"' in response.headers["HX-Trigger"]
    ticket.refresh_from_db()
    assert (ticket.category, ticket.assignee, ticket.first_replied_at) == ("new", None, None)
    shown = client.get(f"{DESK}/{ticket.pk}").content.decode()
    assert f'id="message-{message.pk}"' not in shown
    assert "Too early</textarea>" in shown
    assert "set the status" not in shown
    assert client.post(f"/desk/messages/{message.pk}/withdrawal", seen, headers=HTMX).status_code == 400


def test_sending_may_leave_the_status(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    actions.set_status(ticket, setup.status_for("hold"), actor=sam.actor)
    answer = {"body": "Still looking", "mode": "reply", "then": "keep", "seen": "0.0.0"}
    assert at_desk(sam).post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.category, ticket.messages.count()) == ("hold", 2)


def test_a_note_is_no_message(at_desk: At, ask: Ask, lim: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    at_desk(lim).post(f"{DESK}/{ticket.pk}/replies", {"body": "For the team", "mode": "note"}, headers=HTMX)
    assert Note.objects.get().text == "For the team"
    assert Message.objects.count() == 1


def test_a_light_agent_cannot_answer_by_any_way(at_desk: At, ask: Ask, lim: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(lim)
    for mode in ("reply", "", "NOTE", "email"):
        answer = {"body": "To the customer", "mode": mode, "then": "wait", "version": ticket.version}
        assert client.post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX).status_code == 403
    assert Message.objects.filter(direction="out").count() == 0
    assert 'value="reply"' not in client.get(f"{DESK}/{ticket.pk}").content.decode()


def test_properties(at_desk: At, ask: Ask, sam: Agent, mia: Agent, specialists: Team, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)

    def post(noun: str, **values: object) -> int:
        ticket.refresh_from_db()
        return client.post(f"{DESK}/{ticket.pk}/{noun}", {"version": ticket.version} | values, headers=HTMX).status_code

    assert post("assignment", agent=mia.pk) == 200
    assert post("team", team=specialists.pk) == 200
    assert post("priority", priority="urgent") == 200
    assert post("tags", tag="vip") == 200
    assert post("subject", subject="Another name") == 200
    assert post("snooze", until="2999-01-01T09:00:00Z") == 200
    assert post("closure") == 200
    ticket.refresh_from_db()
    shown = (ticket.assignee, ticket.team, ticket.priority, ticket.subject, ticket.category)
    assert shown == (mia, specialists, 4, "Another name", "solved")
    assert [tag.name for tag in ticket.tags.all()] == ["vip"]
    assert client.delete(f"{DESK}/{ticket.pk}/closure?version={ticket.version}", headers=HTMX).status_code == 200
    assert client.delete(f"{DESK}/{ticket.pk}/tags?tag=vip", headers=HTMX).status_code == 200
    assert client.post(f"{DESK}/{ticket.pk}/suspicion", headers=HTMX).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.category, ticket.tags.count()) == ("open", 0)
    assert ticket.suspected_at is not None


def test_merging_asks_first(at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer) -> None:
    ticket, other, client = ask(dana, "one"), ask(chen, "two"), at_desk(sam)
    asked = client.post(f"{DESK}/{ticket.pk}/merge", {"into": f"#{other.pk}"}, headers=HTMX).content.decode()
    assert "different requesters" in asked
    assert Ticket.objects.get(pk=ticket.pk).merged_into is None
    sure = {"into": str(other.pk), "sure": str(other.pk)}
    done = client.post(f"{DESK}/{ticket.pk}/merge", sure, headers=HTMX)
    assert f"/desk/tickets/{other.pk}" in done.headers["HX-Trigger"]
    assert Ticket.objects.get(pk=ticket.pk).merged_into == other
    assert "lives on in" in client.get(f"{DESK}/{ticket.pk}").content.decode()


def test_a_new_ticket_for_a_customer_who_called(at_desk: At, sam: Agent, acme: object) -> None:
    call = {"email": "new@example.org", "subject": "Called", "body": "Wants a refund.", "channel": "phone"}
    response = at_desk(sam).post("/desk/tickets", call, headers=HTMX)
    ticket = Ticket.objects.get()
    assert f"/desk/tickets/{ticket.pk}" in response.headers["HX-Trigger"]
    assert (ticket.channel, ticket.assignee) == ("phone", sam)
    wrong = at_desk(sam).post("/desk/tickets", call | {"email": "nobody"}, headers=HTMX)
    assert wrong.status_code == 422
    assert "Wants a refund." in wrong.content.decode()


def test_a_mails_own_look_is_locked_in(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana, html="<p>Hello <b>there</b></p>")
    message = Message.objects.get(ticket=ticket)
    client = at_desk(sam)
    assert f'src="/desk/messages/{message.pk}/page"' in client.get(f"{DESK}/{ticket.pk}").content.decode()
    page = client.get(f"/desk/messages/{message.pk}/page")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_files_are_downloads(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    page = stored("naïve\r\n.html", "text/html", b"<script>alert(1)</script>")
    actions.receive(ticket, Words(text="See", files=[page]), customer=dana, actor=Actor.customer(dana.pk))
    file = MessageFile.objects.get()
    response = at_desk(sam).get(f"/desk/messages/{file.message_id}/files/{file.pk}")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''na%C3%AFve")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]


def test_files_travel_with_replies(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    answer = {
        "body": "See the file", "mode": "reply", "then": "solve", "version": ticket.version,
        "files": SimpleUploadedFile("guide.pdf", b"%PDF", content_type="application/pdf"),
    }  # fmt: skip
    assert at_desk(sam).post(f"{DESK}/{ticket.pk}/replies", answer, headers=HTMX).status_code == 200
    assert MessageFile.objects.get(message__direction="out").name == "guide.pdf"
    ticket.refresh_from_db()
    assert ticket.category == "solved"


def test_what_customers_write_stays_text(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(
        dana, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)> javascript:alert(1) http://x.example/"a'
    )
    page = at_desk(sam).get(f"{DESK}/{ticket.pk}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_what_a_ticket_costs(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    for index in range(10):
        actions.receive(ticket, Words(text=f"and {index}"), customer=dana, actor=Actor.customer(dana.pk))
        actions.reply(ticket, Words(text=f"answer {index}"), actor=sam.actor)
    client = at_desk(sam)
    client.get(f"{DESK}/{ticket.pk}", headers=HTMX)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{DESK}/{ticket.pk}", headers=HTMX)
    names = [
        "session", "person", "settings' version", "ticket with what it names", "statuses",
        "the latest messages and notes", "how many stand before them", "how far they read it",
        "what happened among them", "what stands around: tags, links, past tickets, drafts, sides, addresses and more",
        "the mailbox written to", "the brand's addresses",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)
