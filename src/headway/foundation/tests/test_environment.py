"""The environment variables: every default, every refusal one sentence that names its variable."""

from dataclasses import fields
from typing import Any

import pytest

from headway.foundation import environment
from headway.foundation.environment import Environment, read
from headway.foundation.errors import Invalid

NAMES = {entry.metadata["name"]: entry for entry in fields(Environment)}

GIVEN: list[tuple[str, str, Any]] = [
    ("HEADWAY_HOME", "/srv/headway", "/srv/headway"),
    ("DATABASE_URL", "postgresql://a:b@db/c", "postgresql://a:b@db/c"),
    ("HEADWAY_MASTER_KEY", "abc", "abc"),
    ("HEADWAY_HOST", "0.0.0.0", "0.0.0.0"),
    ("HEADWAY_PORT", "80", 80),
    ("HEADWAY_LIVE_PORT", "0", 0),
    ("HEADWAY_PUBLIC_URL", "https://desk.example", "https://desk.example"),
    ("HEADWAY_LIVE_URL", "/live", "/live"),
    ("HEADWAY_TRUSTED_PROXIES", "10.0.0.0/8", "10.0.0.0/8"),
    ("HEADWAY_ALLOWED_HOSTS", "desk.example", "desk.example"),
    ("HEADWAY_FILES", "s3://bucket/prefix", "s3://bucket/prefix"),
    ("HEADWAY_FILES_ENDPOINT", "http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ("HEADWAY_MAIL", "smtps://u:p@mail.example:465", "smtps://u:p@mail.example:465"),
    ("HEADWAY_MAIL_FROM", "help@desk.example", "help@desk.example"),
    ("HEADWAY_SOURCE_TOKEN", "abc", "abc"),
    ("HEADWAY_LAKE_ENGINE", "spark://cluster:7077", "spark://cluster:7077"),
    ("HEADWAY_LAKE", "s3://lake/events", "s3://lake/events"),
    ("HEADWAY_LAKE_MEMORY_MB", "512", 512),
    ("HEADWAY_LAKE_THREADS", "4", 4),
    ("HEADWAY_WEB_THREADS", "16", 16),
    ("HEADWAY_WORKER_CONCURRENCY", " 2 ", 2),
    ("HEADWAY_LOG_FORMAT", "json", "json"),
    ("HEADWAY_LOG_LEVEL", "WARNING", "WARNING"),
    ("HEADWAY_OTLP_ENDPOINT", "http://127.0.0.1:4318", "http://127.0.0.1:4318"),
    ("HEADWAY_DEBUG", "Yes", True),
    ("HEADWAY_DEBUG", "off", False),
    ("HEADWAY_MAIL_LISTEN", "lmtp://127.0.0.1:2424", "lmtp://127.0.0.1:2424"),
    ("HEADWAY_MAIL_LISTEN_CERTIFICATE", "/etc/mail.pem", "/etc/mail.pem"),
    ("HEADWAY_INTERNAL_HOSTS", "mail.lan, 10.0.0.0/8", "mail.lan, 10.0.0.0/8"),
]

REFUSED = [
    ("HEADWAY_PORT", "http"),
    ("HEADWAY_PORT", "-1"),
    ("HEADWAY_PORT", "0"),
    ("HEADWAY_PORT", "70000"),
    ("HEADWAY_PORT", "8²"),
    ("HEADWAY_LIVE_PORT", "65536"),
    ("HEADWAY_WEB_THREADS", "0"),
    ("HEADWAY_WEB_THREADS", "many"),
    ("HEADWAY_WORKER_CONCURRENCY", "0"),
    ("HEADWAY_LOG_FORMAT", "xml"),
    ("HEADWAY_LOG_LEVEL", "loud"),
    ("HEADWAY_TRUSTED_PROXIES", "10.0.0.0/8, the-proxy"),
    ("HEADWAY_MAIL", "mail.example"),
    ("HEADWAY_FILES", "s3://"),
    ("HEADWAY_OTLP_ENDPOINT", "collector:4318"),
    ("HEADWAY_DEBUG", "maybe"),
    ("HEADWAY_MAIL_LISTEN", "127.0.0.1:25"),
]


def test_nothing_given_means_the_defaults() -> None:
    assert read({}) == Environment()
    assert read(dict.fromkeys(NAMES, "  ")) == Environment()


def test_every_variable_is_tried_here() -> None:
    assert {name for name, _, _ in GIVEN} == set(NAMES)
    assert all(entry.metadata["doc"].endswith((".", "`")) for entry in NAMES.values())


@pytest.mark.parametrize(("name", "text", "value"), GIVEN)
def test_what_is_given_counts(name: str, text: str, value: object) -> None:
    assert getattr(read({name: text}), NAMES[name].name) == value


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(name: str, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read({name: text})
    assert name in refusal.value.message
    assert refusal.value.message.endswith(".")
    assert "\n" not in refusal.value.message


def test_the_password_of_the_mail_server_is_not_repeated() -> None:
    with pytest.raises(Invalid) as refusal:
        read({"HEADWAY_MAIL": "imap://user:hunter2@mail.example"})
    assert "hunter2" not in refusal.value.message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://us%40er:p%2Fw@db.example:5433/he%20adway?sslmode=require",
            {"USER": "us@er", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "5433", "NAME": "he adway"},
        ),
        (
            "postgresql://headway:x@/headway?host=/run/pg&port=5499",
            {"USER": "headway", "HOST": "/run/pg", "PORT": "5499", "NAME": "headway"},
        ),
        ("postgresql://u:p@[::1]:5432/n", {"HOST": "::1", "PORT": "5432"}),
    ],
)
def test_the_address_of_a_database_is_taken_apart(url: str, expected: dict[str, str]) -> None:
    described = environment.database(url)
    assert {name: described[name] for name in expected} == expected
    assert described["CONN_HEALTH_CHECKS"] is True
    assert "timezone=UTC" in described["OPTIONS"]["options"]


def test_options_of_an_address_are_kept_beside_ours() -> None:
    url = "postgresql://u:p@h/n?sslmode=require&connect_timeout=3&options=-c%20search_path%3Dhw"
    options = environment.database(url)["OPTIONS"]
    assert (options["sslmode"], options["connect_timeout"]) == ("require", "3")
    assert options["options"] == "-c timezone=UTC -c jit=off -c search_path=hw"
