"""All of a customer's data in one archive."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from headway.events.models import Entry
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, NotFound
from headway.people.models import Agent
from headway.privacy.actions import erasing, exporting
from headway.privacy.models import Export
from headway.privacy.tasks import erase, expire, export
from headway.privacy.tests.conftest import Life


def _ready(life: Life, ada: Agent) -> Export:
    asked = exporting.ask(life.octavia, actor=ada.actor)
    export(asked.pk)
    asked.refresh_from_db()
    return asked


def test_what_is_in_it(life: Life, ada: Agent) -> None:
    ready = _ready(life, ada)
    assert (ready.state, ready.done, ready.total) == ("ready", 2, 2)
    with exporting.fetch(ready, actor=ada.actor) as stream:
        archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    told = json.loads(archive.read("data.json"))
    assert told["person"]["name"] == "Octavia Quillfeather"
    assert {one["value"] for one in told["person"]["reached_by"]} >= {"octavia@quillfeather.example", "+49301234567"}
    own, shared = told["tickets"]
    assert (own["number"], own["theirs_alone"], len(own["messages"]), len(own["notes"])) == (life.own.pk, True, 3, 1)
    assert own["checklist"] == [{"text": "Call Octavia Quillfeather back", "done_at": None}]
    # of Chen's ticket only what she wrote herself
    assert (shared["theirs_alone"], [one["text"] for one in shared["messages"]]) == (False, ["My zanzibarparcel too."])
    assert (shared["notes"], shared["checklist"]) == ([], [])
    names = archive.namelist()
    assert [archive.read(name) for name in names if name.startswith("attachments/")] == [b"the zanzibarparcel receipt"]
    assert [archive.read(name) for name in names if name.startswith("mails/")] == [life.raw]
    page = archive.read("index.html").decode()
    assert "My zanzibarparcel too." in page
    assert "Chen" not in page + archive.read("data.json").decode().replace("&gt; Chen", "").replace("> Chen", "")
    asked = Entry.objects.filter(subject_kind="export").order_by("pk").values_list("kind", flat=True)
    assert list(asked) == ["export.asked", "export.ready", "export.fetched"]


def test_only_administrators_and_one_at_a_time(life: Life, ada: Agent, leo: Agent) -> None:
    with pytest.raises(Forbidden):
        exporting.ask(life.octavia, actor=leo.actor)
    exporting.ask(life.octavia, actor=ada.actor)
    with pytest.raises(Conflict):
        exporting.ask(life.octavia, actor=ada.actor)


def test_it_expires(life: Life, ada: Agent, leo: Agent, django_capture_on_commit_callbacks: object) -> None:
    ready = _ready(life, ada)
    with pytest.raises(Forbidden):
        exporting.fetch(ready, actor=leo.actor)
    Export.objects.filter(pk=ready.pk).update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        exporting.fetch(ready, actor=ada.actor)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        expire()
    ready.refresh_from_db()
    assert (ready.state, ready.sha256) == ("expired", "")


def test_it_goes_with_the_customer(committed_db: str, life: Life, ada: Agent) -> None:
    ready = _ready(life, ada)
    erase(erasing.begin(life.octavia, typed="Octavia Quillfeather", actor=ada.actor).pk)
    assert not files.exists(ready.sha256)
    ready.refresh_from_db()
    assert ready.state == "expired"
    with pytest.raises(Conflict):
        exporting.ask(life.octavia, actor=ada.actor)
