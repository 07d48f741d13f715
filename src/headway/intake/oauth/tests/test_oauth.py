"""An owner signs in at a provider, and the access is renewed."""

import threading
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connections

from headway.events.models import Entry
from headway.foundation import keys
from headway.foundation.clock import frozen, now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.intake.mailboxes import actions as mailboxes
from headway.intake.mailboxes import credentials, queries
from headway.intake.models import Grant, Mailbox, SignIn
from headway.intake.models import Provider as Registration
from headway.intake.oauth import actions, exchange, renewing
from headway.people.models import Agent, Brand
from tests.mailservers.oauth import Provider

ADDRESS = "help@acme.example"


@pytest.fixture
def mailbox(ada: Agent, acme: Brand, provider: Provider) -> Mailbox:
    """A mailbox at Google nobody has signed in to."""
    actions.register("google", actor=ada.actor, client_id="client", client_secret="kept")
    return mailboxes.connect(
        address=ADDRESS, brand=acme, actor=ada.actor, login="google", imap_host="imap.gmail.com", secrets={}
    )


def sign_in(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    state, code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    actions.finish(state, code, agent=ada)


def run_out(mailbox: Mailbox) -> None:
    Grant.objects.filter(mailbox=mailbox).update(expires_at=now())


@pytest.mark.usefixtures("db")
def test_a_sign_in_gives_a_token_that_is_sealed(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    assert queries.health(mailbox.pk).health.sign_in_again
    sign_in(mailbox, ada, provider)
    token = credentials.bearer(mailbox)
    assert provider.authority.worth(token) == {"active": True, "username": ADDRESS}
    grant = Grant.objects.get()
    assert token.encode() not in bytes(grant.access_token)
    assert not queries.health(mailbox.pk).health.sign_in_again
    assert [form["grant_type"] for form in provider.authority.requests] == ["authorization_code"]
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"provider.registered", "mailbox.connected", "mailbox.granted"} <= kinds
    journal = str(list(Entry.objects.values_list("data", flat=True)))
    assert not any(secret in journal for secret in (token, "kept", ADDRESS))


@pytest.mark.usefixtures("db")
def test_what_travels_with_the_browser_tells_no_secret(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    asked = parse_qs(urlsplit(actions.begin(mailbox, agent=ada)).query)
    row = SignIn.objects.get()
    verifier = keys.unseal("sign-in", bytes(row.verifier)).decode()
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/desk/mailboxes/signed-in"]
    assert asked["scope"] == ["https://mail.google.com/"]
    assert asked["access_type"] == ["offline"]
    assert asked["state"][0] != row.state
    assert not any(secret in str(asked) for secret in (verifier, "kept"))


@pytest.mark.usefixtures("db")
def test_a_sign_in_is_good_once_for_its_agent_and_for_ten_minutes(
    mailbox: Mailbox, ada: Agent, leo: Agent, provider: Provider
) -> None:
    other = Agent.objects.create(email="eve@desk.example", name="Eve", role=ada.role)
    state, code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    with pytest.raises(Forbidden):
        actions.finish(state, code, agent=leo)
    with pytest.raises(NotFound):
        actions.finish(state, code, agent=other)
    with pytest.raises(NotFound):
        actions.finish(state + "x", code, agent=ada)
    with frozen(now() + timedelta(minutes=11)), pytest.raises(NotFound):
        actions.finish(state, code, agent=ada)
    actions.finish(state, code, agent=ada)
    with pytest.raises(NotFound):
        actions.finish(state, code, agent=ada)


@pytest.mark.usefixtures("db")
def test_another_begun_sign_in_does_not_help_with_this_code(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    _state, code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    other = parse_qs(urlsplit(actions.begin(mailbox, agent=ada)).query)["state"][0]
    with pytest.raises(Invalid, match="Begin again"):
        actions.finish(other, code, agent=ada)
    assert not Grant.objects.exists()


@pytest.mark.usefixtures("db")
def test_refusals_are_told_in_a_sentence(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    state, _code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    assert "did not allow" in actions.refused(state, "access_denied", agent=ada)
    provider.authority.client_secret = "another"
    state, code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    with pytest.raises(Invalid, match="invalid_client"):
        actions.finish(state, code, agent=ada)
    provider.authority.client_secret, provider.authority.lasting = "kept", False
    state, code = provider.authority.consent(actions.begin(mailbox, agent=ada), ADDRESS)
    with pytest.raises(Invalid, match="for an hour only"):
        actions.finish(state, code, agent=ada)


@pytest.mark.usefixtures("db")
def test_a_mailbox_with_a_password_or_without_registration_cannot_begin(
    mailbox: Mailbox, ada: Agent, acme: Brand
) -> None:
    plain = mailboxes.connect(address="b@acme.example", brand=acme, actor=ada.actor)
    with pytest.raises(Conflict):
        actions.begin(plain, agent=ada)
    Registration.objects.all().delete()
    with pytest.raises(Conflict, match="not registered at Google"):
        actions.begin(mailbox, agent=ada)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("rotates", [True, False])
def test_an_old_token_is_renewed_and_the_refresh_token_rotates(
    mailbox: Mailbox, ada: Agent, provider: Provider, rotates: bool
) -> None:
    provider.authority.rotates = rotates
    sign_in(mailbox, ada, provider)
    seen = {credentials.bearer(mailbox)}
    for _ in range(3):
        run_out(mailbox)
        seen.add(credentials.bearer(mailbox))
    assert len(seen) == 4
    assert set(provider.authority.access) == seen


@pytest.mark.usefixtures("db")
def test_an_ended_grant_asks_to_sign_in_again_and_is_not_asked_for_again(
    mailbox: Mailbox, ada: Agent, provider: Provider
) -> None:
    sign_in(mailbox, ada, provider)
    provider.authority.refresh.clear()
    for _ in range(3):
        run_out(mailbox)
        with pytest.raises(renewing.Broken, match="Sign in again"):
            credentials.bearer(mailbox)
    assert len(provider.authority.requests) == 2
    assert (Grant.objects.get().broken, queries.health(mailbox.pk).state) == ("invalid_grant", "failing")
    sign_in(mailbox, ada, provider)
    assert credentials.bearer(mailbox) in provider.authority.access


@pytest.mark.usefixtures("db")
def test_a_provider_that_is_away_or_refuses_our_registration_breaks_no_grant(
    mailbox: Mailbox, ada: Agent, provider: Provider
) -> None:
    sign_in(mailbox, ada, provider)
    run_out(mailbox)
    provider.authority.failing = 503
    with pytest.raises(exchange.Unavailable):
        credentials.bearer(mailbox)
    provider.authority.failing, provider.authority.client_secret = 0, "another"
    with pytest.raises(renewing.Broken, match="registration"):
        credentials.bearer(mailbox)
    provider.authority.client_secret = "kept"
    assert credentials.bearer(mailbox) in provider.authority.access


@pytest.mark.usefixtures("db")
def test_a_grant_nobody_used_for_a_week_is_renewed(mailbox: Mailbox, ada: Agent, provider: Provider) -> None:
    sign_in(mailbox, ada, provider)
    assert renewing.renew_unused() == 0
    with frozen(now() + timedelta(days=8)):
        assert renewing.renew_unused() == 1
        assert renewing.renew_unused() == 0


def test_two_workers_renewing_at_once_ask_once(
    committed_db: str, ada: Agent, provider: Provider, mailbox: Mailbox
) -> None:
    sign_in(mailbox, ada, provider)
    run_out(mailbox)
    provider.authority.delay = 0.3
    found: list[Any] = []

    def renew() -> None:
        try:
            found.append(credentials.bearer(mailbox))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=renew) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert [form["grant_type"] for form in provider.authority.requests] == ["authorization_code", "refresh_token"]
