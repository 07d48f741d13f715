"""Whose word counts about who asks and how."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from headway.web.middleware.proxies import believe, client_address

PROXIES = ["10.0.0.0/8", "2001:db8::/32"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        # nobody we trust is in front: the header is only what somebody says
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        # one proxy, which puts the client last
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        # two proxies
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("2001:db8::1", "203.0.113.9", "203.0.113.9"),
        # everybody in the chain is ours: the one that is farthest away
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "", "10.0.0.1"),
        # with ports, in brackets, IPv4 inside IPv6
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:67c::1]:4711", "2001:67c::1"),
        ("::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        # what is no address stops the walk
        ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9,", "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, <script>, 10.0.0.2", "10.0.0.2"),
        ("", "203.0.113.9", None),
    ],
)
def test_the_client_is_the_last_whom_nobody_of_ours_vouches_for(
    monkeypatch: pytest.MonkeyPatch, peer: str, forwarded: str, client: str | None
) -> None:
    monkeypatch.setattr(settings.HEADWAY, "trusted_proxies", PROXIES)
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == client


@pytest.mark.parametrize(
    ("peer", "said", "secure"),
    [
        ("10.0.0.1", "https", True),
        ("10.0.0.1", "HTTPS", True),
        ("10.0.0.1", "https, http", False),
        ("10.0.0.1", "gopher", False),
        ("10.0.0.1", "", False),
        ("198.51.100.7", "https", False),
    ],
)
def test_the_scheme_is_believed_from_a_proxy_alone(
    monkeypatch: pytest.MonkeyPatch, peer: str, said: str, secure: bool
) -> None:
    monkeypatch.setattr(settings.HEADWAY, "trusted_proxies", PROXIES)
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO=said)
    believe(request)
    assert request.is_secure() is secure


def test_without_proxies_nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HEADWAY, "trusted_proxies", [])
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6")
    assert client_address(request) == "127.0.0.1"
