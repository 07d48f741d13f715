"""Mails handed in by providers, over HTTP: stored before they are acknowledged, once, and never unverified."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.events.models import Entry
from headway.foundation import files, outward
from headway.foundation.clock import now
from headway.foundation.outward import Answer
from headway.intake.hooks import actions, certificates, taking
from headway.intake.hooks.tests import providers as made
from headway.intake.hooks.tests.providers import CERTIFICATE, KEY, RAW, TOPIC, amazon, basic, notification
from headway.intake.models import Hook, RawMail
from headway.people.models import Agent
from headway.web.inbound import bodies, views


@pytest.fixture
def mailgun(ada: Agent) -> Hook:
    return actions.add("mailgun", "Mailgun", actor=ada.actor, secret=KEY)[0]


@pytest.fixture
def ses(ada: Agent, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A hook for a topic, whose certificate is ours; nothing is fetched."""
    certificates.forget()
    monkeypatch.setattr(outward, "request", _certificate)
    yield actions.add("ses", "Amazon", actor=ada.actor, topic=TOPIC)[0]
    certificates.forget()


@pytest.fixture
def postmark(ada: Agent) -> tuple[Hook, str]:
    return actions.add("postmark", "Postmark", actor=ada.actor)


def _certificate(method: str, url: str, **bounds: object) -> Answer:
    assert (method, url) == ("GET", CERTIFICATE)
    return Answer(200, {}, amazon().pem)


def post(hook: Hook, body: bytes, content_type: str = "application/json", **headers: str) -> HttpResponse:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = client.post(f"/in/{hook.path}", body, content_type=content_type, headers=headers)
    assert response.cookies == {}
    return cast("HttpResponse", response)


def forward(hook: Hook, fields: dict[str, bytes] | None = None) -> HttpResponse:
    content_type, body = made.multipart(made.mailgun() if fields is None else fields)
    return post(hook, body, content_type)


def refusal(hook: Hook) -> str:
    return Hook.objects.get(pk=hook.pk).refusal


def test_mailgun_hands_in_a_mail(mailgun: Hook) -> None:
    assert forward(mailgun).status_code == 200
    row = RawMail.objects.get()
    assert (row.source, files.read(row.sha256)) == (f"hook:{mailgun.pk}", RAW)
    assert row.envelope == {"from": "dana@example.com", "to": ["help@desk.example"]}
    assert Hook.objects.get().arrived_at is not None


def test_mailguns_address_ends_in_mime(mailgun: Hook) -> None:
    content_type, body = made.urlencoded(made.mailgun())
    assert Client().post(f"/in/{mailgun.path}/mime", body, content_type=content_type).status_code == 200


def test_the_same_call_again_is_acknowledged_and_kept_once(mailgun: Hook) -> None:
    fields = made.mailgun()
    assert [forward(mailgun, fields).status_code for _ in range(3)] == [200, 200, 200]
    assert RawMail.objects.count() == 1


def test_a_token_brings_no_second_mail(mailgun: Hook) -> None:
    fields = made.mailgun()
    forward(mailgun, fields)
    assert forward(mailgun, fields | {"body-mime": b"From: eve@example.com\r\n\r\nPay me.\r\n"}).status_code == 406
    assert RawMail.objects.count() == 1
    assert refusal(mailgun) == "replayed"


def test_an_old_call_is_refused(mailgun: Hook) -> None:
    assert forward(mailgun, made.mailgun(at=now() - timedelta(minutes=6))).status_code == 403
    assert refusal(mailgun) == "stale"
    assert not RawMail.objects.exists()


def test_the_key_of_another_hook_opens_nothing(ada: Agent, mailgun: Hook) -> None:
    other = actions.add("mailgun", "Other", actor=ada.actor, secret="another-key")[0]
    assert forward(other).status_code == 403
    assert refusal(other) == "signature"


def test_an_archived_hook_takes_nothing(ada: Agent, mailgun: Hook) -> None:
    actions.archive(mailgun, actor=ada.actor)
    assert forward(mailgun).status_code == 404
    assert bytes(Hook.objects.get().secret) == b""


