"""Connecting a mailbox at the desk, up to the servers' own answers."""

from typing import Any

import pytest

from headway.intake.mailboxes import actions, credentials, discovery, trying
from headway.intake.mailboxes.trying import Tried
from headway.intake.models import Mailbox, Provider
from headway.intake.oauth import actions as oauth
from headway.people.models import Agent, Brand
from headway.web.desk.tests.conftest import HTMX, At

PAGE = "/desk/mailboxes"
FIELDS: dict[str, Any] = {
    "address": "support@firm.example", "login": "password", "user": "support@firm.example", "password": "s3cret-word",
    "imap_host": "imap.firm.example", "imap_port": "993", "imap_security": "tls", "imap_folder": "INBOX",
    "smtp_host": "smtp.firm.example", "smtp_port": "465", "smtp_security": "tls",
}  # fmt: skip


class _NoDns:
    """A name server that knows nothing."""

    def exchangers(self, _domain: str) -> list[str]:
        return []

    def services(self, _name: str) -> list[discovery.Service]:
        return []


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of the network."""
    monkeypatch.setattr(discovery, "Dns", _NoDns)
    monkeypatch.setattr(discovery, "answers", lambda *_place: False)


@pytest.fixture
def willing(monkeypatch: pytest.MonkeyPatch) -> list[Mailbox]:
    """Servers that let everybody in; what was tried."""
    tried: list[Mailbox] = []

    def both(row: Mailbox) -> list[Tried]:
        tried.append(row)
        return [Tried("in", row.imap_host), Tried("out", row.smtp_host)]

    monkeypatch.setattr(trying, "both", both)
    return tried


def test_the_address_leads_to_the_servers(at_desk: At, ada: Agent, acme: Brand) -> None:
    client = at_desk(ada)
    assert "Find its servers" in client.get(f"{PAGE}/new").content.decode()
    page = client.get(f"{PAGE}/new", {"address": "help@web.de"}).content.decode()
    assert "This is an address of WEB.DE." in page
    assert 'value="imap.web.de"' in page
    page = client.get(f"{PAGE}/new", {"address": "help@firm.example"}).content.decode()
    assert "No servers were found" in page
    refused = client.get(f"{PAGE}/new", {"address": "nonsense"})
    assert (refused.status_code, "not a mail address" in refused.content.decode()) == (422, True)


def test_a_mailbox_is_connected_when_both_sign_ins_work(
    at_desk: At, ada: Agent, acme: Brand, willing: list[Mailbox]
) -> None:
    answer = at_desk(ada).post(f"{PAGE}/connection", FIELDS, headers=HTMX)
    row = Mailbox.objects.get()
    assert answer["HX-Redirect"] == f"{PAGE}/{row.pk}/test?first=1"
    assert (row.address.address, row.imap_host, row.smtp_port) == ("support@firm.example", "imap.firm.example", 465)
    assert credentials.read(row) == {"password": "s3cret-word"}
    assert [one.user for one in willing] == ["support@firm.example"]


def test_a_workspace_without_brands_gets_its_first(at_desk: At, ada: Agent, willing: list[Mailbox]) -> None:
    at_desk(ada).post(f"{PAGE}/connection", FIELDS, headers=HTMX)
    assert Mailbox.objects.get().address.brand.name == "Headway"


def test_what_fails_is_said_by_each_server_and_nothing_is_saved(
    at_desk: At, ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "imap.firm.example refuses the user name or password."
    tried = [Tried("in", "imap.firm.example", said), Tried("out", "smtp.firm.example")]
    monkeypatch.setattr(trying, "both", lambda _row: tried)
    answer = at_desk(ada).post(f"{PAGE}/connection", FIELDS, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Nothing was changed" in page
    assert 'value="imap.firm.example"' in page
    assert "s3cret-word" not in page
    assert not Mailbox.objects.exists()


def test_what_cannot_work_is_said_at_its_field(at_desk: At, ada: Agent, acme: Brand, willing: list[Mailbox]) -> None:
    client = at_desk(ada)
    page = client.post(f"{PAGE}/connection", FIELDS | {"imap_port": "many"}, headers=HTMX).content.decode()
    assert "A port is a number" in page
    page = client.post(f"{PAGE}/connection", FIELDS | {"password": ""}, headers=HTMX).content.decode()
    assert "Enter the password of the mailbox." in page
    client.post(f"{PAGE}/connection", FIELDS, headers=HTMX)
    page = client.post(f"{PAGE}/connection", FIELDS, headers=HTMX).content.decode()
    assert "is connected already" in page


def test_signing_in_at_a_provider_needs_its_registration_once(at_desk: At, ada: Agent, acme: Brand) -> None:
    client = at_desk(ada)
    page = client.get(f"{PAGE}/new", {"address": "help@gmail.com"}).content.decode()
    assert "/desk/providers/google?address=help%40gmail.com" in page
    page = client.get("/desk/providers/google", {"address": "help@gmail.com"}).content.decode()
    assert oauth.return_address() in page
    given = {"client_id": "an-id", "client_secret": "a-s3cret", "address": "help@gmail.com"}
    answer = client.post("/desk/providers/google", given)
    assert answer["Location"] == f"{PAGE}/new?address=help@gmail.com"
    assert Provider.objects.get().client_id == "an-id"
    assert "a-s3cret" not in client.get("/desk/providers/google").content.decode()
    page = client.get(f"{PAGE}/new", {"address": "help@gmail.com"}).content.decode()
    assert "Sign in with Google" in page
    sent = FIELDS | {"address": "help@gmail.com", "user": "help@gmail.com", "login": "google", "password": ""}
    answer = client.post(f"{PAGE}/connection", sent, headers=HTMX)
    assert answer["HX-Redirect"].startswith("https://accounts.google.com/")
    row = Mailbox.objects.get()
    again = client.post(f"{PAGE}/{row.pk}/sign-in", headers=HTMX)
    assert "login_hint=help%40gmail.com" in again["HX-Redirect"]


def test_coming_back_without_a_sign_in_says_so(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    assert client.get(f"{PAGE}/signed-in", {"state": "x", "code": "y"})["Location"] == PAGE
    assert "This sign-in is over." in client.get(PAGE).content.decode()


@pytest.fixture
def support(ada: Agent, acme: Brand) -> Mailbox:
    return actions.connect(
        address="support@firm.example", brand=acme, actor=ada.actor, secrets={"password": "s3cret-word"},
        imap_host="imap.firm.example", smtp_host="smtp.firm.example",
    )  # fmt: skip


def test_an_empty_password_is_left_as_it_is(at_desk: At, ada: Agent, support: Mailbox, willing: list[Mailbox]) -> None:
    client = at_desk(ada)
    assert "s3cret-word" not in client.get(f"{PAGE}/{support.pk}").content.decode()
    client.post(f"{PAGE}/{support.pk}", FIELDS | {"password": "", "imap_host": "mail.firm.example"})
    support.refresh_from_db()
    assert support.imap_host == "mail.firm.example"
    assert credentials.read(support) == {"password": "s3cret-word"}
    assert credentials.read(willing[0]) == {"password": "s3cret-word"}
    client.post(f"{PAGE}/{support.pk}", FIELDS | {"own_smtp": "on", "smtp_user": "relay", "smtp_password": "0ther"})
    support.refresh_from_db()
    assert (support.smtp_user, credentials.read(support)["smtp_password"]) == ("relay", "0ther")
    client.post(f"{PAGE}/{support.pk}", FIELDS | {"password": ""})
    support.refresh_from_db()
    assert (support.smtp_user, credentials.read(support)) == ("", {"password": "s3cret-word"})


def test_a_change_that_does_not_work_changes_nothing(
    at_desk: At, ada: Agent, support: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "both", lambda row: [Tried("in", row.imap_host, "It does not answer.")])
    answer = at_desk(ada).post(f"{PAGE}/{support.pk}", FIELDS | {"imap_host": "wrong.firm.example"})
    assert (answer.status_code, "It does not answer." in answer.content.decode()) == (422, True)
    support.refresh_from_db()
    assert support.imap_host == "imap.firm.example"


def test_texts_trust_and_key_are_kept(at_desk: At, ada: Agent, support: Mailbox) -> None:
    client = at_desk(ada)
    given = {
        "signature": "Acme support", "template": "{{ answer }}\n\n{{ signature }}", "acknowledgement": "We have it.",
        "trusted_servers": "mx.firm.example\n\nmx2.firm.example", "forwarders": "groups.example",
    }  # fmt: skip
    client.post(f"{PAGE}/{support.pk}/mails", given)
    support.refresh_from_db()
    assert (support.signature, support.acknowledgement) == ("Acme support", "We have it.")
    assert (support.trusted_servers, support.forwarders) == (
        ["mx.firm.example", "mx2.firm.example"],
        ["groups.example"],
    )
    assert credentials.read(support) == {"password": "s3cret-word"}
    answer = client.post(f"{PAGE}/{support.pk}/mails", given | {"template": "{{ anser }}"})
    assert (answer.status_code, "There is nothing called" in answer.content.decode()) == (422, True)
    answer = client.post(f"{PAGE}/{support.pk}/mails", given | {"dkim_selector": "desk", "dkim_key": "no key"})
    assert "This is no DKIM key." in answer.content.decode()
    answer = client.post(f"{PAGE}/{support.pk}/mails", given | {"dkim_selector": "desk"})
    assert "Paste the private key" in answer.content.decode()


def test_a_preview_reads_as_the_mail_would(at_desk: At, ada: Agent, support: Mailbox) -> None:
    client = at_desk(ada)
    sent = {"of": "template", "template": "{{ answer }}\n\n-- \n{{ signature }}", "signature": "Acme <b>support</b>"}
    page = client.post(f"{PAGE}/{support.pk}/preview", sent, headers=HTMX).content.decode()
    assert "Acme &lt;b&gt;support&lt;/b&gt;" in page
    assert "Hello Dana" in page
    page = client.post(f"{PAGE}/{support.pk}/preview", {"of": "acknowledgement"}, headers=HTMX).content.decode()
    assert "Nothing is sent." in page
