"""Which addresses a host name given by a person may lead to, and a connection pinned to the one that was judged."""

import socket
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation import environment

# IPv6 forms that carry an IPv4 address inside: 6to4, NAT64 (RFC 6052). Their inner address is what counts.
_6TO4: Final = IPv6Network("2002::/16")
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Public by number, and answered by the hoster's own machine beneath ours: Azure's host agent.
_OF_HOSTERS: Final = frozenset({IPv4Address("168.63.129.16")})

Address = IPv4Address | IPv6Address


class Refused(OSError):
    """The host may not be connected to, or cannot be found. The text says which, for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """A host that was found and may be connected to, at any of its addresses; `address` is the first."""

    host: str
    port: int
    address: str
    others: tuple[str, ...] = ()


def find(host: str, port: int, *, public: bool = False) -> Place:
    """Resolves and judges a host. Raises Refused when it does not exist, or leads to an address that is not public.

    `public`: nor may it be one of ours, for addresses that strangers wrote. Of several addresses all must be allowed,
    so that nobody smuggles in one by listing it second.
    """
    if not 0 < port < 65536:
        raise Refused(_("%(port)s is no port.") % {"port": port})
    try:
        found = socket.getaddrinfo(host.rstrip("."), port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # ValueError: a NUL, or what is no name in any script
        raise Refused(_("There is no host called %(host)s.") % {"host": host}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    named = internal(host) and not public
    for address in addresses:
        if not named and not allowed(address, public=public):
            raise Refused(
                _(
                    "%(host)s leads to %(address)s, an address of a private network. If that is meant, an engineer "
                    "adds it to HEADWAY_INTERNAL_HOSTS."
                )
                % {"host": host, "address": address}
            )
    return Place(host, port, addresses[0], tuple(addresses[1:]))


def connect(host: str, port: int, *, timeout: float, public: bool = False) -> socket.socket:
    """A connection to the first judged address that answers, within `timeout` seconds in all.

    Raises Refused, and OSError when nobody answers. The name is not looked up again: it might lead elsewhere by then.
    """
    place = find(host, port, public=public)
    deadline = time.monotonic() + timeout
    failure: OSError = TimeoutError(f"{host} took more than {timeout:g} seconds.")
    for address in (place.address, *place.others):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, place.port), timeout=left)
        except OSError as error:
            failure = error
    raise failure


def internal(host: str) -> bool:
    """Whether a name or address is one of our own network, by HEADWAY_INTERNAL_HOSTS. Only those may go unencrypted."""
    names, networks = _internal()
    if host.rstrip(".").casefold() in names:
        return True
    try:
        return any(ip_address(host) in network for network in networks)
    except ValueError:
        return False


def allowed(address: str, *, public: bool = False) -> bool:
    """Whether an address may be connected to: it is public, or (but for `public`) one of ours."""
    return (internal(address) and not public) or is_public(ip_address(address.partition("%")[0]))


def is_public(address: Address) -> bool:
    """Whether an address is of the public network, also when it is wrapped into another."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in _OF_HOSTERS


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
