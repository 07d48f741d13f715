"""The doctor finds what is wrong, says what to do, and never hides one thing behind another."""

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from headway.events.actor import Actor
from headway.foundation import files
from headway.ops.tests.commands import headway, reported
from headway.ops.tests.ports import free_port
from headway.people.models import Customer
from headway.settings.actions import hold
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.tests.desk import asks, customer_actor


@pytest.fixture
def ours() -> Path:
    """The data folder of this test process."""
    return Path(os.environ["HEADWAY_HOME"])


def _found(home: Path, url: str | None = None, **variables: str) -> dict[str, tuple[str, str]]:
    """State and words of each check."""
    variables = {"HEADWAY_PORT": str(free_port()), "HEADWAY_LIVE_PORT": str(free_port()), **variables}
    done = headway("doctor", "--json", home=home, url=url, **variables)
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if said["ok"] else 1)
    return {each["check"]: (each["state"], f"{each['says']} {each['advice']}") for each in said["findings"]}


def _states(found: dict[str, tuple[str, str]], *names: str) -> set[str]:
    return {found[name][0] for name in names}


def test_before_the_first_start_it_makes_nothing(elsewhere: Path) -> None:
    found = _found(elsewhere / "new")
    assert "headway up" in found["installation"][1]
    assert not (elsewhere / "new").exists()


def test_a_sound_installation(committed_db: str, ours: Path) -> None:
    found = _found(ours, committed_db)
    sound = ["version", "disk", "folders", "master key", "database", "extensions", "clock", "tables", "journal"]
    assert _states(found, *sound, "secrets", "hold", "jobs", "mails", "dead letters", "files", "addresses") == {"ok"}
    # true, and no fault: nothing runs here, and mail is not sent
    assert _states(found, "web", "live", "workers", "mail") == {"warning"}


def test_what_went_wrong_in_the_workspace(committed_db: str, dana: Customer, ours: Path) -> None:
    words = Words(text="See the picture", files=[stored("a.txt", "text/plain", b"lost")])
    actions.receive(asks(dana), words, customer=dana, actor=customer_actor(dana))
    files.delete(files.blob_of(b"lost").sha256)
    hold("test", actor=Actor.system())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) VALUES "
            "('default', 'broken', '{}', 'failed', 10), ('default', 'waiting', '{}', 'todo', 0)"
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    found = _found(ours, committed_db)
    assert found["files"] == ("problem", found["files"][1])
    assert "1 of 1 files are missing" in found["files"][1]
    assert found["hold"][0] == "warning"
    assert "headway release" in found["hold"][1]
    assert "the newest: broken" in found["dead letters"][1]
    assert _states(found, "jobs", "dead letters") == {"problem"}


@pytest.mark.long
def test_a_key_that_is_missing_or_another(elsewhere: Path) -> None:
    headway("migrate", home=elsewhere)
    key = elsewhere / "master.key"
    right = key.read_text()
    key.unlink()
    assert _found(elsewhere)["master key"][0] == "problem"
    assert not key.exists()  # looking did not make a new one
    key.write_text("A" * 43)
    key.chmod(0o644)
    found = _found(elsewhere)
    assert "chmod 600" in found["master key"][1]
    assert found["secrets"][0] == "problem"
    assert "is not the one" in headway("migrate", home=elsewhere).stderr
    key.write_text(right)
    key.chmod(0o600)
    assert _states(_found(elsewhere), "master key", "secrets") == {"ok"}


def test_a_database_that_does_not_answer_is_one_finding(elsewhere: Path) -> None:
    found = _found(
        elsewhere, f"postgresql://somebody:secret@127.0.0.1:{free_port()}/headway", HEADWAY_MASTER_KEY="A" * 43
    )
    assert found["database"][0] == "problem"
    assert "secret" not in found["database"][1]
    assert found["disk"][0] == "ok"


def test_what_stands_around_it(committed_db: str, ours: Path) -> None:
    with socket.socket() as other, socket.socket() as mail:
        for each in (other, mail):
            each.bind(("127.0.0.1", 0))
        other.listen()
        found = _found(
            ours,
            committed_db,
            HEADWAY_PORT=str(other.getsockname()[1]),
            HEADWAY_PUBLIC_URL="https://desk.example.com",
            HEADWAY_MAIL=f"smtp://127.0.0.1:{mail.getsockname()[1]}",
        )
    assert "used by another program" in found["web"][1]
    assert found["mail"][0] == "problem"


def test_in_words_for_people(committed_db: str, ours: Path) -> None:
    said = headway("doctor", home=ours, url=committed_db).stdout
    assert "✓ tables" in said
    assert "→ Start one: headway up" in said


def test_with_json_it_is_one_object(committed_db: str, ours: Path) -> None:
    ports = {"HEADWAY_PORT": str(free_port()), "HEADWAY_LIVE_PORT": str(free_port())}
    assert set(reported("doctor", home=ours, url=committed_db, **ports)) == {"ok", "findings"}
