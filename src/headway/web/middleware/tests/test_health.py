"""Health, as supervisors and load balancers ask for it."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from headway.web.middleware import health


def test_a_process_lives_and_is_ready(client: Client, db: None) -> None:
    assert client.get("/health/live", headers={"Host": "10.1.2.3"}).content == b"live\n"
    assert client.get("/health/ready", headers={"Host": "10.1.2.3"}).content == b"ready\n"
    assert client.get("/health/").status_code == 404


def test_living_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").status_code == 200


def test_without_its_database_it_is_not_ready(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get("/health/ready")
    monkeypatch.undo()
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_on_an_older_database_it_is_not_ready(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_steps_behind", lambda: 2)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert b"2 steps behind" in response.content
    monkeypatch.undo()
    assert client.get("/health/ready").status_code == 200
