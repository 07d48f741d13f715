"""A mailbox is connected, changed, paused, resumed and archived, and how it fares is told once."""

from typing import Any

import pytest

from headway.events.models import Entry
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, HeadwayError, Invalid, NotFound
from headway.intake.mailboxes import actions, credentials, health, queries
from headway.intake.models import Folder, Grant, Mailbox
from headway.people.models import Agent, Brand

pytestmark = pytest.mark.usefixtures("db")


def connect(ada: Agent, acme: Brand, address: str = "help@acme.example", **fields: Any) -> Mailbox:
    given = {"imap_host": "imap.acme.example", "secrets": {"password": "open sesame"}, **fields}
    return actions.connect(address=address, brand=acme, actor=ada.actor, **given)


def kinds() -> list[str]:
    return list(Entry.objects.filter(subject_kind="mailbox").order_by("pk").values_list("kind", flat=True))


def test_connecting_gives_the_brand_its_address_and_seals_the_password(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme, address=" Help@ACME.example")
    row = Mailbox.objects.get()
    assert (row.address.address, row.address.brand, row.user) == ("help@acme.example", acme, "help@acme.example")
    assert credentials.read(row) == {"password": "open sesame"}
    assert b"sesame" not in bytes(row.secrets)
    assert kinds() == ["mailbox.connected"]
    assert "sesame" not in str(list(Entry.objects.values_list("data", flat=True)))
    assert [(one.address, one.state) for one in queries.listed()] == [("help@acme.example", "waiting")]
    assert queries.of_address("HELP@acme.example") == mailbox


def test_only_administrators_connect_and_change(ada: Agent, leo: Agent, acme: Brand) -> None:
    with pytest.raises(Forbidden):
        connect(leo, acme)
    mailbox = connect(ada, acme)
    for act in (actions.pause, actions.resume, actions.archive, actions.change):
        with pytest.raises(Forbidden):
            act(mailbox, actor=leo.actor)


def test_the_same_address_or_account_is_refused(ada: Agent, acme: Brand) -> None:
    connect(ada, acme)
    with pytest.raises(Conflict, match=r"help@acme\.example is connected already"):
        connect(ada, acme, address="HELP@acme.example")
    with pytest.raises(Conflict, match=r"fetched for help@acme\.example already"):
        connect(ada, acme, address="sales@acme.example", user="help@acme.example")
    second = connect(ada, acme, address="sales@acme.example", imap_host="", secrets={})
    assert second.imap_host == ""


