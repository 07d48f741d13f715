"""Which addresses a host name given by a person may lead to, and a connection pinned to the one that was judged."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from headway.foundation import environment

# IPv6 forms that carry an IPv4 address inside: 6to4, NAT64 (RFC 6052). Their inner address is what counts.
_6TO4: Final = IPv6Network("2002::/16")
_NAT64: Final = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


class Refused(OSError):
    """The host may not be connected to, or cannot be found. The text says which, for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """A host that was found and may be connected to."""

    host: str
    port: int
    address: str


def find(host: str, port: int) -> Place:
    """Resolves and judges a host. Raises Refused when it does not exist, or leads to an address that is not public.

    Of several addresses all must be allowed, so that nobody smuggles in one by listing it second.
    """
    if not 0 < port < 65536:
        raise Refused(f"{port} is no port.")
    try:
        found = socket.getaddrinfo(host.rstrip("."), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"There is no host called {host}.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allowed(host, address):
            raise Refused(
                f"{host} leads to {address}, an address of a private network. If that is meant, an engineer adds it "
                "to HEADWAY_INTERNAL_HOSTS."
            )
    return Place(host, port, addresses[0])


def connect(host: str, port: int, *, timeout: float) -> socket.socket:
    """A connection to the address that was judged. Raises Refused, and OSError when nobody answers."""
    place = find(host, port)
    return socket.create_connection((place.address, place.port), timeout=timeout)


def internal(host: str) -> bool:
    """Whether a name or address is one of our own network, by HEADWAY_INTERNAL_HOSTS. Only those may go unencrypted."""
    names, networks = _internal()
    if host.rstrip(".").casefold() in names:
        return True
    try:
        return any(ip_address(host) in network for network in networks)
    except ValueError:
        return False


def allowed(host: str, address: str) -> bool:
    """Whether `host` may lead to `address`."""
    return internal(host) or internal(address) or is_public(ip_address(address.partition("%")[0]))


def is_public(address: Address) -> bool:
    """Whether an address is of the public network, also when it is wrapped into another."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _6TO4:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.teredo[1] if address.teredo else None


def _internal() -> tuple[set[str], list[environment.Network]]:
    return environment.internal_hosts(environment.read())