def test_amazon_hands_in_a_mail_and_its_certificate_is_fetched_once(ses: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    assert post(ses, amazon().sign(notification(), "1")).status_code == 200
    monkeypatch.setattr(outward, "request", None)
    assert post(ses, amazon().sign(notification())).status_code == 200
    assert set(RawMail.objects.values_list("source", flat=True)) == {f"hook:{ses.pk}"}
    assert RawMail.objects.count() == 2


def test_amazon_delivers_again_and_it_is_kept_once(ses: Hook) -> None:
    body = amazon().sign(notification())
    assert [post(ses, body).status_code for _ in range(2)] == [200, 200]
    assert RawMail.objects.count() == 1


def test_a_forged_notification_is_not_stored(ses: Hook) -> None:
    assert post(ses, amazon("eve").sign(notification())).status_code == 403
    assert not RawMail.objects.exists()
    assert refusal(ses) == "signature"


def test_without_amazons_certificate_it_is_asked_for_again(ses: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> Answer:
        raise TimeoutError

    monkeypatch.setattr(outward, "request", away)
    response = post(ses, amazon().sign(notification()))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_a_subscription_waits_for_an_administrator(ses: Hook, ada: Agent) -> None:
    message = made.subscription()
    assert post(ses, amazon().sign(message)).status_code == 200
    row = Hook.objects.get()
    assert row.confirmation == message["SubscribeURL"]
    assert Entry.objects.filter(kind="hook.asked", subject_id=ses.pk).count() == 1
    opened: list[str] = []

    def ask(method: str, url: str, **bounds: object) -> Answer:
        opened.append(f"{method} {url}")
        return Answer(200, {}, b"<ConfirmSubscriptionResponse/>")

    actions.confirm(row, actor=ada.actor, ask=ask)
    assert opened == [f"GET {message['SubscribeURL']}"]
    assert Hook.objects.get().confirmation == ""
    assert Entry.objects.filter(kind="hook.confirmed", actor_id=ada.pk).count() == 1


def test_a_subscription_of_another_topic_is_not_even_shown(ses: Hook) -> None:
    assert post(ses, amazon().sign(made.subscription(topic=f"{TOPIC}2"))).status_code == 403
    assert Hook.objects.get().confirmation == ""
    assert refusal(ses) == "topic"


def test_mails_kept_in_s3_are_refused_with_that_reason(ses: Hook) -> None:
    assert post(ses, amazon().sign(notification(None))).status_code == 422
    assert refusal(ses) == "stored_elsewhere"


def test_postmark_hands_in_a_mail(postmark: tuple[Hook, str]) -> None:
    hook, password = postmark
    body = made.postmark(message_id="m1")
    assert [post(hook, body, Authorization=basic(password)).status_code for _ in range(2)] == [200, 200]
    assert RawMail.objects.get().source == f"hook:{hook.pk}"


def test_postmark_without_its_password_is_refused(postmark: tuple[Hook, str], ada: Agent) -> None:
    hook, password = postmark
    response = post(hook, made.postmark())
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, 'Basic realm="headway"')
    renewed = actions.renew_password(hook, actor=ada.actor)
    assert post(hook, made.postmark(), Authorization=basic(password)).status_code == 401
    assert post(hook, made.postmark(), Authorization=basic(renewed)).status_code == 200
    assert RawMail.objects.count() == 1


def test_nothing_is_acknowledged_that_is_not_stored(mailgun: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = made.mailgun()
    for trouble in (OSError("disk full"), OperationalError("away")):

        def fail(_arrivals: object, trouble: Exception = trouble) -> list[int]:
            raise trouble

        with monkeypatch.context() as patched:
            patched.setattr(taking, "keep", fail)
            assert forward(mailgun, fields).status_code == 503
    assert forward(mailgun, fields).status_code == 200
    assert RawMail.objects.count() == 1


def test_a_body_that_is_too_large_is_not_read(mailgun: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 200)
    assert forward(mailgun).status_code == 413
    assert refusal(mailgun) == "too_large"
    assert not RawMail.objects.exists()


def test_mails_beyond_what_forms_may_hold_are_taken(mailgun: Hook, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    raw = RAW + b"x" * (5 * 1024 * 1024)
    assert forward(mailgun, made.mailgun(raw)).status_code == 200
    assert RawMail.objects.get().size == len(raw)


def test_a_second_large_body_waits_its_turn(mailgun: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_LARGE", 100)
    monkeypatch.setattr(bodies, "_PATIENCE", 0.01)
    with bodies._one_large:
        assert forward(mailgun).status_code == 503
    assert forward(mailgun).status_code == 200


def test_who_keeps_failing_is_told_to_wait_and_good_calls_go_on(mailgun: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_FAILURES", 3)
    bad = made.mailgun() | {"signature": b"0" * 64}
    assert [forward(mailgun, bad).status_code for _ in range(5)] == [403, 403, 403, 429, 429]
    assert Client().post("/in/nowhere", b"", content_type="text/plain").status_code == 429
    assert forward(mailgun).status_code == 200


def test_only_post_is_taken(mailgun: Hook) -> None:
    for method in ("get", "put", "delete", "patch"):
        assert getattr(Client(), method)(f"/in/{mailgun.path}").status_code == 405


def test_no_secret_is_shown_or_written_down(mailgun: Hook, ada: Agent) -> None:
    forward(mailgun, made.mailgun(key="wrong"))
    told = repr(list(Entry.objects.filter(subject_kind="hook").values())) + refusal(mailgun)
    assert KEY not in told
    assert mailgun.path not in told
    assert KEY.encode() not in bytes(mailgun.secret)


_BODIES = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda fields: made.urlencoded(fields)[1], st.dictionaries(
        st.sampled_from(["timestamp", "token", "signature", "body-mime", "recipient"]), st.binary(max_size=40)
    )),
    st.builds(
        lambda fields: str(fields).replace("'", '"').encode(errors="replace"),
        st.dictionaries(
            st.sampled_from(["Type", "MessageId", "TopicArn", "Message", "Timestamp", "Signature", "SigningCertURL",
                             "SignatureVersion", "RawEmail", "MessageID", "SubscribeURL"]),
            st.sampled_from(["Notification", "SubscriptionConfirmation", TOPIC, CERTIFICATE, "1", "2", "YQ==", "{}"]),
        ),
    ),
)  # fmt: skip
_KINDS = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", ""]
)
_AUTHORIZATION = st.one_of(st.just(""), st.text(st.characters(max_codepoint=255, min_codepoint=32), max_size=40))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(body=_BODIES, content_type=_KINDS, authorization=_AUTHORIZATION, which=st.integers(0, 2))
def test_whatever_comes_is_refused_without_a_valid_signature(
    mailgun: Hook,
    ses: Hook,
    postmark: tuple[Hook, str],
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
    content_type: str,
    authorization: str,
    which: int,
) -> None:
    monkeypatch.setattr(views, "MOST_FAILURES", 10**9)
    response = post((mailgun, ses, postmark[0])[which], body, content_type, Authorization=authorization)
    assert 400 <= response.status_code < 500
    assert not RawMail.objects.exists()
