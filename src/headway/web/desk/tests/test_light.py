"""Light agents read and note. No path lets them answer a customer."""

from datetime import timedelta

from headway.foundation.clock import now
from headway.people.models import Agent, Customer
from headway.people.rules import Scope
from headway.tickets import actions
from headway.tickets.actions import Recipe, Typed, Words
from headway.tickets.models import Message, Scheduled
from headway.tickets.queries import setup
from headway.tickets.rules.macros import Changes
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_no_path_lets_a_light_agent_answer(
    at_desk: At, ask: Ask, ada: Agent, sam: Agent, lim: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    sent = actions.reply(ticket, Words(text="Ours."), actor=sam.actor)
    later = (now() + timedelta(days=1)).isoformat()
    waiting = actions.schedule(ticket, Words(text="Later."), now() + timedelta(days=1), actor=sam.actor)
    changes = Changes(status=setup.status_for("solved").pk)
    recipe = Recipe(name="Solve", text="Done.", personal=False, changes=changes)
    solving = actions.save_macro(None, actor=ada.actor, recipe=recipe)
    before = (Message.objects.filter(direction="out").count(), Scheduled.objects.count())
    client, desk = at_desk(lim), f"/desk/tickets/{ticket.pk}"
    words = {"body": "I answer!", "seen": "0.0.0", "version": "1"}
    tries = [
        (f"{desk}/replies", words | {"mode": "reply", "then": "wait"}),
        (f"{desk}/replies", words | {"mode": "reply", "then": "solve"}),
        (f"{desk}/replies", words | {"mode": "reply", "later": later}),
        (f"{desk}/replies", words),
        (f"{desk}/macros/{solving.pk}", {"version": str(ticket.version)}),
        ("/desk/bulk", {"ids": str(ticket.pk), "status": "solved"}),
        (f"/desk/messages/{sent.pk}/sending", {}),
        (f"/desk/messages/{sent.pk}/withdrawal", {}),
        ("/desk/tickets", {"email": "dana@example.com", "subject": "x", "body": "x"}),
    ]
    refused = {path: client.post(path, given, headers=HTMX).status_code for path, given in tries}
    assert set(refused.values()) == {403}, refused
    # what is to be done is the team's own, like notes
    assert client.post(f"{desk}/checklist", {"text": "Look at the log"}, headers=HTMX).status_code < 300
    # a draft may be written and shared as a reply: it is somebody else who may send it
    actions.save_draft(ticket, Typed(text="Try this."), actor=lim.actor, expected=0)
    assert client.post(f"{desk}/draft/sharing", headers=HTMX).status_code < 300

    program = Program(lim, [str(scope) for scope in (Scope.TICKETS_READ, Scope.TICKETS_WRITE)])
    path = f"/tickets/{ticket.pk}"
    asked = [
        program.post(f"{path}/replies", {"text": "I answer!"}),
        program.post(f"{path}/scheduled-replies", {"text": "I answer!", "due_at": later}),
        program.ask("PATCH", f"{path}/scheduled-replies/{waiting.pk}", {"text": "I answer!"}),
        program.post(f"{path}/macros/{solving.pk}"),
        program.post("/tickets/bulk", {"ticket_ids": [ticket.pk], "category": "solved"}),
        program.post(f"{path}/messages/{sent.pk}/retries"),
        program.delete(f"{path}/messages/{sent.pk}/delivery"),
        program.post(f"{path}/messages", {"text": "In the customer's name."}),
    ]
    assert [one.status for one in asked] == [403] * len(asked)
    assert (Message.objects.filter(direction="out").count(), Scheduled.objects.count()) == before
    ticket.refresh_from_db()
    assert ticket.category != "solved"
