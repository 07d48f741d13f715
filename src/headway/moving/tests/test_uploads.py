"""An export uploaded at the desk or by a program: looked at, started, stopped, gone on with, deleted."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation import files, paths
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.insight.sources.tests.desks import serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.moving.actions import leftovers, plans, running, starting, working
from headway.moving.actions import tickets as bringing
from headway.moving.actions.plans import Plan
from headway.moving.models import Piece, Run
from headway.moving.queries.runs import is_whole
from headway.moving.tests import export
from headway.moving.tests.test_delimited import TICKETS
from headway.people.models import Agent
from headway.tickets.models import Ticket
from headway.web.api.tests.program import Program

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/desk/settings/imports"


def packed(folder: Path, **more: str) -> bytes:
    """A whole export as an archive, with files of other names beside it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(export.written(folder).rglob("*")):
            archive.write(path, f"export/{path.relative_to(folder)}")
        for name, text in more.items():
            archive.writestr(name, text)
    return target.getvalue()


def uploaded(client: Client, name: str, data: bytes) -> Run:
    answer = client.post(f"{PAGE}/new", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content[:2000]
    run = Run.objects.latest("pk")
    assert answer["Location"] == f"{PAGE}/{run.pk}"
    working.check(run.pk)
    run.refresh_from_db()
    return run


@pytest.fixture
def desk(client: Client, ada: Agent) -> Client:
    client.force_login(ada)
    return client


def test_an_archive_from_upload_to_report(desk: Client, tmp_path: Path, sam: Agent) -> None:
    Agent.objects.filter(pk=sam.pk).update(email="sam@desk.example")
    run = uploaded(desk, "export.zip", packed(tmp_path / "export", **{"../../evil.json": "{}"}))
    assert (run.source, run.state, run.told["counts"]["ticket"]["source"]) == ("zendesk", "ready", 3)
    assert not Ticket.objects.exists()
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Start the import" in page
    assert "created_at is missing" in page
    desk.post(f"{PAGE}/{run.pk}/run")
    refused = desk.post(f"{PAGE}/{run.pk}/run", follow=True).content.decode()
    assert "This import is under way already." in refused
    hashes = list(Piece.objects.values_list("sha256", flat=True))
    working.bring(run.pk)
    run.refresh_from_db()
    assert is_whole(run), run.counts
    assert run.counts["file"]["new"] == 1  # the attachment came with the archive
    assert not Piece.objects.exists()
    assert run.told == {}
    kinds = list(Entry.objects.filter(subject_kind="import").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["import.prepared", "import.started", "import.finished"]
    assert hashes
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Whole: everything" in page
    working.bring(run.pk)  # a job that comes late finds nothing to do
    assert Entry.objects.filter(kind="import.finished").count() == 1


def test_the_columns_of_a_table_are_said_at_the_desk(desk: Client) -> None:
    strange = TICKETS.replace("Ticket ID", "Nr").replace("Created", "Datum")
    run = uploaded(desk, "tickets.csv", strange.encode())
    assert run.source == "csv"
    assert "no column was found" in run.told["error"]
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "What Nr holds" in page
    assert "Start the import" not in page
    with pytest.raises(Conflict):
        starting.start(run, actor=Agent.objects.get(name="Ada").actor)
    names = [one["column"] for one in run.told["columns"]]
    fields = ["ticket" if name == "Nr" else "created_at" if name == "Datum" else "" for name in names]
    desk.post(f"{PAGE}/{run.pk}", {"source": "csv", "column": names, "field": fields, "zone": "Europe/Berlin"})
    working.check(run.pk)
    run.refresh_from_db()
    assert (run.told.get("error"), run.told["counts"]["ticket"]["source"]) == (None, 2)
    assert run.told["problems"] == 2
    desk.post(f"{PAGE}/{run.pk}/run")
    working.bring(run.pk)
    assert Ticket.objects.count() == 2


def test_stopped_it_goes_on_and_two_at_once_are_refused(
    desk: Client, tmp_path: Path, ada: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 1)
    monkeypatch.setattr(working, "_EVERY", 0.0)
    data = packed(tmp_path / "export")
    first, second = uploaded(desk, "a.zip", data), uploaded(desk, "b.zip", data)
    starting.start(first, actor=ada.actor)
    with pytest.raises(Conflict, match="Another import from zendesk"):
        starting.start(second, actor=ada.actor)
    taken = bringing._Work.take

    def stops(self: Any, keys: Any, pool: Any) -> None:
        taken(self, keys, pool)
        starting.stop(first, actor=ada.actor)

    monkeypatch.setattr(bringing._Work, "take", stops)
    working.bring(first.pk)
    first.refresh_from_db()
    assert (first.state, Ticket.objects.count(), first.stop_asked_at) == ("stopped", 1, None)
    assert "Go on" in desk.get(f"{PAGE}/{first.pk}").content.decode()
    monkeypatch.setattr(bringing._Work, "take", taken)
    desk.post(f"{PAGE}/{first.pk}/run")
    working.bring(first.pk)
    first.refresh_from_db()
    assert (first.state, first.counts["ticket"]["new"], first.counts["ticket"]["same"]) == ("done", 2, 1)
    lost = first.problems.filter(kind="ticket", lost=True)
    assert sorted(lost.values_list("key", flat=True)) == ["3", "4"]  # each is told of once
    desk.post(f"{PAGE}/{second.pk}/removal")
    assert not Run.objects.filter(pk=second.pk).exists()
    assert not Piece.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("export.zip", b"PK\x03\x04 broken", "The archive is damaged."),
        ("tickets.csv", b"<!doctype html><title>Sign in, please</title>", "is a web page, not an export"),
        ("tickets.xlsx", b"PK\x03\x04", "is a spreadsheet"),
        ("notes.txt", b"Dear all, hello", "no column was found"),
        ("export.json", b'{"things": [{"id": 1}]}', "Nothing tells"),
        ("mails.mbox", b"From dana@example.com\nSubject: a, b\n\nHello", "Nothing tells"),
    ],
)
def test_what_is_no_export_is_said(desk: Client, name: str, data: bytes, why: str) -> None:
    run = uploaded(desk, name, data)
    assert run.state == "ready"
    assert why in run.told["error"]


