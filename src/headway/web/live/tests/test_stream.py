"""The live stream, from the database to the browser."""

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections, transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.tickets import SubjectChanged
from headway.people.actions import agents, teams
from headway.people.models import Agent, Customer, Team
from headway.people.rules import Role, Sees
from headway.settings import actions as workspace
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import asks
from headway.web.live import service
from headway.web.live.tests.stream import Reader, cookie_of, serving

Listen = Callable[..., Reader]


@pytest.fixture
def port(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A live process that looks after its readers often."""
    monkeypatch.setattr(service, "CHECK_SECONDS", 0.3)
    monkeypatch.setattr(service, "BEAT_SECONDS", 0.2)
    with serving() as number:
        yield number


@pytest.fixture
def listen(port: int) -> Iterator[Callable[..., Reader]]:
    """Opens a line to the stream: with a session's cookie, and more headers."""
    with ExitStack() as lines:

        def open_line(cookie: str = "", **headers: str) -> Reader:
            reader = Reader(port, cookie, **headers)
            lines.callback(reader.close)
            return reader

        yield open_line


def say(ticket: Ticket, actor: Actor) -> None:
    """Something happens to the ticket."""
    with transaction.atomic():
        journal.record(SubjectChanged(ticket_id=ticket.pk), actor=actor)


def newest(ticket: Ticket, kind: str) -> int:
    """The number of the ticket's last such entry of the journal."""
    return Entry.objects.filter(ticket_id=ticket.pk, kind=kind).latest("pk").pk


def test_a_change_arrives_as_ids(listen: Listen, sam: Agent, dana: Customer) -> None:
    reader = listen(cookie_of(sam))
    assert reader.status == 200
    assert reader.headers["content-type"].startswith("text/event-stream")
    assert reader.headers["cache-control"] == "no-store"
    ticket = asks(dana)
    first = reader.event()
    assert first == {
        "id": ticket.pk, "entry": newest(ticket, "ticket.created"), "kind": "ticket.created",
        "actor": {"kind": "customer", "id": dana.pk},
    }  # fmt: skip
    assert reader.event()["kind"] == "message.received"
    say(ticket, sam.actor)
    assert reader.event() == {
        "id": ticket.pk, "entry": newest(ticket, "ticket.subject_changed"), "kind": "ticket.subject_changed",
        "actor": {"kind": "agent", "id": sam.pk},
    }  # fmt: skip


def test_only_who_may_see_the_ticket_hears_of_it(
    listen: Listen, sam: Agent, mia: Agent, leo: Agent, frontline: Team, dana: Customer
) -> None:
    Agent.objects.filter(pk__in=[sam.pk, mia.pk]).update(sees=Sees.TEAMS)
    ticket = asks(dana)
    actions.set_team(ticket, frontline, actor=leo.actor)
    inside, outside, everything = (listen(cookie_of(agent)).settled() for agent in (sam, mia, leo))
    say(ticket, leo.actor)
    assert inside.event()["id"] == ticket.pk
    assert everything.event()["id"] == ticket.pk
    assert outside.silent()
    actions.assign(ticket, mia, actor=leo.actor)
    assert outside.event()["kind"] == "ticket.assigned"


def test_who_loses_sight_of_a_ticket_is_told_once(
    listen: Listen, sam: Agent, leo: Agent, frontline: Team, specialists: Team, dana: Customer
) -> None:
    Agent.objects.filter(pk=sam.pk).update(sees=Sees.TEAMS)
    ticket = asks(dana)
    actions.set_team(ticket, frontline, actor=leo.actor)
    reader = listen(cookie_of(sam)).settled()
    actions.set_team(ticket, specialists, actor=leo.actor)
    assert reader.event()["kind"] == "ticket.team_changed"
    say(ticket, leo.actor)
    assert reader.silent()


def test_strangers_hear_nothing(listen: Listen, sam: Agent, ada: Agent) -> None:
    assert listen().status == 401
    assert listen("x" * 32).status == 401
    assert listen("../../etc").status == 401
    cookie = cookie_of(sam)
    agents.archive(sam, actor=ada.actor)
    assert listen(cookie).status == 401


def test_our_own_page_may_listen_from_its_port(listen: Listen, sam: Agent) -> None:
    cookie = cookie_of(sam)
    for origin in (settings.HEADWAY.public_url, f"http://localhost:{settings.HEADWAY.env.port}"):
        reader = listen(cookie, Origin=origin)
        assert reader.status == 200
        assert reader.headers["access-control-allow-origin"] == origin
        assert reader.headers["access-control-allow-credentials"] == "true"
    other = listen(cookie, Origin="https://evil.example")
    assert other.status == 403
    assert "access-control-allow-origin" not in other.headers


def test_who_signs_out_is_let_go(listen: Listen, sam: Agent) -> None:
    cookie = cookie_of(sam)
    reader, other = listen(cookie), listen(cookie_of(sam))
    Session.objects.get(session_key=cookie).delete()
    assert reader.ended()
    assert other.silent()


@pytest.mark.parametrize("what", ["archived", "role", "scope", "team", "password", "factor"])
def test_whose_rights_change_is_let_go_at_once(
    listen: Listen, ada: Agent, sam: Agent, specialists: Team, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(service, "CHECK_SECONDS", 3600)
    Agent.objects.filter(pk=sam.pk).update(sees=Sees.TEAMS)
    reader = listen(cookie_of(sam))
    match what:
        case "archived":
            agents.archive(sam, actor=ada.actor)
        case "role":
            # what a role reads is the same for all: who becomes another may go on listening
            agents.set_role(sam, Role.VIEWER, actor=ada.actor)
            assert reader.silent()
            return
        case "scope":
            agents.set_scope(sam, Sees.ALL, actor=ada.actor)
        case "team":
            teams.set_members(specialists, [sam], actor=ada.actor)
        case "password":
            agents.set_password(sam, "correct horse battery", actor=ada.actor, by="command")
        case "factor":
            workspace.change({"second_factor_required": True}, actor=ada.actor)
    assert reader.ended()


def test_a_transaction_that_commits_late_is_not_missed(
    listen: Listen, committed_db: str, sam: Agent, dana: Customer
) -> None:
    ticket = asks(dana)
    reader = listen(cookie_of(sam)).settled()
    late = (
        "INSERT INTO events_entry (at, kind, version, ticket_id, subject_kind, subject_id, actor_kind, data) "
        "VALUES (now(), 'ticket.closed', 1, %s, 'ticket', %s, 'system', '{}')"
    )
    with psycopg.connect(committed_db) as slow:
        slow.execute(late, [ticket.pk, ticket.pk])
        say(ticket, sam.actor)
        assert reader.silent()
    assert [reader.event()["kind"] for _number in range(2)] == ["ticket.closed", "ticket.subject_changed"]


def test_imported_history_is_not_announced(listen: Listen, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    reader = listen(cookie_of(sam)).settled()
    with transaction.atomic():
        event = SubjectChanged(ticket_id=ticket.pk)
        journal.record(event, actor=Actor.system(), at=datetime(2019, 5, 1, tzinfo=UTC), silent=True)
    say(ticket, sam.actor)
    assert reader.event()["actor"]["kind"] == "agent"
    assert reader.silent()


def test_a_restart_of_the_database_is_survived(listen: Listen, committed_db: str, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    reader = listen(cookie_of(sam)).settled()
    with psycopg.connect(committed_db, autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%LISTEN%'"
        )
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
        )
    connections.close_all()
    say(ticket, sam.actor)
    assert reader.event()["kind"] == "ticket.subject_changed"
    say(ticket, sam.actor)
    assert reader.event()["kind"] == "ticket.subject_changed"


def test_five_hundred_readers_hear_one_change(port: int, sam: Agent, dana: Customer) -> None:
    """Ten people with fifty open browsers each; all connected at once, all idle, then one change."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    people = [Agent(email=f"p{number}@desk.example", name=f"P{number}", role=Role.AGENT) for number in range(10)]
    for person in people:
        person.set_unusable_password()
        person.save()
    cookies = [cookie_of(person) for person in people] * 50
    ticket = asks(dana)

    async def all_hear() -> list[bytes]:
        lines = []
        for start in range(0, len(cookies), 50):
            lines += await asyncio.gather(*(connect(cookie) for cookie in cookies[start : start + 50]))
        await asyncio.to_thread(say_apart)
        news = f'"id":{ticket.pk},"kind":"ticket.subject_changed"'.encode()
        heard = await asyncio.gather(*(asyncio.wait_for(line.readuntil(news), 30) for line, _writer in lines))
        for _line, writer in lines:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for _line, writer in lines))
        return heard

    def say_apart() -> None:
        say(ticket, sam.actor)
        connections.close_all()

    async def connect(cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        line, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = (
            f"GET /live/stream HTTP/1.1\r\nHost: localhost\r\nCookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n\r\n"
        )
        writer.write(asked.encode())
        await line.readuntil(b"retry: 3000\n\n")
        return line, writer

    try:
        heard = asyncio.run(all_hear())
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(heard) == 500


def test_one_person_does_not_hold_every_line(listen: Listen, sam: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.web.live.hub.MOST_EACH", 2)
    cookie = cookie_of(sam)
    first, _second = listen(cookie), listen(cookie)
    assert listen(cookie).status == 429
    first.close()
    for _number in range(100):
        if listen(cookie).status == 200:
            return
    pytest.fail("a closed line is not given back")
