"""The second factor through the front door: set up, asked for, renewed, taken away, and required by the workspace."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from headway.events.models import Entry
from headway.people.models import Agent
from headway.settings import actions as workspace
from headway.web.accounts.tests.doors import GOOD, sign_in

APP = "/desk/account/second-factor/app"


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the next code of the app come, without waiting."""
    passed = [0.0]
    real = time.time
    monkeypatch.setattr(totp.time, "time", lambda: real() + passed[0])

    def pass_by() -> None:
        passed[0] += 30

    return pass_by


def code_of(agent: Agent) -> str:
    """What the person's app shows now."""
    stored = Authenticator.objects.get(user=agent, type="totp")
    return _code(totp.decrypt(stored.data["secret"]))


def _code(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(totp.time.time()) // 30)))


def set_up(client: Client) -> list[str]:
    """Follows the whole way to an authenticator app; the recovery codes it ends with."""
    confirm = client.get(APP)
    assert confirm["Location"].startswith("/desk/account/confirmation?")
    assert client.get(confirm["Location"]).status_code == 200
    assert client.post(confirm["Location"], {"password": GOOD})["Location"] == APP
    page = client.get(APP).content.decode()
    assert '<img class="code-picture" src="data:image/svg+xml;base64,' in page
    typed = re.search(r'class="mono">([A-Z2-7 ]+)<', page)
    assert typed
    done = client.post(APP, {"code": _code(typed.group(1).replace(" ", ""))})
    assert done["Location"] == "/desk/account/recovery-codes"
    return re.findall(r"<li>(\d{4} \d{4})</li>", client.get(done["Location"]).content.decode())


def second_step(client: Client, code: str) -> str:
    """Where the code leads: an address, or "" when it is refused."""
    return str(client.post("/sign-in/second-factor", {"code": code}).headers.get("Location", ""))


def test_the_code_is_asked_for_from_then_on(client: Client, sam: Agent, wait: Callable[[], None]) -> None:
    sign_in(client, sam)
    codes = set_up(client)
    assert len(codes) == 10
    wait()
    other = Client()
    assert sign_in(other, sam)["Location"] == "/sign-in/second-factor"
    assert other.get("/sign-in/second-factor").status_code == 200
    assert other.get("/desk/account").status_code == 302
    assert second_step(other, "000000") == ""
    assert second_step(other, code_of(sam)) == "/desk/"
    assert other.get("/desk/account").status_code == 200
    kinds = Entry.objects.filter(subject_kind="agent").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [
        "agent.password_changed", "agent.signed_in", "agent.second_factor_added",
        "agent.password_changed", "agent.signed_in",
    ]  # fmt: skip


def test_a_code_is_good_once(client: Client, sam: Agent, wait: Callable[[], None]) -> None:
    sign_in(client, sam)
    set_up(client)
    wait()
    code = code_of(sam)
    first, second = Client(), Client()
    sign_in(first, sam)
    sign_in(second, sam)
    assert second_step(first, code) == "/desk/"
    totp.cache.clear()
    assert second_step(second, code) == ""
    wait()
    assert second_step(second, code_of(sam)) == "/desk/"


def test_a_recovery_code_is_good_once(client: Client, sam: Agent) -> None:
    sign_in(client, sam)
    code = set_up(client)[0]
    first, second = Client(), Client()
    sign_in(first, sam)
    sign_in(second, sam)
    assert second_step(first, code) == "/desk/"
    assert second_step(second, code) == ""


def test_codes_cannot_be_guessed_for_long(client: Client, sam: Agent, wait: Callable[[], None]) -> None:
    sign_in(client, sam)
    set_up(client)
    wait()
    other = Client()
    sign_in(other, sam)
    pages = [other.post("/sign-in/second-factor", {"code": "000000"}).content.decode() for _number in range(12)]
    assert "Too many requests" in pages[-1]
    assert second_step(other, code_of(sam)) == ""


def test_the_secret_is_sealed(client: Client, sam: Agent) -> None:
    sign_in(client, sam)
    set_up(client)
    stored = Authenticator.objects.get(user=sam, type="totp").data["secret"]
    assert totp.decrypt(stored) != stored
    assert not re.fullmatch(r"[A-Z2-7]{32}", stored)


def test_codes_are_renewed_saved_and_taken_away(client: Client, sam: Agent) -> None:
    sign_in(client, sam)
    old = set_up(client)
    assert client.get("/desk/account/recovery-codes/renewal").status_code == 200
    client.post("/desk/account/recovery-codes/renewal")
    file = client.get("/desk/account/recovery-codes/file").content.decode().split()
    assert len(file) == 10
    assert not set(file) & {code.replace(" ", "") for code in old}
    assert client.get("/desk/account/second-factor/removal").status_code == 200
    assert client.post("/desk/account/second-factor/removal").status_code == 302
    assert not Authenticator.objects.exists()
    kinds = set(Entry.objects.filter(subject_kind="agent").values_list("kind", flat=True))
    assert {"agent.recovery_codes_renewed", "agent.second_factor_removed"} <= kinds
    assert sign_in(Client(), sam)["Location"] == "/desk/"


def test_a_workspace_may_ask_everybody_for_one(client: Client, ada: Agent, sam: Agent) -> None:
    sign_in(client, sam)
    workspace.change({"second_factor_required": True}, actor=ada.actor)
    assert client.get("/desk/people")["Location"] == APP
    part = client.get("/desk/people", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Refresh"]) == (401, "true")
    assert client.get("/desk/account").status_code == 200
    set_up(client)
    assert client.get("/desk/people").status_code == 200
