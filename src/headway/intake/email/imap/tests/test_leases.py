"""Which mailboxes a worker reads."""

from datetime import timedelta
from typing import Any

import pytest

from headway.foundation.clock import frozen, now
from headway.intake.email.imap import leases
from headway.intake.mailboxes import actions
from headway.intake.models import Grant, Mailbox, MailboxHealth
from headway.people.models import Agent, Brand
from headway.settings import actions as settings

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def mailbox(ada: Agent, acme: Brand) -> Mailbox:
    return connect(ada, acme)


def connect(ada: Agent, acme: Brand, address: str = "help@acme.example", **fields: Any) -> Mailbox:
    given = {"imap_host": "imap.acme.example", "secrets": {"password": "sesame"}, **fields}
    return actions.connect(address=address, brand=acme, actor=ada.actor, **given)


def test_a_mailbox_is_read_by_one_worker_until_its_lease_ends(mailbox: Mailbox) -> None:
    start = now()
    with frozen(start):
        assert list(leases.held_by("one")) == [mailbox.pk]
        assert leases.held_by("two") == {}
    with frozen(start + timedelta(seconds=30)):
        assert list(leases.held_by("one")) == [mailbox.pk]  # renewed
    with frozen(start + timedelta(seconds=70)):
        assert leases.held_by("two") == {}
    with frozen(start + timedelta(seconds=91)):
        assert list(leases.held_by("two")) == [mailbox.pk]
        assert leases.held_by("one") == {}
        leases.release("two")
        assert list(leases.held_by("one")) == [mailbox.pk]


def test_what_is_not_to_be_read_is_nobodys(mailbox: Mailbox, ada: Agent, acme: Brand) -> None:
    connect(ada, acme, "other@acme.example", imap_host="", secrets={})
    connect(ada, acme, "sample@acme.example", is_sample=True)
    signed_out = connect(ada, acme, "oauth@acme.example", login="google", secrets={})
    assert list(leases.held_by("one")) == [mailbox.pk]
    Grant.objects.create(mailbox=signed_out, refresh_token=b"", expires_at=now(), renewed_at=now())
    assert sorted(leases.held_by("one")) == sorted([mailbox.pk, signed_out.pk])
    actions.pause(mailbox, actor=ada.actor)
    assert list(leases.held_by("one")) == [signed_out.pk]
    settings.hold("a test", actor=ada.actor)
    assert leases.held_by("one") == {}
    assert not MailboxHealth.objects.filter(leased_by="one").exists()


def test_the_fingerprint_changes_with_the_way_to_the_mailbox_only(mailbox: Mailbox, ada: Agent) -> None:
    before = leases.held_by("one")
    actions.change(mailbox, actor=ada.actor, signature="Bye")
    assert leases.held_by("one") == before
    actions.change(mailbox, actor=ada.actor, secrets={"password": "another"})
    assert leases.held_by("one") != before


def test_a_mailbox_without_health_gets_one(mailbox: Mailbox) -> None:
    MailboxHealth.objects.all().delete()
    assert list(leases.held_by("one")) == [mailbox.pk]
