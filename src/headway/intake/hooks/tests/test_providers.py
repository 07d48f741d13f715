"""What each provider's call says, by table: signatures, times, addresses of certificates, forms."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.foundation.clock import now
from headway.intake.hooks import forms
from headway.intake.hooks.calls import Asked, Call, Handed, Reason, Refused
from headway.intake.hooks.providers import mailgun, postmark, ses
from headway.intake.hooks.tests import providers as made
from headway.intake.hooks.tests.providers import CERTIFICATE, KEY, RAW, TOPIC, amazon, basic, notification

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def call(body: bytes, content_type: str = "", authorization: str = "") -> Call:
    return Call(body, content_type, authorization, now())


def reason(refused: pytest.ExceptionInfo[Refused]) -> Reason:
    return refused.value.reason


@pytest.mark.parametrize("write", [made.urlencoded, made.multipart])
def test_mailgun_hands_over_the_mail_byte_by_byte(write: Callable[[dict[str, bytes]], tuple[str, bytes]]) -> None:
    content_type, body = write(made.mailgun(token="t0ken"))
    found = mailgun.read(call(body, content_type), key=KEY.encode())
    assert found == Handed("t0ken", RAW, {"from": "dana@example.com", "to": ["help@desk.example"]})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"signature": b"00" * 32}, Reason.SIGNATURE),
        ({"signature": b""}, Reason.UNSIGNED),
        ({"token": b"another"}, Reason.SIGNATURE),
        ({"token": b""}, Reason.UNSIGNED),
        ({"token": b"two words"}, Reason.UNSIGNED),
        ({"timestamp": b"1777777777"}, Reason.SIGNATURE),
        ({"timestamp": b"soon"}, Reason.UNSIGNED),
        ({"body-mime": b""}, Reason.NO_MAIL),
    ],
)
def test_mailgun_is_refused_when_something_is_wrong(changed: dict[str, bytes], expected: Reason) -> None:
    content_type, body = made.urlencoded(made.mailgun() | changed)
    with pytest.raises(Refused) as refused:
        mailgun.read(call(body, content_type), key=KEY.encode())
    assert reason(refused) == expected


@pytest.mark.parametrize(("minutes", "good"), [(-4.9, True), (-5.1, False), (4.9, True), (5.1, False)])
def test_mailgun_signatures_are_good_for_five_minutes(minutes: float, good: bool) -> None:
    content_type, body = made.urlencoded(made.mailgun(at=AT + timedelta(minutes=minutes)))
    there = Call(body, content_type, "", AT)
    if good:
        assert mailgun.read(there, key=KEY.encode()).raw == RAW
    else:
        with pytest.raises(Refused) as refused:
            mailgun.read(there, key=KEY.encode())
        assert reason(refused) == Reason.STALE


def test_an_empty_key_opens_nothing() -> None:
    content_type, body = made.urlencoded(made.mailgun(key=""))
    with pytest.raises(Refused):
        mailgun.read(call(body, content_type), key=b"")
    with pytest.raises(Refused):
        postmark.read(call(made.postmark(), authorization=basic("")), password=b"")


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("encoding", ["BASE64", "UTF-8"])
def test_amazon_hands_over_the_mail(version: str, encoding: str) -> None:
    body = amazon().sign(notification(encoding=encoding, MessageId="m1"), version)
    found = ses.read(call(body), topic=TOPIC, certificate=lambda _url: amazon().pem)
    raw = RAW if encoding == "BASE64" else RAW.decode("utf-8", "replace").encode()
    assert found == Handed("m1", raw, {"from": "dana@example.com", "to": ["help@desk.example"]})


def test_amazon_without_a_subject_is_signed_without_it() -> None:
    message = notification()
    del message["Subject"]
    found = ses.read(call(amazon().sign(message)), topic=TOPIC, certificate=lambda _url: amazon().pem)
    assert isinstance(found, Handed)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"dana@example.com", b"eve@example.com.", Reason.SIGNATURE),
        (b'"SignatureVersion": "2"', b'"SignatureVersion": "1"', Reason.SIGNATURE),
        (b'"SignatureVersion": "2"', b'"SignatureVersion": "3"', Reason.UNSIGNED),
        (b'"Signature": "', b'"Signature": "!', Reason.UNSIGNED),
        (b"123456789012", b"123456789013", Reason.TOPIC),
        (b"sns.eu-west-1.amazonaws.com", b"sns.eu-west-1.amazonaws.com.evil.example", Reason.CERTIFICATE),
        (b'"Notification"', b'"Notice"', Reason.UNREADABLE),
        (b'"Type"', b'"Kind"', Reason.UNREADABLE),
    ],
)
def test_amazon_is_refused_when_something_is_wrong(old: bytes, new: bytes, expected: Reason) -> None:
    body = amazon().sign(notification())
    assert old in body
    with pytest.raises(Refused) as refused:
        ses.read(call(body.replace(old, new)), topic=TOPIC, certificate=lambda _url: amazon().pem)
    assert reason(refused) == expected


def test_the_signature_of_somebody_else_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        ses.read(call(amazon("eve").sign(notification())), topic=TOPIC, certificate=lambda _url: amazon().pem)
    assert reason(refused) == Reason.SIGNATURE


def test_a_certificate_that_has_ended_or_is_none_is_refused() -> None:
    for pem in (amazon("old", days=-1).pem, b"no certificate"):
        with pytest.raises(Refused) as refused:
            ses.read(call(amazon("old", days=-1).sign(notification())), topic=TOPIC, certificate=lambda _url: pem)  # noqa: B023
        assert reason(refused) == Reason.CERTIFICATE


def test_a_certificate_that_cannot_be_had_is_asked_for_later() -> None:
    def away(_url: str) -> bytes:
        raise TimeoutError

    with pytest.raises(Refused) as refused:
        ses.read(call(amazon().sign(notification())), topic=TOPIC, certificate=away)
    assert reason(refused) == Reason.UNREACHABLE


def test_nothing_is_fetched_for_another_topic() -> None:
    asked: list[str] = []

    def fetched(url: str) -> bytes:
        asked.append(url)
        return amazon().pem

    with pytest.raises(Refused):
        ses.read(call(amazon().sign(notification())), topic=f"{TOPIC}2", certificate=fetched)
    assert asked == []


def test_a_mail_that_amazon_put_into_s3_is_refused_with_that_reason() -> None:
    with pytest.raises(Refused) as refused:
        ses.read(call(amazon().sign(notification(None))), topic=TOPIC, certificate=lambda _url: amazon().pem)
    assert reason(refused) == Reason.STORED_ELSEWHERE


@pytest.mark.parametrize(
    ("url", "good"),
    [
        (CERTIFICATE, True),
        ("https://sns.us-gov-west-1.amazonaws.com/SimpleNotificationService-1.pem", True),
        ("https://sns.ap-southeast-2.amazonaws.com/SimpleNotificationService.pem", True),
        ("http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem", False),
        ("https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem", False),
        ("https://evil@sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://evil.example#sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x=1", False),
        ("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem\n", False),
        ("https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com/?Action=Publish&x=.pem", False),
        ("https://xsns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.s3.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.bucket-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://[sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.eu-west-1.amazonaws.com\\@evil.example/SimpleNotificationService-1.pem", False),
        ("", False),
    ],
)
def test_certificates_come_from_amazon_alone(url: str, good: bool) -> None:
    assert ses.is_certificate(url) is good


def test_a_subscription_is_a_question_and_nothing_more() -> None:
    body = amazon().sign(made.subscription())
    found = ses.read(call(body), topic=TOPIC, certificate=lambda _url: amazon().pem)
    assert found == Asked(made.subscription()["SubscribeURL"])


@pytest.mark.parametrize(
    "url",
    [
        made.subscription(host="evil.example")["SubscribeURL"],
        made.subscription(topic=f"{TOPIC}2")["SubscribeURL"],
        "https://sns.eu-west-1.amazonaws.com/?Action=DeleteTopic&TopicArn=" + TOPIC,
        "https://sns.eu-west-1.amazonaws.com/other?Action=ConfirmSubscription&TopicArn=" + TOPIC,
    ],
)
def test_only_amazons_own_confirmation_may_be_opened(url: str) -> None:
    assert not ses.may_open(url, TOPIC)
    with pytest.raises(Refused):
        ses.read(
            call(amazon().sign(made.subscription() | {"SubscribeURL": url})),
            topic=TOPIC,
            certificate=lambda _url: amazon().pem,
        )


@pytest.mark.parametrize(
    ("authorization", "good"),
    [
        (basic("s3cret"), True),
        (basic("s3cret", user=""), True),
        (basic("s3cret").replace("Basic", "basic"), True),
        (basic("other"), False),
        ("Basic !!!", False),
        ("Bearer s3cret", False),
        ("Basic \xff", False),
        ("", False),
    ],
)
def test_postmark_proves_itself_by_password(authorization: str, good: bool) -> None:
    body = made.postmark(b"Subject: a\r\n\r\nb", message_id="m1")
    if good:
        found = postmark.read(call(body, authorization=authorization), password=b"s3cret")
        assert found == Handed("m1", b"Subject: a\r\n\r\nb", {"to": ["help@desk.example"]})
    else:
        with pytest.raises(Refused) as refused:
            postmark.read(call(body, authorization=authorization), password=b"s3cret")
        assert reason(refused) == Reason.PASSWORD


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (made.postmark(b""), Reason.NO_MAIL),
        (b'{"MessageID": "a"}', Reason.NO_MAIL),
        (b'{"MessageID": ""}', Reason.UNREADABLE),
        (b'{"MessageID": "a", "RawEmail": "\\ud800"}', Reason.UNREADABLE),
        (b"[" * 100_000, Reason.UNREADABLE),
        (b"", Reason.UNREADABLE),
    ],
)
def test_postmark_without_a_mail_is_refused(body: bytes, expected: Reason) -> None:
    with pytest.raises(Refused) as refused:
        postmark.read(call(body, authorization=basic("s3cret")), password=b"s3cret")
    assert reason(refused) == expected


@given(st.dictionaries(st.sampled_from(["a", "b", "body-mime", "ü"]), st.binary(max_size=60), max_size=4))
def test_forms_keep_every_byte(fields: dict[str, bytes]) -> None:
    assert forms.fields(*made.urlencoded({name: value for name, value in fields.items() if name.isascii()})) == {
        name: value for name, value in fields.items() if name.isascii()
    }
    boundary = "0123456789abcdef-not-in-sixty-random-bytes"
    if fields:
        assert forms.fields(*made.multipart(fields, boundary)) == fields


@given(
    st.binary(max_size=300), st.sampled_from(["multipart/form-data; boundary=b", "application/x-www-form-urlencoded"])
)
def test_any_bytes_are_a_form_or_refused(body: bytes, content_type: str) -> None:
    for given_body in (body, b"--b\r\n" + body, b"--b" + body + b"\r\n--b--"):
        try:
            found = forms.fields(content_type, given_body)
        except Refused:
            continue
        assert all(isinstance(value, bytes) for value in found.values())
