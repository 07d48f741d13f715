"""Which Authentication-Results headers our own side wrote: by where they stand among the Received lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from headway.foundation.outward.places import is_public
from headway.intake.email.trust import results
from headway.intake.email.trust.results import Results

_BY: Final = re.compile(r"\bby\s+\[?([^\s;()\]]{1,255})", re.IGNORECASE)
_FROM: Final = re.compile(r"\s*from\s+\[?([^\s;()\]]{1,255})", re.IGNORECASE)
_SEEN: Final = re.compile(r"\s*from\s+[^\s();]{1,255}\s*\(\s*\[?([^\s;()\]=]{1,255})(?=[\s\])])", re.IGNORECASE)
_LMTP: Final = re.compile(r"\bwith\s+lmtp", re.IGNORECASE)
_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_RECEIVED_CHARACTERS: Final = 4_000
_WITHOUT_NAME: Final = "protection.outlook.com"


@dataclass(frozen=True, slots=True)
class _Provider:
    """A provider whose servers write their verdict below their own Received line, on every mail, and take away what
    claims to be theirs. `server`: the name it signs with; `hosts`: the ends of its servers' names."""

    server: str
    hosts: tuple[str, ...]


_BELOW: Final = (
    _Provider("mx.google.com", ("mx.google.com",)),
    _Provider("", ("outlook.com",)),
    _Provider("amazonses.com", ("amazonaws.com", "amazonses.com")),
)


@dataclass(frozen=True, slots=True)
class Hop:
    """A Received line: its number among the headers, who wrote it, and from whom it came.

    `sender` is what the other side called itself. `seen` is what the writer saw of it: the name its address leads to,
    or the address. `lmtp`: it was handed over as within one system.
    """

    at: int
    by: str
    sender: str
    seen: str = ""
    lmtp: bool = False


def believed(headers: Sequence[tuple[str, str]], trusted: Iterable[str]) -> list[Results]:
    """The headers of trusted servers that an outsider cannot have written, top first.

    An outsider's headers stand below the Received line of our border server. So only what is above it counts; of the
    providers that write below their own line, the topmost header.
    """
    names = {name.casefold().strip().rstrip(".") for name in trusted if name.strip()}
    if not names:
        return []
    run = _run(headers, names)
    if not run.lines:
        return []
    border = run.lines[-1].at
    if not any(_is_providers(line.by, names) for line in run.lines):
        return [found for found in _read(headers[:border]) if is_trusted(found.server, names)]
    # the topmost is theirs, also where the sender is another customer of the same provider; what is below may not be
    top = next((n for n in range(run.following) if _is_result(headers[n])), None)
    if top is None:
        return []
    found = results.read(headers[top][1])
    writer = next((line for line in reversed(run.lines) if line.at < top), None)
    theirs = top < border and is_trusted(found.server, names)
    return [found] if theirs or (writer is not None and _writes_below(found, writer, names)) else []


def is_trusted(server: str, names: Iterable[str]) -> bool:
    """Whether a server's name is one of these, or below one of them."""
    return bool(server) and any(server == name or server.endswith(f".{name}") for name in names)


def hops(headers: Sequence[tuple[str, str]]) -> list[Hop]:
    """The Received lines, top first."""
    return [_hop(number, value) for number, (name, value) in enumerate(headers) if name.lower() == "received"]


@dataclass(frozen=True, slots=True)
class _Run:
    """The Received lines from the top down to the one by which our side took the mail, and where the next one
    stands."""

    lines: tuple[Hop, ...] = ()
    following: int = 0


def _run(headers: Sequence[tuple[str, str]], names: set[str]) -> _Run:
    lines = hops(headers)
    if not lines:
        return _Run()
    number = 0
    while number + 1 < len(lines) and _ours(lines[number].by, names) and _passed_on(lines[number], names):
        if not _ours(lines[number + 1].by, names):
            break
        number += 1
    following = lines[number + 1].at if number + 1 < len(lines) else len(headers)
    return _Run(tuple(lines[: number + 1]), following)


def _is_result(header: tuple[str, str]) -> bool:
    return header[0].lower() == "authentication-results"


def _passed_on(hop: Hop, names: set[str]) -> bool:
    """Whether a server of ours had the mail from another one of ours: what it saw counts, not what it was told."""
    if not hop.sender:
        return True
    if not _ours(hop.sender, names):
        return False
    if not hop.seen:
        return hop.lmtp  # handed over inside a system; nobody outside speaks so
    return _ours(hop.seen, names) or _is_providers(hop.by, names)


def _ours(host: str, names: set[str]) -> bool:
    if is_trusted(host, names) or _is_providers(host, names) or host in ("localhost", "localhost.localdomain"):
        return True
    try:
        return not is_public(ip_address(host.removeprefix("ipv6:")))
    except ValueError:
        return False


def _is_providers(host: str, names: set[str]) -> bool:
    """Whether a host is of a big provider that is trusted."""
    return any(is_trusted(host, one.hosts) for one in _BELOW if _is_provider(one, names))


def _writes_below(found: Results, writer: Hop, names: set[str]) -> bool:
    return any(
        found.server == one.server and _is_provider(one, names) and is_trusted(writer.by, one.hosts) for one in _BELOW
    )


def _is_provider(one: _Provider, names: set[str]) -> bool:
    """Whether the provider is among those that are trusted; Microsoft's go by the name of their hosts."""
    known = one.server or _WITHOUT_NAME
    return any(known == name or known.endswith(f".{name}") for name in names)


def _read(headers: Sequence[tuple[str, str]]) -> list[Results]:
    return [results.read(value) for name, value in headers if _is_result((name, value))]


def _hop(number: int, value: str) -> Hop:
    value = value[:_RECEIVED_CHARACTERS]
    text = _COMMENT.sub(" ", value)
    by, sender, seen = _BY.search(text), _FROM.match(text), _SEEN.match(value)
    return Hop(number, _name(by), _name(sender), _name(seen), _LMTP.search(text) is not None)


def _name(match: re.Match[str] | None) -> str:
    return match[1].lower().rstrip(".") if match else ""
