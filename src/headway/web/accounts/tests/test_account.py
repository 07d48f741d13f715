"""One's own account."""

import pytest
from django.test import Client

from headway.people.actions import agents
from headway.people.models import Agent
from headway.settings import actions as workspace


def test_the_profile_changes_language_and_clock(client: Client, sam: Agent) -> None:
    client.force_login(sam)
    saved = client.post("/desk/account", {"name": "Sam Haddad", "language": "de", "timezone": "Europe/Berlin"})
    assert saved["Location"] == "/desk/account"
    page = client.get("/desk/account")
    assert page["Content-Language"] == "de"
    assert 'lang="de"' in page.content.decode()
    assert "Sam Haddad" in page.content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "tlh"}, {"timezone": "Mars/Base"}, {"name": "x" * 121}])
def test_what_is_wrong_is_shown_at_its_field(client: Client, sam: Agent, wrong: dict[str, str]) -> None:
    client.force_login(sam)
    response = client.post("/desk/account", {"name": "Sam", "language": "", "timezone": "", **wrong})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_somebody_without_a_language_reads_the_workspaces(client: Client, ada: Agent, sam: Agent) -> None:
    workspace.change({"language": "es"}, actor=ada.actor)
    client.force_login(sam)
    assert client.get("/desk/account", headers={"Accept-Language": "de"})["Content-Language"] == "es"
    assert Client().get("/sign-in", headers={"Accept-Language": "de"})["Content-Language"] == "de"


def test_who_is_archived_is_signed_out_at_once(client: Client, ada: Agent, sam: Agent) -> None:
    client.force_login(sam)
    assert client.get("/desk/account").status_code == 200
    agents.archive(sam, actor=ada.actor)
    assert client.get("/desk/account").status_code == 302
    agents.restore(sam, actor=ada.actor)
    assert client.get("/desk/account").status_code == 302


def test_a_role_counts_from_the_next_request(client: Client, ada: Agent, leo: Agent) -> None:
    client.force_login(leo)
    assert client.get("/desk/dead-letters").status_code == 403
    agents.set_role(leo, "administrator", actor=ada.actor)
    assert client.get("/desk/dead-letters").status_code == 200
    agents.set_role(leo, "lead", actor=ada.actor)
    assert client.get("/desk/dead-letters").status_code == 403
