"""The journal flows into the lake: each entry counts once, whoever dies meanwhile, and what is erased goes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer

from headway.events import erasure
from headway.events.actor import Actor
from headway.events.models import Cursor, Entry
from headway.events.vocabulary.journal import LakeBegun
from headway.foundation.clock import now
from headway.insight import places, tasks
from headway.insight.actions import compacting, filling, rebuilding
from headway.insight.lake.engine import Lake
from headway.insight.models import LakePart, LakeState
from headway.insight.places.folder import Folder
from headway.insight.queries import lake as queries
from headway.insight.queries.opening import load
from headway.insight.rules.narrowing import Narrowing
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.tests.desk import answers, asks, status, writes

SYSTEM = Actor.system()
STORY = ["created", "assigned", "replied", "status"]  # somebody writes, and somebody else answers


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for each test's lake."""
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))
    return tmp_path / "lake"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The lake in an S3 server on the loopback instead."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ACCESS_KEY_ID", "x"), ("SECRET_ACCESS_KEY", "x"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    import boto3

    boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(Bucket="lake")
    monkeypatch.setattr(settings.HEADWAY, "files_endpoint", f"http://{host}:{port}")
    monkeypatch.setattr(settings.HEADWAY, "lake", "s3://lake/some/where")
    yield
    server.stop()


def _events() -> list[dict[str, Any]]:
    with Lake(small=True) as lake:
        load(lake, Narrowing())
        done = lake.connection.execute("SELECT * FROM events ORDER BY event_id")
        names = [column[0] for column in done.description or ()]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def _kinds(ticket_id: int) -> list[str]:
    return [event["kind"] for event in _events() if event["ticket_id"] == ticket_id]


def test_a_tickets_story_is_there_once_however_often_it_is_followed(
    committed_db: str, sam: Agent, dana: Customer
) -> None:
    ticket = asks(dana)
    tasks.follow_journal()
    answers(sam, ticket, "Please try again now.")
    writes(dana, ticket, "It does not work.")
    for _ in range(3):
        tasks.follow_journal()
    found = [event for event in _events() if event["ticket_id"] == ticket.pk]
    assert [(event["kind"], event["status"], event["actor_kind"]) for event in found] == [
        ("created", "open", "customer"),
        ("assigned", None, "agent"),
        ("replied", None, "agent"),
        ("status", "waiting", "agent"),
        ("status", "open", "customer"),
        ("received", None, "customer"),
    ]
    assert [event["length"] for event in found if event["length"]] == [21, 17]
    assert queries.extent().waiting == 0


def test_an_answer_that_was_taken_back_was_never_there(committed_db: str, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    answers(sam, ticket)
    tasks.follow_journal()
    assert "replied" in _kinds(ticket.pk)
    message = ticket.messages.latest("pk")
    actions.withdraw(message, actor=sam.actor)
    tasks.follow_journal()
    assert {"replied", "status"} & set(_kinds(ticket.pk)) == set()


class Died(BaseException):
    """The process is killed here."""


@pytest.mark.parametrize("at", ["before a file", "after a file", "at the commit"])
def test_who_dies_in_the_middle_leaves_nothing_half(
    committed_db: str, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch, own_place: Path, at: str
) -> None:
    ticket = asks(dana)
    answers(sam, ticket, then="solved")
    put = Folder.put

    def dies(*_arguments: object, **_named: object) -> None:
        raise Died

    def put_and_die(self: Folder, name: str, source: Path) -> None:
        put(self, name, source)
        raise Died

    with monkeypatch.context() as patched:
        if at == "at the commit":
            patched.setattr(LakePart.objects, "bulk_create", dies)
        else:
            patched.setattr(Folder, "put", dies if at == "before a file" else put_and_die)
        with pytest.raises(Died):
            tasks.follow_journal()
    assert queries.parts() == []
    tasks.follow_journal()
    whole = _events()
    assert [event["event_id"] for event in whole] == sorted({event["event_id"] for event in whole})
    assert [event["kind"] for event in whole] == STORY


def test_of_two_at_once_one_counts(
    committed_db: str, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(sam, asks(dana))
    put = Folder.put
    inside: list[int] = []

    def another_comes_first(self: Folder, name: str, source: Path) -> None:
        if not inside:
            inside.append(1)
            filling.fill(actor=SYSTEM)
        put(self, name, source)

    monkeypatch.setattr(Folder, "put", another_comes_first)
    filling.fill(actor=SYSTEM)
    assert [event["kind"] for event in _events()] == STORY
    assert queries.missing() == []


def test_many_small_files_of_a_month_become_one(
    committed_db: str, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch, own_place: Path
) -> None:
    monkeypatch.setattr(compacting, "MANY", 3)
    monkeypatch.setattr(filling, "BATCH", 2)
    for _ in range(3):
        answers(sam, asks(dana))
    read = 0
    while some := filling.fill(actor=SYSTEM, limit=2):
        read += some
    before = _events()
    assert len(queries.parts("events")) > 3
    compacting.compact(actor=SYSTEM)
    assert len(queries.parts("events")) == 1
    assert _events() == before
    assert sorted(str(path.relative_to(own_place)) for path in own_place.rglob("*.parquet")) == sorted(
        part.name for part in queries.parts()
    )
    month = now().date().replace(day=1)
    assert {part.month for part in queries.parts()} == {month}


def test_what_is_erased_from_the_journal_goes_from_the_lake(committed_db: str, sam: Agent, dana: Customer) -> None:
    gone, stays = asks(dana), asks(dana)
    answers(sam, gone)
    tasks.follow_journal()
    assert {event["ticket_id"] for event in _events()} == {gone.pk, stays.pk}
    erasure.erase_tickets([gone.pk], actor=SYSTEM, reason="privacy")
    tasks.follow_journal()
    assert {event["ticket_id"] for event in _events()} == {stays.pk}
    with Lake(small=True) as lake:
        for part in queries.parts():
            if part.table != "undone":
                path = places.place().local(part.name, lake.folder)
                assert lake.one(f"SELECT count(*) FROM '{path}' WHERE ticket_id = {gone.pk}") == (0,)
    assert queries.missing() == []


def test_a_journal_from_another_cluster_makes_the_lake_anew(committed_db: str, sam: Agent, dana: Customer) -> None:
    answers(sam, asks(dana))
    tasks.follow_journal()
    before, key = _events(), LakeState.objects.get().key
    erasure.reset_transactions()
    assert Cursor.objects.count() == 0
    assert queries.has_lost_its_place()
    tasks.follow_journal()
    assert LakeState.objects.get().key != key
    assert _events() == before
    # what belonged to the lake of before is noticed
    assert set(queries.strangers()) == {key}
    assert Entry.objects.filter(kind=LakeBegun.kind).count() == 1


def test_it_can_be_made_anew_from_the_journal(committed_db: str, sam: Agent, dana: Customer, own_place: Path) -> None:
    answers(sam, asks(dana), then="solved")
    tasks.follow_journal()
    before = _events()
    next(own_place.rglob("*.parquet")).unlink()
    assert len(queries.missing()) == 1
    with pytest.raises(FileNotFoundError):
        _events()
    rebuilding.begin_anew("asked", actor=SYSTEM)
    tasks.follow_journal()
    assert _events() == before
    assert queries.missing() == []
    # a lost file is noticed by itself, too
    next(own_place.rglob("*.parquet")).unlink()
    tasks.tidy_lake()
    tasks.follow_journal()
    assert _events() == before
    assert Entry.objects.filter(kind=LakeBegun.kind, data__reason="lost").count() == 1


def test_files_that_never_counted_are_swept(
    committed_db: str, sam: Agent, dana: Customer, own_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(sam, asks(dana))
    tasks.follow_journal()
    key = LakeState.objects.get().key
    old, young, other = (own_place / key / "old.parquet", own_place / key / "young.parquet", own_place / "x" / "y")
    other.parent.mkdir()
    for path in (old, young, other):
        path.touch()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    tasks.tidy_lake()
    assert not old.exists()
    assert young.exists()
    assert other.exists(), "the place is not this installation's alone"
    assert queries.missing() == []


def test_a_bucket_serves_as_well(
    committed_db: str, bucket: None, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compacting, "MANY", 2)
    ticket = asks(dana)
    tasks.follow_journal()
    answers(sam, ticket)
    tasks.follow_journal()
    assert [event["kind"] for event in _events()] == STORY
    assert len(queries.parts("events")) == 1
    assert queries.missing() == []
    assert queries.strangers() == {}


def test_ids_and_words_of_ours_only(committed_db: str, sam: Agent, dana: Customer, own_place: Path) -> None:
    ticket = asks(dana, "Zanzibar parcel", "My zanzibar parcel is lost.")
    answers(sam, ticket, "The zanzibar parcel is on its way.")
    actions.note(ticket, "Dana Ortiz called about the zanzibar parcel.", actor=sam.actor)
    actions.set_status(ticket.__class__.objects.get(pk=ticket.pk), status("solved"), actor=sam.actor)
    tasks.follow_journal()
    with Lake(small=True) as lake:
        texts = [
            str(row).lower() for path in own_place.rglob("*.parquet") for row in lake.rows(f"SELECT * FROM '{path}'")
        ]
    assert texts
    assert [text for text in texts if any(word in text for word in ("zanzibar", "dana", "sam"))] == []
