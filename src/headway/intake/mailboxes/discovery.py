"""How a mailbox is reached, found from its address alone: known providers, the domain's own DNS, then likely names."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

import dns.exception
import dns.rdatatype
import dns.resolver
from django.utils.translation import gettext as _

from headway.foundation import outward
from headway.foundation.errors import Invalid
from headway.intake.mailboxes import known
from headway.intake.mailboxes.known import STARTTLS, TLS, Known
from headway.people.rules.identities import email

_ALL_SECONDS: Final = 12.0
_LOOKUP_SECONDS: Final = 2.0
_PROBE_SECONDS: Final = 2.5
_MOST_EXCHANGERS: Final = 3


@dataclass(frozen=True, slots=True)
class Server:
    """A server and how it is spoken to. `because`: known, mx, srv or guess."""

    host: str
    port: int
    security: str
    because: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an address led to. `provider` and `hint` as in `known.Known`; no server: it has to be typed in."""

    address: str
    login: str = "password"
    provider: str = ""
    hint: str = ""
    imap: Server | None = None
    smtp: Server | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """An SRV record, RFC 2782."""

    priority: int
    weight: int
    port: int
    host: str


class Resolver(Protocol):
    """The domain name system. A name without an answer, and a server without one, is an empty list."""

    def exchangers(self, domain: str) -> list[str]:
        """The hosts that take a domain's mail, the preferred first."""

    def services(self, name: str) -> list[Service]:
        """The SRV records under a name."""


class Dns:
    """The real one, each question bounded in time."""

    def exchangers(self, domain: str) -> list[str]:
        """MX records."""
        found = sorted((one.preference, one.exchange.to_text()) for one in self._ask(domain, dns.rdatatype.MX))
        return [host.rstrip(".").lower() for _preference, host in found]

    def services(self, name: str) -> list[Service]:
        """SRV records; a target of "." says that the service is not offered."""
        return [
            Service(one.priority, one.weight, one.port, one.target.to_text().rstrip(".").lower())
            for one in self._ask(name, dns.rdatatype.SRV)
        ]

    def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> list[Any]:
        try:
            return list(dns.resolver.resolve(f"{name}.", kind, lifetime=_LOOKUP_SECONDS, search=False))
        except (dns.exception.DNSException, OSError, UnicodeError):
            return []


Probe = Callable[[str, int, str], bool]


def discover(address: str, *, resolver: Resolver | None = None, probe: Probe | None = None) -> Found:
    """What is known about the mailbox of an address, within some seconds. Raises Invalid for what is no address."""
    comparable = email(address)
    if comparable is None:
        raise Invalid(_("This is not a mail address. It looks like support@example.com."), field="address")
    domain = comparable.rpartition("@")[2]
    if (provider := known.by_domain(domain)) is not None:
        return _of(provider, comparable, "known")
    search = _Search(domain, resolver or Dns(), probe or answers)
    if (provider := search.provider()) is not None:
        return _of(provider, comparable, "mx")
    return Found(comparable, imap=search.imap(), smtp=search.smtp())


def answers(host: str, port: int, security: str) -> bool:
    """Whether a server answers there as one of its kind does, with a certificate that is its own."""
    try:
        line = outward.connect(host, port, timeout=_PROBE_SECONDS)
        with line:
            line.settimeout(_PROBE_SECONDS)
            if security != TLS:
                return _greets(line)
            with ssl.create_default_context().wrap_socket(line, server_hostname=host) as sealed:
                return _greets(sealed)
    except (OSError, ValueError):
        return False


class _Search:
    """One search for a domain's servers, ended by a deadline."""

    def __init__(self, domain: str, resolver: Resolver, probe: Probe) -> None:
        self.domain = domain
        self.resolver = resolver
        self.probe = probe
        self.deadline = time.monotonic() + _ALL_SECONDS
        self.exchangers = resolver.exchangers(domain)[:_MOST_EXCHANGERS]

    def provider(self) -> Known | None:
        """The known provider that takes the domain's mail."""
        return next((one for host in self.exchangers if (one := known.by_exchanger(host))), None)

    def imap(self) -> Server | None:
        """Where mail is read: as the domain says (RFC 6186), else where a server answers under a likely name."""
        said = self._said(("_imaps._tcp", TLS), ("_imap._tcp", STARTTLS))
        return said or self._guessed(("imap", "mail"), ((993, TLS), (143, STARTTLS)))

    def smtp(self) -> Server | None:
        """Where mail is handed in (RFC 6186, RFC 8314)."""
        said = self._said(("_submissions._tcp", TLS), ("_submission._tcp", STARTTLS))
        return said or self._guessed(("smtp", "mail"), ((465, TLS), (587, STARTTLS)))

    def _said(self, *services: tuple[str, str]) -> Server | None:
        for name, security in services:
            if time.monotonic() > self.deadline:
                return None
            offered = [one for one in self.resolver.services(f"{name}.{self.domain}") if one.host and one.port]
            if offered:
                best = min(offered, key=lambda one: (one.priority, -one.weight))
                return Server(best.host, best.port, security, "srv")
        return None

    def _guessed(self, names: tuple[str, ...], places: tuple[tuple[int, str], ...]) -> Server | None:
        for host in self._likely(names):
            for port, security in places:
                if time.monotonic() > self.deadline:
                    return None
                if self.probe(host, port, security):
                    return Server(host, port, security, "guess")
        return None

    def _likely(self, names: tuple[str, ...]) -> Iterator[str]:
        yield from dict.fromkeys([*(f"{name}.{self.domain}" for name in names), *self.exchangers])


def _of(provider: Known, address: str, because: str) -> Found:
    if not provider.imap:
        return Found(address, provider.login, provider.name, provider.hint)
    return Found(
        address,
        provider.login,
        provider.name,
        provider.hint,
        Server(provider.imap, 993, TLS, because),
        Server(provider.smtp, provider.smtp_port, provider.smtp_security, because),
    )


def _greets(line: socket.socket) -> bool:
    """IMAP begins with an asterisk, SMTP with 220."""
    return line.recv(4).startswith((b"* ", b"220"))
