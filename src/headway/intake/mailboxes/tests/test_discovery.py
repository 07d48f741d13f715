"""What an address alone leads to."""

import time

import pytest

from headway.foundation.errors import Invalid
from headway.intake.mailboxes import known
from headway.intake.mailboxes.discovery import Dns, Service, answers, discover


class Book:
    """A domain name system with few names in it."""

    def __init__(self, exchangers: list[str] | None = None, services: dict[str, list[Service]] | None = None) -> None:
        self._exchangers = exchangers or []
        self._services = services or {}

    def exchangers(self, domain: str) -> list[str]:
        return self._exchangers

    def services(self, name: str) -> list[Service]:
        return self._services.get(name, [])


def _nothing(_host: str, _port: int, _security: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("address", "exchangers", "provider", "imap", "login", "because"),
    [
        ("support@gmail.com", [], "Google", "imap.gmail.com", "google", "known"),
        ("Help@Outlook.com", [], "Microsoft 365", "outlook.office365.com", "microsoft", "known"),
        ("a@web.de", [], "WEB.DE", "imap.web.de", "password", "known"),
        ("a@firm.example", ["aspmx.l.google.com"], "Google", "imap.gmail.com", "google", "mx"),
        (
            "a@firm.example", ["firm-example.mail.protection.outlook.com"], "Microsoft 365", "outlook.office365.com",
            "microsoft", "mx",
        ),
        ("a@firm.example", ["mx00.kundenserver.de"], "IONOS", "imap.ionos.de", "password", "mx"),
        ("a@firm.example", ["www12.your-server.de"], "Hetzner", "mail.your-server.de", "password", "mx"),
        ("a@firm.example", ["in1-smtp.messagingengine.com"], "Fastmail", "imap.fastmail.com", "password", "mx"),
        ("a@firm.example", ["spool.mail.gandi.net"], "Gandi", "mail.gandi.net", "password", "mx"),
        ("a@firm.example", ["mx1.mail.ovh.net"], "OVHcloud", "ssl0.ovh.net", "password", "mx"),
        ("a@firm.example", ["mx.zoho.eu"], "Zoho", "imappro.zoho.eu", "password", "mx"),
    ],
)  # fmt: skip
def test_providers_are_known_by_domain_and_by_exchanger(
    address: str, exchangers: list[str], provider: str, imap: str, login: str, because: str
) -> None:
    found = discover(address, resolver=Book(exchangers), probe=_nothing)
    assert found.imap is not None
    assert (found.provider, found.imap.host, found.login, found.imap.because) == (provider, imap, login, because)


def test_a_provider_without_a_way_in_is_named() -> None:
    found = discover("a@proton.me", resolver=Book(), probe=_nothing)
    assert (found.provider, found.hint, found.imap) == ("Proton", "no-imap", None)


def test_a_name_that_only_ends_alike_is_nobodys() -> None:
    assert known.by_exchanger("mx.notgoogle.com") is None
    assert known.by_exchanger("MX.Google.com.") is not None


def test_a_domain_says_where_its_servers_are() -> None:
    services = {
        "_imaps._tcp.firm.example": [
            Service(20, 0, 993, "second.firm.example"), Service(10, 5, 9993, "in.firm.example"),
        ],
        "_submissions._tcp.firm.example": [Service(0, 0, 0, "")],  # not offered
        "_submission._tcp.firm.example": [Service(0, 1, 587, "out.firm.example")],
    }  # fmt: skip
    found = discover("a@firm.example", resolver=Book(["mx.firm.example"], services), probe=_nothing)
    assert found.imap is not None
    assert found.smtp is not None
    assert (found.imap.host, found.imap.port, found.imap.security, found.imap.because) == (
        "in.firm.example", 9993, "tls", "srv",
    )  # fmt: skip
    assert (found.smtp.host, found.smtp.port, found.smtp.security) == ("out.firm.example", 587, "starttls")


def test_likely_names_are_probed_and_the_first_that_answers_is_taken() -> None:
    asked = []

    def probe(host: str, port: int, _security: str) -> bool:
        asked.append((host, port))
        return (host, port) in (("mail.firm.example", 993), ("mx.firm.example", 587))

    found = discover("a@firm.example", resolver=Book(["mx.firm.example"]), probe=probe)
    assert found.imap is not None
    assert found.smtp is not None
    assert (found.imap.host, found.imap.because) == ("mail.firm.example", "guess")
    assert (found.smtp.host, found.smtp.security) == ("mx.firm.example", "starttls")
    assert asked[0] == ("imap.firm.example", 993)


def test_nothing_found_is_said_and_no_address_is_refused() -> None:
    found = discover("a@firm.example", resolver=Book(), probe=_nothing)
    assert (found.provider, found.imap, found.smtp) == ("", None, None)
    with pytest.raises(Invalid):
        discover("not an address", resolver=Book(), probe=_nothing)


def test_a_private_address_is_never_probed() -> None:
    assert not answers("192.168.0.1", 993, "tls")


def test_a_name_server_that_does_not_answer_costs_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.resolver

    silent = dns.resolver.Resolver(configure=False)
    silent.nameservers, silent.port = ["127.0.0.1"], 9
    monkeypatch.setattr(dns.resolver, "default_resolver", silent)
    begun = time.monotonic()
    assert Dns().exchangers("firm.example") == []
    assert Dns().services("_imaps._tcp.firm.example") == []
    assert time.monotonic() - begun < 30
