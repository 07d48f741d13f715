"""Mailboxes and suppressed addresses by the API."""

import pytest
from django.test import Client

from headway.intake.mailboxes import credentials
from headway.intake.models import Mailbox, SelfTest, Suppression
from headway.people.actions import tokens
from headway.people.models import Agent, Brand

NEW = {
    "address": "support@firm.example", "imap_host": "imap.firm.example", "smtp_host": "smtp.firm.example",
    "password": "s3cret-word", "trusted_servers": ["mx.firm.example"],
}  # fmt: skip


@pytest.fixture
def client(ada: Agent) -> Client:
    _token, secret = tokens.issue(ada, "Script", ["admin", "customers:read"], actor=ada.actor)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_mailbox_from_connecting_to_disconnecting(client: Client, acme: Brand) -> None:
    made = client.post("/api/v1/mailboxes", {**NEW, "brand_id": acme.pk}, content_type="application/json")
    assert made.status_code == 201
    assert "s3cret-word" not in made.content.decode()
    body = made.json()
    assert (body["has"], body["imap_port"]) == (["password"], 993)
    way = f"/api/v1/mailboxes/{body['id']}"
    assert client.get(f"{way}/health").json()["state"] == "waiting"
    changed = client.patch(way, {"imap_port": 143, "imap_security": "starttls"}, content_type="application/json")
    assert (changed.json()["imap_port"], changed.json()["has"]) == (143, ["password"])
    stale = client.patch(
        way, {"imap_port": 993}, content_type="application/json", headers={"If-Match": made.headers["ETag"]}
    )
    assert stale.status_code == 412
    assert client.put(f"{way}/pause").status_code == 204
    assert client.get("/api/v1/mailboxes").json()["items"][0]["state"] == "paused"
    assert client.post(f"{way}/tests").status_code == 409
    assert client.delete(f"{way}/pause").status_code == 204
    assert client.put(f"{way}/look").status_code == 204
    assert client.post(f"{way}/tests").json()["step"] == "started"
    assert [one["id"] for one in client.get(f"{way}/tests").json()["items"]] == [SelfTest.objects.get().pk]
    assert credentials.read(Mailbox.objects.get()) == {"password": "s3cret-word"}
    assert client.delete(way).status_code == 204
    assert client.get(way).status_code == 404


def test_what_cannot_work_names_its_field(client: Client, acme: Brand) -> None:
    wrong = {**NEW, "brand_id": acme.pk, "imap_host": "no host"}
    refused = client.post("/api/v1/mailboxes", wrong, content_type="application/json")
    assert (refused.status_code, "imap_host" in refused.content.decode()) == (422, True)


def test_addresses_are_suppressed_and_restored(client: Client) -> None:
    made = client.post("/api/v1/suppressions", {"address": "Dana@Example.com"}, content_type="application/json")
    assert (made.status_code, made.json()["address"]) == (201, "dana@example.com")
    found = client.get("/api/v1/suppressions", {"q": "dana"}).json()["items"]
    assert [one["reason"] for one in found] == ["asked"]
    assert client.delete(f"/api/v1/suppressions/{found[0]['id']}").status_code == 204
    assert not Suppression.objects.exists()
