"""Who is at a ticket: those who may see it know, and nobody stays there by mistake."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.foundation.clock import now
from headway.people.models import Agent, Customer
from headway.people.rules import Sees
from headway.web import presence
from headway.web.api.tests.program import Program
from headway.web.desk.presence import looking
from headway.web.desk.tests.conftest import Ask, At
from headway.web.models import Presence
from headway.web.presence import Present


def test_who_looks_and_who_types(at_desk: At, ask: Ask, sam: Agent, mia: Agent, leo: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    path = f"/desk/tickets/{ticket.pk}/presence"
    sams, mias, leos = at_desk(sam), at_desk(mia), at_desk(leo)
    alone = sams.post(path, {"window": "s1", "doing": "looking"}).content.decode()
    assert "Sam" not in alone
    seen = mias.post(path, {"window": "m1", "doing": "reply"}).content.decode()
    assert "Sam is here" in seen
    sams.post(path, {"window": "s2", "doing": "looking"})
    page = leos.get(path).content.decode()
    assert "Mia, Sam are here" in page
    assert "Mia is writing a reply" in page
    found = Program(leo).get(f"/tickets/{ticket.pk}/presence").body["items"]
    assert [(one["name"], one["doing"]) for one in found] == [("Mia", "reply"), ("Sam", "looking")]
    mias.delete(f"{path}?window=m1")
    sams.delete(f"{path}?window=s1")
    assert "Sam is here" in leos.get(path).content.decode(), "another window of his is still there"
    sams.delete(f"{path}?window=s2")
    assert "here" not in leos.get(path).content.decode()
    assert sams.post(path, {"window": "s1", "doing": "dancing"}).status_code == 422
    assert sams.post(path, {"window": "'; --", "doing": "note"}).status_code == 422


def test_a_window_has_one_ticket_and_who_falls_silent_is_gone(
    ask: Ask, sam: Agent, mia: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = ask(dana), ask(dana)
    presence.beat(sam, one, "s1", "looking")
    presence.beat(sam, other, "s1", "note")
    assert presence.present(one, beside=mia) == []
    assert presence.present(other, beside=mia) == [Present(sam.pk, "Sam", "note")]
    monkeypatch.setattr(presence, "now", lambda: now() + timedelta(seconds=61))
    assert presence.present(other, beside=mia) == []


def test_only_news_is_told(ask: Ask, sam: Agent, dana: Customer) -> None:
    one, other = ask(dana), ask(dana)

    def told(window: str, doing: str = "looking", ticket: int = one.pk) -> bool:
        with CaptureQueriesContext(connection) as asked:
            presence.beat(sam, other if ticket == other.pk else one, window, doing)
        return any("pg_notify" in query["sql"] for query in asked)

    assert told("s1")
    assert not told("s1"), "a beat says nothing"
    assert told("s1", "reply")
    assert told("s1", "reply", other.pk)
    Presence.objects.update(seen_at=now() - presence.SILENCE * 2)
    assert told("s1", "reply", other.pk), "who was gone is back"


def test_only_who_may_see_the_ticket_knows(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    presence.beat(sam, ticket, "s1", "looking")
    client = at_desk(mia)
    client.post(f"/desk/tickets/{ticket.pk}/presence", {"window": "m1"})
    mia.sees = Sees.TEAMS
    mia.save()
    assert client.get(f"/desk/tickets/{ticket.pk}/presence").status_code == 404
    assert client.post(f"/desk/tickets/{ticket.pk}/presence", {"window": "m1"}).status_code == 404
    assert client.delete(f"/desk/tickets/{ticket.pk}/presence?window=m1").status_code == 204
    assert presence.present(ticket, beside=sam) == []


def test_many_are_said_in_few_words() -> None:
    people = [Present(number, name, "looking") for number, name in enumerate(("Ada", "Leo", "Mia", "Sam"))]
    assert [looking(people[:count]) for count in range(5)] == [
        "", "Ada is here", "Ada, Leo are here", "Ada, Leo and 1 more are here", "Ada, Leo and 2 more are here",
    ]  # fmt: skip
