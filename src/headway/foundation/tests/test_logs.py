"""Logs: every line parses, no secret and no customer's word in any."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection, transaction

from headway.foundation import logs
from headway.foundation.errors import Invalid

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def restored() -> Iterator[None]:
    """The logging of the other tests is put back."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    configured = structlog.get_config()
    yield
    root.handlers, root.level = list(before[0]), before[1]
    structlog.configure(**configured)


def _capture(form: str, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    said = io.StringIO()
    monkeypatch.setattr("sys.stderr", said)
    logs.configure(form, "info", process="worker")
    return said


@pytest.fixture
def text(restored: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What is logged for people from now on."""
    return _capture("text", monkeypatch).getvalue


@pytest.fixture
def lines(restored: None, monkeypatch: pytest.MonkeyPatch) -> Lines:
    """What is logged for collectors from now on."""
    said = _capture("json", monkeypatch)
    return lambda: [json.loads(line) for line in said.getvalue().splitlines()]


SECRET = "hunter2"
QUOTED = "out of range\nrow (1, Dana Ortiz)"


def _fails(secret: str) -> None:
    password = secret  # noqa: F841 (it is here to be found)
    raise ValueError(QUOTED)


def _log_failure(log: Any) -> None:
    try:
        _fails(SECRET)
    except ValueError:
        log.warning("job failed", exc_info=True)


def test_every_line_of_a_collector_is_one_object(lines: Lines) -> None:
    log = structlog.get_logger("headway.test")
    log.info("two\nlines", number=7, ids=(1, 2), nothing=None)
    _log_failure(log)
    logging.getLogger("somebody.else").warning("half of %d", 10)
    said = lines()
    assert [line["event"] for line in said] == ["two\nlines", "job failed", "half of 10"]
    for line in said:
        assert {"timestamp", "level", "logger", "process"} <= set(line)
        assert line["process"] == "worker"


def test_secrets_are_hidden_wherever_they_stand(lines: Lines) -> None:
    log = structlog.get_logger("headway.test")
    with structlog.contextvars.bound_contextvars(api_token="t0ken"):
        log.info(
            "connecting to postgresql://headway:hunter2@db/headway",
            password="hunter2",
            request={"Authorization": "Bearer abc", "list": [{"cookie": "c00kie"}], "path": "/desk"},
        )
    said = json.dumps(lines())
    for secret in ("hunter2", "t0ken", "abc", "c00kie"):
        assert secret not in said
    assert lines()[0]["event"] == "connecting to postgresql://[hidden]@db/headway"
    assert lines()[0]["request"]["path"] == "/desk"


def test_a_traceback_has_no_local_variables_and_one_line_of_a_foreign_message(
    text: Callable[[], str], restored: None
) -> None:
    _log_failure(structlog.get_logger("headway.test"))
    _log_failure(logging.getLogger("somebody.else"))
    said = text()
    assert said.count("ValueError: out of range") == 2
    assert "_fails" in said
    assert "hunter2" not in said
    assert "Dana" not in said


def test_our_own_message_is_told_in_full(lines: Lines) -> None:
    try:
        try:
            _fails(SECRET)
        except ValueError as error:
            raise Invalid("The first line.\nThe second line.") from error
    except Invalid:
        logging.getLogger("headway.test").exception("refused")
    told = lines()[0]["exception"]
    assert told.endswith("headway.foundation.errors.Invalid: The first line.\nThe second line.")
    assert told.index("ValueError: out of range") < told.index("which led to:")


def test_the_row_that_the_database_refused_is_not_quoted(db: None, lines: Lines) -> None:
    insert = "INSERT INTO foundation_ratewindow (key, expires_at, hits) VALUES ('dana@example.com', now(), %s)"
    with connection.cursor() as cursor:
        cursor.execute(insert, [1])
        try:
            with transaction.atomic():
                cursor.execute(insert, [2])
        except IntegrityError:
            logging.getLogger("headway.test").exception("not stored")
    told = lines()[0]["exception"]
    assert "duplicate key value violates unique constraint" in told
    assert "dana@example.com" not in told.split("IntegrityError:")[-1]


def test_django_names_no_path(lines: Lines) -> None:
    logging.getLogger("django.request").error("%s: %s", "Internal Server Error", "/join/s3cret")
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/join/s3cret")
    assert [line["event"] for line in lines()] == ["Internal Server Error"]


def test_quiet_libraries_stay_quiet(lines: Lines) -> None:
    for name in ("procrastinate.worker", "granian.access", "botocore", "django.db.backends"):
        logging.getLogger(name).info("every detail of %s", "a customer")
    assert lines() == []