def test_an_old_system_is_fetched_and_its_token_forgotten(
    ada: Agent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "home", lambda: tmp_path)
    with serving(Freshdesk()) as freshdesk:
        address = f"freshdesk+http://127.0.0.1:{freshdesk.port}"
        run = plans.prepare(Plan(address=address, token="sesame"), actor=ada.actor)
        assert b"sesame" not in bytes(run.sealed)
        working.check(run.pk)
        run.refresh_from_db()
        assert (run.source, run.told["sampled"], run.told["counts"]["ticket"]["source"]) == ("freshdesk", True, 4)
        starting.start(run, actor=ada.actor)
        working.bring(run.pk)
    run.refresh_from_db()
    assert (run.state, bytes(run.sealed), Ticket.objects.count()) == ("done", b"", 4)
    wrong = plans.prepare(Plan(address="freshdesk+http://127.0.0.1:1", token="no"), actor=ada.actor)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    working.check(wrong.pk)
    wrong.refresh_from_db()
    assert "cannot be reached" in wrong.told["error"]
    with pytest.raises(Invalid):
        plans.prepare(Plan(address="freshdesk://acme"), actor=ada.actor)


def test_a_program_sends_pieces_checks_starts_and_stops(ada: Agent, sam: Agent) -> None:
    program, data = Program(ada), TICKETS.encode()
    made = program.post("/imports", {"file_name": "tickets.csv"})
    assert (made.status, made.body["state"]) == (201, "receiving")
    path = f"/imports/{made.body['id']}"
    assert program.put(f"{path}/file?offset=0", raw=data[:100]).body["file"]["size"] == 100
    assert program.put(f"{path}/file?offset=7", raw=data[100:]).code == "conflict"
    assert program.put(f"{path}/file?offset=100", raw=data[100:]).status == 200
    assert program.post(f"{path}/check", {"zone": "Nowhere"}).status == 422
    assert program.post(f"{path}/check", {"zone": "Europe/Berlin"}).body["state"] == "checking"
    assert program.post(f"{path}/run", {}).code == "conflict"
    assert program.delete(path).code == "conflict"
    working.check(made.body["id"])
    assert program.get(path).body["dry_run"]["counts"]["ticket"]["source"] == 2
    before = ProcrastinateJob.objects.count()
    assert program.post(f"{path}/run", {}).body["state"] == "waiting"
    assert ProcrastinateJob.objects.count() == before + 1
    assert program.delete(f"{path}/run").body["state"] == "stopped"
    working.bring(made.body["id"])  # what was stopped before it began is not begun
    assert not Ticket.objects.exists()
    assert program.delete(f"{path}/run").code == "conflict"
    assert program.post(f"{path}/run", {}).status == 202
    working.bring(made.body["id"])
    assert program.get(path).body["whole"] is True
    assert Program(sam).post("/imports", {}).status == 403


