"""The list of channels, and the banner of those that are down."""

from datetime import timedelta

import pytest

from headway.foundation.clock import now
from headway.intake.mailboxes import actions, health
from headway.intake.models import Mailbox, MailboxHealth
from headway.people.models import Agent, Brand
from headway.settings.actions import hold
from headway.web.desk.tests.conftest import At

PAGE = "/desk/mailboxes"


@pytest.fixture
def support(ada: Agent, acme: Brand) -> Mailbox:
    """A mailbox that was connected an hour ago."""
    row = actions.connect(
        address="support@acme.example", brand=acme, actor=ada.actor, secrets={"password": "s3cret-word"},
        imap_host="imap.acme.example", smtp_host="smtp.acme.example", trusted_servers=["mx.acme.example"],
    )  # fmt: skip
    Mailbox.objects.filter(pk=row.pk).update(connected_at=now() - timedelta(hours=1))
    return row


def _fares(row: Mailbox, **values: object) -> None:
    MailboxHealth.objects.filter(mailbox=row).update(**values)


def test_an_empty_page_says_how_to_begin(at_desk: At, ada: Agent) -> None:
    page = at_desk(ada).get(PAGE).content.decode()
    assert "No mailbox is connected yet" in page
    assert f'href="{PAGE}/new"' in page


def test_each_state_is_said_in_words(at_desk: At, ada: Agent, support: Mailbox) -> None:
    client = at_desk(ada)
    assert "Nobody looks at it" in client.get(PAGE).content.decode()
    health.fetched(support.pk, waiting=3, idle=True)
    page = client.get(PAGE).content.decode()
    assert "Works" in page
    assert "3 mails" in page
    health.failed(support.pk, failure="refused", error="imap.acme.example refused the password.")
    page = client.get(PAGE).content.decode()
    assert "Failing" in page
    assert "imap.acme.example refused the password." in page
    assert "Your mail is untouched" in page
    health.sending_failed(support.pk, error="smtp.acme.example does not answer.")
    assert "smtp.acme.example does not answer." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}/{support.pk}/pause")
    page = client.get(PAGE).content.decode()
    assert "Paused" in page
    client.post(f"{PAGE}/{support.pk}/resumption")
    support.refresh_from_db()
    assert support.paused_at is None


def test_a_mailbox_without_trusted_servers_is_shown_as_unverified(at_desk: At, ada: Agent, support: Mailbox) -> None:
    health.fetched(support.pk)
    assert "Senders are not verified" not in at_desk(ada).get(PAGE).content.decode()
    _fares(support, verdicts=0, verdicts_seen=16)
    assert "Senders are not verified" in at_desk(ada).get(PAGE).content.decode()
    _fares(support, verdicts=0xFFFF, verdicts_seen=16)
    assert "Senders are not verified" not in at_desk(ada).get(PAGE).content.decode()


def test_disconnecting_asks_and_says_what_stays(at_desk: At, ada: Agent, support: Mailbox) -> None:
    client = at_desk(ada)
    assert "Its tickets stay." in client.get(PAGE).content.decode()
    client.post(f"{PAGE}/{support.pk}/removal")
    support.refresh_from_db()
    assert (support.archived_at is not None, bytes(support.secrets)) == (True, b"")
    assert client.post(f"{PAGE}/{support.pk}/removal").status_code == 404


def test_no_secret_leaves(at_desk: At, ada: Agent, support: Mailbox) -> None:
    assert "s3cret-word" not in at_desk(ada).get(PAGE).content.decode()


def test_the_banner_names_what_is_down_for_longer_than_five_minutes(
    at_desk: At, ada: Agent, sam: Agent, support: Mailbox
) -> None:
    health.fetched(support.pk)
    client = at_desk(sam)
    assert "support@acme.example" not in client.get("/desk/trouble").content.decode()
    health.failed(support.pk, failure="refused", error="It refused the password.")
    assert "support@acme.example" not in client.get("/desk/trouble").content.decode()
    _fares(support, failing_since=now() - timedelta(minutes=6))
    said = client.get("/desk/trouble").content.decode()
    assert "New mail to support@acme.example does not arrive here." in said
    assert "An administrator can mend it" in said
    assert f"{PAGE}#mailbox-{support.pk}" in at_desk(ada).get("/desk/trouble").content.decode()
    actions.pause(support, actor=ada.actor)
    assert "support@acme.example" not in client.get("/desk/trouble").content.decode()


def test_the_banner_knows_sending_and_silence(at_desk: At, sam: Agent, ada: Agent, support: Mailbox) -> None:
    assert "does not arrive" in at_desk(sam).get("/desk/trouble").content.decode()
    health.fetched(support.pk)
    _fares(support, sending_failed_since=now() - timedelta(minutes=6))
    assert "do not leave" in at_desk(sam).get("/desk/trouble").content.decode()
    hold("restored", actor=ada.actor)
    assert "support@acme.example" not in at_desk(sam).get("/desk/trouble").content.decode()


def test_what_the_banner_costs(
    at_desk: At, sam: Agent, support: Mailbox, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    client = at_desk(sam)
    client.get("/desk/trouble")
    # session, person, settings, whether held, the mailboxes, their own replies that were held back
    with django_assert_num_queries(6, exact=False):  # type: ignore[operator]
        client.get("/desk/trouble")
