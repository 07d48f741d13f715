"""The test of a mailbox at the desk."""

from datetime import timedelta

import pytest

from headway.foundation.clock import now
from headway.intake.email.imap import leases
from headway.intake.mailboxes import actions, trying
from headway.intake.mailboxes.trying import Tried
from headway.intake.models import Mailbox, SelfTest
from headway.people.models import Agent, Brand
from headway.web.desk.tests.conftest import HTMX, At


@pytest.fixture
def support(ada: Agent, acme: Brand) -> Mailbox:
    return actions.connect(
        address="support@firm.example", brand=acme, actor=ada.actor, secrets={"password": "s3cret-word"},
        imap_host="imap.firm.example", smtp_host="smtp.firm.example",
    )  # fmt: skip


def _page(row: Mailbox) -> str:
    return f"/desk/mailboxes/{row.pk}/test"


def test_after_connecting_the_test_begins_by_itself(at_desk: At, ada: Agent, support: Mailbox) -> None:
    client = at_desk(ada)
    assert 'hx-trigger="load, submit"' in client.get(f"{_page(support)}?first=1").content.decode()
    assert 'hx-trigger="load, submit"' not in client.get(_page(support)).content.decode()


def test_a_sign_in_that_fails_is_said_and_nothing_is_sent(
    at_desk: At, ada: Agent, support: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "both", lambda row: [Tried("in", row.imap_host, "It refuses the password.")])
    page = at_desk(ada).post(_page(support), headers=HTMX).content.decode()
    assert "It refuses the password." in page
    assert not SelfTest.objects.exists()


def test_the_test_is_followed_step_by_step(
    at_desk: At, ada: Agent, support: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "both", lambda row: [Tried("in", row.imap_host), Tried("out", row.smtp_host)])
    client = at_desk(ada)
    page = client.post(_page(support), headers=HTMX).content.decode()
    assert "every 2s" in page
    test = SelfTest.objects.get()
    at = now()
    SelfTest.objects.filter(pk=test.pk).update(step="arrived", sent_at=at, arrived_at=at)
    page = client.get(_page(support)).content.decode()
    assert "It works both ways" in page
    assert "is on its way" in page
    SelfTest.objects.filter(pk=test.pk).update(plus_arrived_at=at)
    page = client.get(_page(support)).content.decode()
    assert "answers are matched to their tickets by address" in page
    assert "every 2s" not in page
    SelfTest.objects.filter(pk=test.pk).update(plus_arrived_at=None, arrived_at=at - timedelta(minutes=2))
    assert "did not come back" in client.get(_page(support)).content.decode()


def test_a_test_that_failed_says_why(at_desk: At, ada: Agent, support: Mailbox) -> None:
    SelfTest.objects.create(
        mailbox=support, mark="1", step="failed", error="It is in the spam folder.", started_at=now()
    )
    page = at_desk(ada).get(_page(support)).content.decode()
    assert "It is in the spam folder." in page
    assert "Test it again" in page


def test_a_paused_mailbox_is_not_tested(
    at_desk: At, ada: Agent, support: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "both", lambda row: [Tried("in", row.imap_host)])
    actions.pause(support, actor=ada.actor)
    assert "Resume it, then test it." in at_desk(ada).post(_page(support), headers=HTMX).content.decode()


def test_fetch_now_begins_the_connection_anew(at_desk: At, ada: Agent, support: Mailbox) -> None:
    before = leases.held_by("a worker")
    assert before == leases.held_by("a worker")
    at_desk(ada).post(f"/desk/mailboxes/{support.pk}/look")
    assert before != leases.held_by("a worker")