def test_what_nobody_goes_on_with_is_deleted(ada: Agent) -> None:
    run = plans.prepare(Plan(file_name="a.csv"), actor=ada.actor)
    plans.receive(run, 0, b"a,b\n", actor=ada.actor)
    assert leftovers.forget_old(actor=Actor.system()) == 0
    Run.objects.filter(pk=run.pk).update(started_at=now() - leftovers.KEPT * 2)
    assert leftovers.forget_old(actor=Actor.system()) == 1
    assert not Piece.objects.exists()
    assert not Run.objects.exists()


def test_one_that_breaks_off_says_so_and_keeps_its_upload(
    desk: Client, ada: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = uploaded(desk, "tickets.csv", TICKETS.encode())
    starting.start(run, actor=ada.actor)
    with monkeypatch.context() as lost:
        lost.setattr(files, "open_blob", lambda _sha256: (_ for _ in ()).throw(FileNotFoundError))
        working.bring(run.pk)
    run.refresh_from_db()
    assert (run.state, Piece.objects.count()) == ("failed", 1)
    assert "It broke off. A part of the upload is missing" in desk.get(f"{PAGE}/{run.pk}").content.decode()
    for error, says in (
        (OSError(28, "No space left on device"), "No space left"),
        (ZeroDivisionError(), "nobody foresaw"),
    ):
        starting.start(run, actor=ada.actor)
        with monkeypatch.context() as full:
            full.setattr(running, "read", lambda *_given, error=error: (_ for _ in ()).throw(error))
            with pytest.raises(type(error)):
                working.bring(run.pk)
        assert says in desk.get(f"{PAGE}/{run.pk}").content.decode()
    starting.start(run, actor=ada.actor)
    working.bring(run.pk)
    assert Ticket.objects.count() == 2
    assert running.LOCK % "csv" == "import csv"


def test_an_export_that_breaks_off_is_not_whole(desk: Client, ada: Agent) -> None:
    whole = json.dumps({"tickets": [export.ticket(n, type=None, custom_fields=[]) for n in range(1, 4)]}).encode()
    run = uploaded(desk, "tickets.json", whole[:-200])
    assert run.told["reasons"][0]["keys"] == ["tickets.json, 2"]
    starting.start(run, actor=ada.actor)
    working.bring(run.pk)
    run.refresh_from_db()
    assert (run.state, is_whole(run), Ticket.objects.count()) == ("done", False, 2)
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Not whole" in page
    assert "Export it again" in page
    again = uploaded(desk, "tickets.json", whole)
    assert again.told["counts"]["ticket"] == {"source": 3, "known": 2}
    starting.start(again, actor=ada.actor)
    working.bring(again.pk)
    again.refresh_from_db()
    assert (is_whole(again), Ticket.objects.count()) == (True, 3)
