"""Who really asks, and how: forwarded headers count only when a proxy that we were told to trust sends them."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from ipaddress import IPv4Network as Network4

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address

# A chain of forwarders longer than this is not one of ours.
_MOST_HOPS = 20


def client_address(request: HttpRequest) -> str | None:
    """The address of the client: the right-most in X-Forwarded-For that is no trusted proxy.

    Without a trusted proxy in front it is the connection's own. None when the server knows none (a socket file).
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return None
    client = peer
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-_MOST_HOPS:]
    for hop in reversed(hops):
        if not _trusted(client):
            break
        forwarded = _parsed(hop)
        # what cannot be read was not written by a proxy of ours: the last one that is known stands for it
        if forwarded is None:
            break
        client = forwarded
    return str(client)


def comes_through_a_proxy(request: HttpRequest) -> bool:
    """Whether the connection itself is a trusted proxy's, so that its headers are believed."""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    return peer is not None and _trusted(peer)


def believe(request: HttpRequest) -> None:
    """Takes the scheme over from X-Forwarded-Proto of a trusted proxy, for `request.is_secure()`."""
    if comes_through_a_proxy(request):
        scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
        if scheme in ("http", "https"):
            request.META["wsgi.url_scheme"] = scheme


def _trusted(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.HEADWAY.trusted_proxies)))


@lru_cache(maxsize=8)
def _networks(written: tuple[str, ...]) -> tuple[Network4 | IPv6Network, ...]:
    return tuple(ip_network(one, strict=False) for one in written)


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Address | None:
    """An address, with or without a port, an IPv4 one inside IPv6 as itself."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
