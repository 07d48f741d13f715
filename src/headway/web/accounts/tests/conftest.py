"""Passwords in these tests are hashed quickly: how slow the real hash is, is not what they are about."""

import pytest
from pytest_django import Settings

from headway.web.accounts import letters
from headway.web.accounts.tests.doors import Outbox


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """The mails that left."""
    kept = Outbox()
    monkeypatch.setattr(letters, "exit_for", lambda _address: kept)
    return kept


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
