"""Being away: said or idle, seen where one assigns, and news comes by mail."""

import json
from datetime import timedelta

import pytest

from headway.events.models import Entry
from headway.foundation import clock
from headway.foundation.clock import now
from headway.foundation.errors import Forbidden, Invalid
from headway.notifications.actions.telling import News, tell
from headway.notifications.models import Notification
from headway.people.actions import away
from headway.people.models import Agent, Customer
from headway.tickets.models import Ticket
from headway.web.api.tests.program import Program
from headway.web.desk.queue import load
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_assigning_to_somebody_away_warns_and_is_done(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, leo: Agent, dana: Customer
) -> None:
    ticket, client = ask(dana), at_desk(sam)
    said = at_desk(mia).post("/desk/away", {"until": "hour"}, headers=HTMX)
    assert "I am back" in said.content.decode()
    menu = client.get(f"/desk/tickets/{ticket.pk}/assignment", headers=HTMX).content.decode()
    assert "Mia · away until" in menu
    answer = client.post(f"/desk/tickets/{ticket.pk}/assignment", {"agent": mia.pk, "seen": "0.0.0"}, headers=HTMX)
    assert "Mia is away until" in answer.headers["HX-Trigger"]
    ticket.refresh_from_db()
    assert ticket.assignee == mia
    undo = json.loads(answer.headers["HX-Trigger"])["toast"]["undo"]
    client.post(undo, {"seen": "0.0.0"}, headers=HTMX)
    assert Ticket.objects.get().assignee is None
    # many at once, and by dragging: told once, undone as always
    many = {"ids": str(ticket.pk), "assignee": str(mia.pk)}
    assert "Mia is away until" in client.post("/desk/bulk/preview", many, headers=HTMX).content.decode()
    (given,) = client.post("/desk/bulk", many, headers=HTMX).json()
    assert given["away"].startswith("Mia is away until")
    assert {one.name: one.away for one in load(leo)} == {"Leo": False, "Mia": True, "Sam": False}
    assert "Away until" in at_desk(leo).get("/desk/queue").content.decode()
    with clock.frozen(now() + timedelta(hours=2)):
        assert "away" not in client.get(f"/desk/tickets/{ticket.pk}/assignment", headers=HTMX).content.decode()


def test_what_one_said_outlives_being_idle(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    client.post("/desk/away", {"idle": "1"}, headers=HTMX)
    sam.refresh_from_db()
    assert (sam.is_away, sam.away_idle) == (True, True)
    assert "data-idle" in client.get("/desk/habits").content.decode()
    client.delete("/desk/away?idle=1", headers=HTMX)
    sam.refresh_from_db()
    assert not sam.is_away
    client.post("/desk/away", {"until": ""}, headers=HTMX)
    client.post("/desk/away", {"idle": "1"}, headers=HTMX)
    client.delete("/desk/away?idle=1", headers=HTMX)
    sam.refresh_from_db()
    assert (sam.is_away, sam.away_idle) == (True, False)
    client.delete("/desk/away", headers=HTMX)
    kinds = Entry.objects.filter(subject_kind="agent", subject_id=sam.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["agent.went_away", "agent.came_back"] * 2


def test_a_time_must_be_to_come_and_it_is_ones_own(database: None, at_desk: At, sam: Agent, ada: Agent) -> None:
    with pytest.raises(Invalid):
        away.go_away(sam, until=now() - timedelta(minutes=1), actor=sam.actor)
    with pytest.raises(Forbidden):
        away.go_away(sam, actor=ada.actor)
    assert at_desk(sam).post("/desk/away", {"until": "local", "local": "soon"}, headers=HTMX).status_code == 400


def test_news_comes_by_mail_meanwhile(ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = ask(dana, assignee=mia)

    def by_mail(key: str) -> bool:
        news = News(
            ticket_id=ticket.pk, concerns={mia.pk: "reply"}, key=key, event="message.received", actor=sam.actor,
            at=now(),
        )  # fmt: skip
        tell([news], actor=sam.actor)
        return Notification.objects.get(key=key, agent=mia).by_mail

    here = by_mail("event:1")
    away.go_away(mia, actor=mia.actor)
    assert (here, by_mail("event:2")) == (False, True)


def test_programs_too(database: None, sam: Agent) -> None:
    program, until = Program(sam), now() + timedelta(hours=3)
    assert program.get("/me/away").body["away"] is False
    assert program.put("/me/away", {"until": until.isoformat()}).body["away"] is True
    assert program.put("/me/away", {"until": "2020-01-01T00:00:00Z"}).status == 422
    assert program.delete("/me/away").body == {"away": False, "since": None, "until": None, "idle": False}
