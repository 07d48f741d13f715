"""`headway admin`, on a workspace of its own."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from typer.testing import CliRunner

from headway.cli import app
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.models import Agent, Invitation

GOOD = "correct horse battery"


@pytest.fixture
def run(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands on this test's database."""
    monkeypatch.setenv("DATABASE_URL", committed_db)
    return CliRunner()


def test_the_first_administrator_follows_a_link(run: CliRunner) -> None:
    done = run.invoke(app, ["admin", "create", "Ada@desk.example", "--json"], catch_exceptions=False)
    made = json.loads(done.stdout)
    assert made["email"] == "ada@desk.example"
    path = "/" + made["link"].split("/", 3)[3]
    assert Client().post(path, {"name": "Ada", "password": GOOD})["Location"] == "/desk/"
    assert Agent.objects.get().role == "administrator"
    assert bytes(Invitation.objects.get().sealed_token) == b""


def test_the_first_administrator_types_a_password(run: CliRunner) -> None:
    command = ["admin", "create", "ada@desk.example", "--password", "--name", "Ada"]
    done = run.invoke(app, command, input=f"{GOOD}\n{GOOD}\n", catch_exceptions=False)
    assert "is an administrator" in done.stdout
    assert GOOD not in done.stdout
    assert Agent.objects.get().check_password(GOOD)
    assert set(Entry.objects.values_list("actor_kind", flat=True)) == {"system"}


def test_what_is_wrong_is_said(run: CliRunner, sam: Agent) -> None:
    for command, refusal in (
        (["admin", "create", "sam@desk.example"], Conflict),
        (["admin", "create", "nobody"], Invalid),
        (["admin", "reset", "who@desk.example"], NotFound),
    ):
        assert isinstance(run.invoke(app, command).exception, refusal)


def test_who_is_locked_out_gets_a_link(run: CliRunner, sam: Agent) -> None:
    Authenticator.objects.create(user=sam, type="totp", data={"secret": "sealed"})
    done = run.invoke(app, ["admin", "reset", "SAM@desk.example", "--second-factor", "--json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert told["second_factor_removed"] is True
    assert not Authenticator.objects.exists()
    client = Client()
    form = client.get("/" + told["link"].split("/", 3)[3])["Location"]
    assert client.post(form, {"password1": GOOD}).status_code == 302
    sam.refresh_from_db()
    assert sam.check_password(GOOD)
