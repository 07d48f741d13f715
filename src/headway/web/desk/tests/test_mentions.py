"""Mentions at the desk and through the API."""

import json

from headway.people.models import Agent, Customer
from headway.people.rules import Sees
from headway.tickets import actions
from headway.tickets.models import Mention
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At
from headway.web.formats import called


def test_the_writer_hears_who_cannot_see_the_ticket(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, leo: Agent, dana: Customer
) -> None:
    mia.sees = Sees.TEAMS
    mia.save()
    ticket, client = ask(dana), at_desk(sam)
    page = client.get(f"/desk/tickets/{ticket.pk}/callees").content.decode()
    assert 'data-name="Mia" data-written="Mia" data-hint="cannot see this ticket"' in page
    assert 'data-name="Sam"' not in page
    note = {"body": "@Mia @Leo <b>look</b>", "mode": "note", "seen": "0.0.0"}
    response = client.post(f"/desk/tickets/{ticket.pk}/replies", note, headers=HTMX)
    said = json.loads(response.headers["HX-Trigger"])["toast"]["text"]
    assert said == "Noted. Mia cannot see this ticket and hears nothing of it."
    assert '<span class="called">@Leo</span> &lt;b&gt;look' in response.content.decode()
    fine = client.post(f"/desk/tickets/{ticket.pk}/replies", note | {"body": "@Leo"}, headers=HTMX)
    assert "toast" not in fine.headers["HX-Trigger"]


def test_the_view_counts_what_was_not_read(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(mia)
    actions.note(ticket, "@Mia", actor=sam.actor)

    def count() -> str:
        page = client.get("/desk/counts").content.decode()
        return page.split('href="/desk/views/mentions"')[1].split("</a>")[0]

    assert '"1 ticket">1</span>' in count()
    assert f'id="row-{ticket.pk}"' in client.get("/desk/views/mentions").content.decode()
    client.post(f"/desk/tickets/{ticket.pk}/reading", {"seen": f"0.{Mention.objects.get().note_id}.0"})
    assert "number" not in count()
    assert f'id="row-{ticket.pk}"' in client.get("/desk/views/mentions").content.decode()


def test_through_the_api(ask: Ask, sam: Agent, mia: Agent, vic: Agent, dana: Customer) -> None:
    ticket, program = ask(dana), Program(sam)
    people = program.get(f"/tickets/{ticket.pk}/callees").body["items"]
    assert {"kind": "agent", "id": mia.pk, "name": "Mia", "written": "Mia", "blind": False} in people
    program.post(f"/tickets/{ticket.pk}/notes", {"text": "@Mia knows"})
    assert Mention.objects.get().agent_id == mia.pk


def test_only_the_text_of_a_note_is_marked() -> None:
    html = '<p title="@Mia">@Mia &amp; @Mia</p>'
    marked = '<span class="called">@Mia</span>'
    assert called(html, ["@Mia"]) == f'<p title="@Mia">{marked} &amp; {marked}</p>'
    assert called("@A &amp; B &lt;x&gt;", ["@A & B <x>"]) == '<span class="called">@A &amp; B &lt;x&gt;</span>'
