"""Every help desk that can be read over its API, and the addresses that name one."""

from dataclasses import dataclass
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.sources import freshdesk, help_scout, intercom, zammad, zendesk
from headway.insight.sources.port import Source

_ALL: Final = (zendesk.SOURCE, freshdesk.SOURCE, zammad.SOURCE, intercom.SOURCE, help_scout.SOURCE)
SOURCES: Final[dict[str, Source]] = {one.scheme: one for one in _ALL}


@dataclass(frozen=True, slots=True)
class Address:
    """A help desk and where it is. `text` is the same for every way of writing it."""

    source: Source
    url: str
    text: str


def address(typed: str) -> Address | None:
    """What `zendesk://acme` names; None for what is a path. Raises Invalid for a help desk that is not known.

    `zendesk+http://…` asks without encryption, which only hosts of one's own network may be.
    """
    scheme, separator, rest = typed.partition("://")
    if not separator:
        return None
    kind, _plus, way = scheme.lower().partition("+")
    source = SOURCES.get(kind)
    if source is None or way not in ("", "http", "https"):
        known = ", ".join(f"{name}://" for name in SOURCES)
        raise Invalid(f"{scheme}:// is no help desk that can be read. There are: {known}")
    name = rest.strip("/")
    server = source.server(name)
    if not server or "@" in server:
        raise Invalid(f"Name the help desk, like {kind}://acme. The token is asked for apart.")
    return Address(source, f"{way or 'https'}://{server}", f"{kind}://{server}")