def test_an_address_of_another_brand_is_refused(ada: Agent, acme: Brand) -> None:
    connect(ada, acme)
    other = Brand.objects.create(name="Other", slug="other")
    with pytest.raises(Conflict, match="belongs to the brand Acme"):
        connect(ada, other)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"imap_host": "not a host"}, "imap_host"),
        ({"imap_port": 0}, "imap_port"),
        ({"imap_port": 70_000}, "imap_port"),
        ({"imap_security": "none"}, "imap_security"),
        ({"smtp_host": "smtp.acme.example", "smtp_security": "none"}, "smtp_security"),
        ({"imap_security": "ssl"}, "imap_security"),
        ({"login": "ntlm"}, "login"),
        ({"user": "a\r\nb"}, "user"),
        ({"secrets": {}}, "password"),
        ({"secrets": {"password": "a\nb"}}, "password"),
        ({"secrets": {"pin": "1"}}, "secrets"),
        ({"dkim_selector": "a b"}, "dkim_selector"),
        ({"forwarders": [f"{number}@example.com" for number in range(51)]}, "forwarders"),
    ],
)
def test_what_cannot_work_is_refused_by_field(ada: Agent, acme: Brand, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        connect(ada, acme, **fields)
    assert refusal.value.details["field"] == field
    assert not Mailbox.objects.exists()


def test_our_own_network_may_go_without_encryption(ada: Agent, acme: Brand) -> None:
    assert connect(ada, acme, imap_host="127.0.0.1", imap_security="none", imap_port=143).imap_port == 143


def test_a_change_tells_what_changed_and_keeps_the_other_secrets(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    actions.change(mailbox, actor=ada.actor, secrets={"smtp_password": "other"}, signature="Bye")
    actions.change(mailbox, actor=ada.actor, signature="Bye")
    row = Mailbox.objects.get()
    assert (credentials.read(row), row.signature) == ({"password": "open sesame", "smtp_password": "other"}, "Bye")
    assert kinds() == ["mailbox.connected", "mailbox.changed"]
    assert Entry.objects.get(kind="mailbox.changed").data == {"fields": ["secrets", "signature"]}
    actions.change(mailbox, actor=ada.actor, secrets={"smtp_password": ""})
    assert credentials.read(Mailbox.objects.get()) == {"password": "open sesame"}
    with pytest.raises(Invalid):
        actions.change(mailbox, actor=ada.actor, secrets={"password": ""})


def test_another_server_means_looking_through_everything_again(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    Folder.objects.create(mailbox=mailbox, name="INBOX", uid_validity=5, first_uid=1, taken="1:9")
    actions.change(mailbox, actor=ada.actor, signature="Bye")
    assert Folder.objects.get().uid_validity == 5
    actions.change(mailbox, actor=ada.actor, imap_host="mail.acme.example")
    assert Folder.objects.get().uid_validity == 0


def test_pausing_and_resuming(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    actions.pause(mailbox, actor=ada.actor)
    assert [one.state for one in queries.listed()] == ["paused"]
    with pytest.raises(Conflict):
        actions.pause(mailbox, actor=ada.actor)
    actions.resume(mailbox, actor=ada.actor)
    with pytest.raises(Conflict):
        actions.resume(mailbox, actor=ada.actor)
    assert kinds() == ["mailbox.connected", "mailbox.paused", "mailbox.resumed"]


def test_archiving_erases_the_secrets_and_the_address_can_be_connected_anew(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    Folder.objects.create(mailbox=mailbox, name="INBOX", uid_validity=5, first_uid=1, taken="1:9")
    Grant.objects.create(mailbox=mailbox, refresh_token=b"x", expires_at=now(), renewed_at=now())
    actions.archive(mailbox, actor=ada.actor)
    row = Mailbox.objects.get()
    assert (bytes(row.secrets), Folder.objects.count(), Grant.objects.count()) == (b"", 0, 0)
    assert (queries.listed(), queries.of_address("help@acme.example")) == ([], None)
    attempts: list[Any] = [actions.pause, actions.archive, actions.change]
    for act in attempts:
        with pytest.raises(NotFound):
            act(mailbox, actor=ada.actor)
    again = connect(ada, acme, imap_host="new.acme.example")
    assert (again.pk, again.archived_at, again.imap_host) == (mailbox.pk, None, "new.acme.example")
    assert again.connected_at > mailbox.connected_at


def test_failing_and_recovering_are_told_once(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    health.fetched(mailbox.pk, idle=True)
    assert queries.health(mailbox.pk).state == "working"
    for _ in range(3):
        health.failed(mailbox.pk, failure="refused", error="The server refuses the password.")
    line = queries.health(mailbox.pk)
    assert (line.state, line.health.failure, line.health.error) == (
        "failing",
        "refused",
        "The server refuses the password.",
    )
    assert queries.troubles() == [line]
    for _ in range(3):
        health.fetched(mailbox.pk, mail_at=now(), lag_seconds=4)
    assert (queries.health(mailbox.pk).state, queries.health(mailbox.pk).health.lag_seconds) == ("working", 4)
    for _ in range(2):
        health.sending_failed(mailbox.pk, error="The server is away.")
    assert [one.id for one in queries.troubles()] == [mailbox.pk]
    for _ in range(2):
        health.sent(mailbox.pk)
    assert queries.troubles() == []
    told = Entry.objects.filter(kind__in=["mailbox.failed", "mailbox.recovered"]).order_by("pk")
    assert [(entry.kind, entry.data["way"]) for entry in told] == [
        ("mailbox.failed", "in"),
        ("mailbox.recovered", "in"),
        ("mailbox.failed", "out"),
        ("mailbox.recovered", "out"),
    ]


def test_an_archived_mailbox_is_not_told_about(ada: Agent, acme: Brand) -> None:
    mailbox = connect(ada, acme)
    actions.archive(mailbox, actor=ada.actor)
    health.failed(mailbox.pk, failure="refused", error="No.")
    health.fetched(mailbox.pk)
    assert kinds() == ["mailbox.connected", "mailbox.archived"]


def test_secrets_sealed_with_another_key_are_refused_with_a_sentence(
    ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = connect(ada, acme)
    monkeypatch.setenv("HEADWAY_MASTER_KEY", "A" * 43)
    with pytest.raises(HeadwayError, match="master key"):
        credentials.read(mailbox)
    actions.change(mailbox, actor=ada.actor, secrets={"password": "new", "smtp_password": "", "dkim_key": ""})
    assert credentials.read(Mailbox.objects.get()) == {"password": "new"}
